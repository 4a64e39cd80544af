/** Derivative: the program whose output is the gradient of another one. Pure. */

/** Returns a program that goes on to the gradient of an output, and what it calls that.
 * @param {string} source @param {string} output @param {string} name @param {string} comment
 * @returns {{source: string, slope: string}} */
export function differentiated(source, output, name, comment) {
  const plain = (/** @type {string} */ text) => text.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/_+$/, "");
  const wanted = `d${plain(output)}_d${plain(name)}`;
  const words = new Set(source.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  let slope = wanted;
  for (let count = 2; words.has(slope); count += 1) slope = `${wanted}_${count}`;
  const stop = source.endsWith("\n") ? "" : "\n";
  return { source: `${source}${stop}\n# ${comment}\n${slope} = grad(${output}, ${name})`, slope };
}
