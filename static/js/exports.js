/** Exports: what files are called, and what is asked of the server for them. Pure. */

/** @typedef {import("./state.js").State} State */

/** Returns the name of a picture: the output's, as far as every system can write it.
 * @param {string} output @param {string} ending @returns {string} */
export function fileName(output, ending) {
  const stem = output.normalize("NFKD").replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "");
  return `${stem || "graph"}.${ending}`;
}

/** Returns the name that the server gives to a file, or another one.
 * @param {string | null} disposition the header of that name @param {string} other
 * @returns {string} */
export function givenName(disposition, other) {
  return disposition?.match(/filename="([^"]+)"/)?.[1] ?? other;
}

/** Returns what is asked of the server for an export.
 * @param {State} state @returns {{source: string, inputs: Record<string, number>,
 *   output: string | null}} */
export function exportRequest({ source, inputs, output }) {
  return { source, inputs, output };
}
