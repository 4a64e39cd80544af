/** Frame: what is known at every node and edge after step k.
 *
 * A trace is put on a timeline once; a frame is a look at it, and costs the same at every step.
 * Pure.
 */
import { number } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {{step: number, phase: "forward" | "backward" | "done", values: Known<string>,
 *   grads: Known<string>, contributions: Known<number>, heaviest: number, current: Step | null}} Frame
 *   What is missing is unknown. `current` is the step that led here; `heaviest` is the size of the
 *   largest contribution of the whole trace, so that no wire changes because of another. */

/** Numbers in the order in which they become known, each with all that it ever is.
 * @template K @typedef {{keys: K[], since: number[],
 *   told: Map<K, {steps: number[], numbers: number[]}>}} History */

/** What of a history is known after so many steps: reads like a Map.
 * @template K */
class Known {
  /** @param {History<K>} history @param {number} step */
  constructor(history, step) {
    this.history = history;
    this.step = step;
  }

  /** @param {K} key @returns {number | undefined} */
  get(key) {
    const told = this.history.told.get(key);
    return told?.numbers[upTo(told.steps, this.step) - 1];
  }

  /** @param {K} key @returns {boolean} */
  has(key) {
    return (this.history.told.get(key)?.steps[0] ?? Infinity) <= this.step;
  }

  get size() {
    return upTo(this.history.since, this.step);
  }

  keys() {
    return this.history.keys.slice(0, this.size);
  }

  /** @returns {number[]} */
  values() {
    return this.keys().map((key) => this.get(key) ?? NaN);
  }

  /** @returns {Iterator<[K, number]>} */
  *[Symbol.iterator]() {
    for (const key of this.keys()) yield [key, this.get(key) ?? NaN];
  }
}

/** @param {number[]} rising @param {number} most @returns {number} how many are at most so much */
function upTo(rising, most) {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @typedef {{values: History<string>, grads: History<string>, contributions: History<number>,
 *   heaviest: number}} Timeline */

/** @type {WeakMap<Reading, Timeline>} */
const timelines = new WeakMap();

/** @param {Reading} reading @returns {Timeline} made when it is first asked for */
function timelineOf(reading) {
  const known = timelines.get(reading);
  if (known) return known;
  /** @type {Timeline} */
  const made = { values: empty(), grads: empty(), contributions: empty(), heaviest: 0 };
  reading.steps.forEach((step, index) => {
    if (step.phase === "forward") {
      tell(made.values, step.node, index + 1, number(reading.byId.get(step.node)?.value ?? "NaN"));
    } else {
      tell(made.grads, step.node, index + 1, number(step.after));
      if (step.kind === "accumulate") {
        const contribution = number(step.contribution);
        tell(made.contributions, step.edge, index + 1, contribution);
        if (Number.isFinite(contribution)) made.heaviest = Math.max(made.heaviest, Math.abs(contribution));
      }
    }
  });
  timelines.set(reading, made);
  return made;
}

/** @returns {History<any>} */
const empty = () => ({ keys: [], since: [], told: new Map() });

/** @template K @param {History<K>} history @param {K} key @param {number} step @param {number} value */
function tell(history, key, step, value) {
  const told = history.told.get(key);
  if (told) {
    told.steps.push(step);
    told.numbers.push(value);
    return;
  }
  history.keys.push(key);
  history.since.push(step);
  history.told.set(key, { steps: [step], numbers: [value] });
}

/** Returns what is known after the first `step` steps; 0 is before anything is.
 * @param {Reading} reading @param {number} step @returns {Frame} */
export function frameAt(reading, step) {
  const { values, grads, contributions, heaviest } = timelineOf(reading);
  return {
    step,
    phase: phaseAt(reading, step),
    values: new Known(values, step),
    grads: new Known(grads, step),
    contributions: new Known(contributions, step),
    heaviest,
    current: step > 0 ? reading.steps[step - 1] : null,
  };
}

/** Returns which pass a step number falls into.
 * @param {Reading} reading @param {number} step @returns {"forward" | "backward" | "done"} */
export function phaseAt(reading, step) {
  if (step >= reading.steps.length) return "done";
  return step > reading.forward ? "backward" : "forward";
}
