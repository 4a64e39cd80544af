/** Exports: the formats that the server writes a program in. Pure. */

/** @typedef {import("./state.js").State} State */

/** Each format with the ending of its file, as people know it. */
export const FORMATS = new Map([
  ["dot", "dot"],
  ["mermaid", "mmd"],
  ["latex", "tex"],
  ["micrograd", "py"],
  ["pytorch", "py"],
  ["jax", "py"],
  ["numpy", "py"],
  ["json", "json"],
  ["html", "html"],
]);

/** Returns the name of a file: the output, and what made it if the ending does not say so.
 * @param {string} output @param {string} format @returns {string} */
export function fileName(output, format) {
  const ending = FORMATS.get(format) ?? format;
  const stem = output.normalize("NFKD").replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "");
  return `${[stem || "graph", ending === "py" ? format : ""].filter(Boolean).join("-")}.${ending}`;
}

/** Returns what is asked of the server for an export.
 * @param {State} state @returns {{source: string, inputs: Record<string, number>,
 *   output: string | null}} */
export function exportRequest({ source, inputs, output }) {
  return { source, inputs, output };
}
