/** Trial: an input is raised by a little, to see whether the output moves as the gradient says. Pure. */
import { number } from "./format.js";
import { nudgeFor } from "./meaning.js";
import { sidesOf } from "./sides.js";
import { slopeOf, versionsOf } from "./trace.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {{name: string, value: number, was: number | null, nudge: number, before: number,
 *   predicted: number, kink: number | null, after: number | null}} Trial
 *   `value`: what the input is set to; `was`: what it was set to, null for what the program says;
 *   `before`, `after`: the output; `predicted`: slope times change, where `kink`
 *   is the slope on the right, if that is another than the gradient. */

/** Returns the input of a name, if raising it is raising what the graph shows of it.
 * @param {State} state @param {string} name */
export function triable({ reading }, name) {
  const input = reading?.trace.inputs.find((one) => one.name === name);
  const node = input && reading?.byId.get(input.node);
  if (!reading || !node || versionsOf(reading, name).length > 1) return null; // the name would raise all of them
  return number(node.value) === number(input.initial) ? { input, node } : null;
}

/** Returns a trial that is about to be made.
 * @param {State} state @param {string} name @returns {Trial | null} */
export function triedOut(state, name) {
  const { reading, inputs } = state;
  const found = triable(state, name);
  if (!reading || !found) return null;
  const from = inputs[name] ?? number(found.input.initial);
  const nudge = nudgeFor(from);
  const kink = sidesOf(reading, found.node)?.right ?? null;
  return {
    name,
    value: Number((from + nudge).toPrecision(15)),
    was: inputs[name] ?? null,
    nudge,
    before: number(reading.trace.value),
    predicted: (kink ?? slopeOf(reading, found.node)) * nudge,
    kink,
    after: null,
  };
}

/** Returns a trial with what came of it.
 * @param {Trial} trial @param {Trace} trace @returns {Trial} */
export function measured(trial, trace) {
  return trial.after === null ? { ...trial, after: number(trace.value) } : trial;
}

/** Returns the inputs as they were before a trial.
 * @param {Record<string, number>} inputs @param {Trial} trial @returns {Record<string, number>} */
export function undone(inputs, { name, was }) {
  if (was !== null) return { ...inputs, [name]: was };
  return Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== name));
}
