/** Match: whether the program of the page can learn the data, and which of its numbers are trained. Pure. */
import { number } from "./format.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./csv.js").Columns} Columns */
/** @typedef {import("./messages.js").Translate} Translate */

/** Returns whether the trace is of the program in the editor: until then nobody knows its inputs.
 * @param {State} state @returns {boolean} */
export function isKnown({ error, reading, source }) {
  return error === null && reading?.trace.source === source;
}

/** Returns the columns that are no inputs of the program, as far as those are known.
 * @param {State} state @param {Columns | null} columns @returns {string[]} */
export function missingOf({ reading, source }, columns) {
  if (!columns || reading?.trace.source !== source) return [];
  const known = new Set(reading.trace.inputs.map(({ name }) => name));
  return Object.keys(columns).filter((name) => !known.has(name));
}

/** Returns the inputs that are no column, with the numbers that they have on the page.
 * @param {State} state @param {Columns | null} columns @returns {Record<string, number>} */
export function trainedOf({ reading, inputs }, columns) {
  const trained = (reading?.trace.inputs ?? []).filter(({ name }) => !columns || !(name in columns));
  return Object.fromEntries(trained.map(({ name, initial }) => [name, inputs[name] ?? number(initial)]));
}

/** Returns why nothing can be trained: null if it can, empty while that is not known.
 * @param {State} state @param {Columns | null} columns @param {boolean} refused whether what was chosen is no data
 * @param {Translate} t @returns {string | null} */
export function obstacleTo(state, columns, refused, t) {
  if (state.error) return t("bench.failed");
  if (refused) return t("playground.refused");
  if (!columns || !isKnown(state)) return "";
  const missing = missingOf(state, columns);
  if (missing.length) return t("playground.foreign", { names: missing.join(", ") });
  return Object.keys(trainedOf(state, columns)).length ? null : t("playground.nothing");
}
