/** Subject: the program and the numbers that are on the page now, as the analyses ask about them. Pure. */
import { number } from "./format.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {{source: string, inputs: Record<string, number>, output: string | null}} Subject */
/** @typedef {{name: string, node: string, value: number, last: number, grad: number}} Variable
 *   `value`: the number that it begins with; `last`: the one it has in the graph, whose gradient is told. */

/** Returns what a request is about: what is drawn, which is the last program that ran while the one in the
 * editor fails; or null while the page shows something else than what is asked.
 * @param {State} state @returns {Subject | null} */
export function subjectOf({ reading, request, answered, error, source, inputs, output }) {
  if (!reading || request !== answered) return null;
  if (!error) return { source, inputs, output };
  const drawn = variablesOf(reading).filter(({ value }) => Number.isFinite(value));
  return { source: reading.trace.source, inputs: Object.fromEntries(drawn.map(({ name, value }) => [name, value])), output };
}

/** Returns the inputs with the numbers that they begin with, and their gradients.
 * @param {Reading} reading @returns {Variable[]} */
export function variablesOf({ trace }) {
  return trace.inputs.map(({ name, node, initial, value, grad }) => ({
    name,
    node,
    value: number(initial),
    last: number(value),
    grad: number(grad ?? 0),
  }));
}

/** Returns the inputs to which the program itself gives other numbers as it runs, by writing to `.data`: no gradient
 * reaches back to those that they begin with. Where a name is bound again, the gradients of both add up.
 * @param {Reading} reading @returns {string[]} names */
export function writtenOf({ trace, byId }) {
  const letters = [...trace.source];
  return trace.inputs.filter(({ node }) => {
    const span = byId.get(node)?.span;
    return span && /\.\s*data$/.test(letters.slice(...span).join(""));
  }).map(({ name }) => name);
}

/** Returns the inputs that a descent can move: not those that the program moves itself; and of a program that
 * moves some, those whose gradient reaches the number that they begin with.
 * @param {Reading} reading @returns {Variable[]} */
export function movableOf(reading) {
  const written = writtenOf(reading);
  return variablesOf(reading).filter(({ name, node }) => !written.length || (reading.byId.has(node) && !written.includes(name)));
}

/** Returns what the output is called, or null if it has no name.
 * @param {Reading} reading @returns {string | null} */
export function outputName({ trace, byId }) {
  return byId.get(trace.output)?.name ?? null;
}

/** Returns what the output is called on its card.
 * @param {Reading} reading @returns {string} */
export function outputLabel({ trace, byId }) {
  return byId.get(trace.output)?.label ?? "";
}

/** Returns a chosen name while there is such an input, or the first.
 * @param {Variable[]} variables @param {string | null} chosen @returns {Variable | undefined} */
export function variableOf(variables, chosen) {
  return variables.find(({ name }) => name === chosen) ?? variables[0];
}
