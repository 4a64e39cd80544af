/** Frame: what is known at every node and edge after step k. Pure. */
import { number } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {{step: number, phase: "forward" | "backward" | "done", values: Map<string, number>,
 *   grads: Map<string, number>, contributions: Map<number, number>, current: Step | null}} Frame
 *   What is missing from a map is unknown. `current` is the step that led here. */

/** Returns what is known after the first `step` steps; 0 is before anything is.
 * @param {Reading} reading @param {number} step @returns {Frame} */
export function frameAt(reading, step) {
  const { steps, byId } = reading;
  const values = new Map();
  const grads = new Map();
  const contributions = new Map();
  for (const done of steps.slice(0, step)) {
    if (done.phase === "forward") {
      values.set(done.node, number(byId.get(done.node)?.value ?? "NaN"));
    } else {
      grads.set(done.node, number(done.after));
      if (done.kind === "accumulate") contributions.set(done.edge, number(done.contribution));
    }
  }
  const current = step > 0 ? steps[step - 1] : null;
  return { step, phase: phaseAt(reading, step), values, grads, contributions, current };
}

/** Returns which pass a step number falls into.
 * @param {Reading} reading @param {number} step @returns {"forward" | "backward" | "done"} */
export function phaseAt(reading, step) {
  if (step >= reading.steps.length) return "done";
  return step > reading.forward ? "backward" : "forward";
}
