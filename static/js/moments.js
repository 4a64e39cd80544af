/** Moments: the steps at which values and gradients become known, and where a walk through them
 * halts. Pure.
 */

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {"edge" | "node"} Pace  Whether Next goes on to the next contribution or to the next node. */
/** @typedef {{values: Map<string, number>, uses: Map<string, number[]>,
 *   grads: Map<string, number>, stops: number[]}} Moments
 *   Steps are counted as the scrubber does: after step k, k things are known. `uses`: when each
 *   contribution arrives at a node; `grads`: when the last of them has, so that its gradient is
 *   complete; `stops`: where a walk from node to node halts. */

/** @type {WeakMap<Reading, Moments>} */
const known = new WeakMap();

/** Returns when everything in a trace becomes known; worked out once a trace.
 * @param {Reading} reading @returns {Moments} */
export function momentsOf(reading) {
  const moments = known.get(reading) ?? collect(reading);
  known.set(reading, moments);
  return moments;
}

/** @param {Reading} reading @returns {Moments} */
function collect({ steps }) {
  const values = new Map();
  const uses = new Map();
  const grads = new Map();
  steps.forEach((step, index) => {
    const moment = index + 1;
    if (step.phase === "forward") {
      values.set(step.node, moment);
      return;
    }
    grads.set(step.node, moment);
    if (step.kind === "seed") return;
    const arrived = uses.get(step.node);
    if (arrived) arrived.push(moment);
    else uses.set(step.node, [moment]);
  });
  const stops = [0, ...values.values(), ...grads.values()].sort((a, b) => a - b);
  return { values, uses, grads, stops };
}

/** Returns the step at which a walk halts next.
 * @param {Reading} reading @param {number} step @param {Pace} pace @returns {number} */
export function after(reading, step, pace) {
  const last = reading.steps.length;
  if (pace === "edge") return Math.min(step + 1, last);
  return momentsOf(reading).stops.find((stop) => stop > step) ?? last;
}

/** Returns the step at which a walk halted before.
 * @param {Reading} reading @param {number} step @param {Pace} pace @returns {number} */
export function before(reading, step, pace) {
  if (pace === "edge") return Math.max(step - 1, 0);
  return momentsOf(reading).stops.findLast((stop) => stop < step) ?? 0;
}

/** Returns the step of a node: the one that completes its gradient, or, for who stands there already,
 * the one that computes its value.
 * @param {Reading} reading @param {string} id @param {number} step @returns {number} */
export function momentOf(reading, id, step) {
  const { values, grads } = momentsOf(reading);
  const value = values.get(id) ?? 0;
  const grad = grads.get(id) ?? value;
  return step === grad ? value : grad;
}

/** Returns the step of the next contribution to a node, round and round, or null if it gets none.
 * @param {Reading} reading @param {string} id @param {number} step @returns {number | null} */
export function nextUse(reading, id, step) {
  const uses = momentsOf(reading).uses.get(id) ?? [];
  return uses.find((moment) => moment > step) ?? uses[0] ?? null;
}
