/** Task: whether what a lesson asks for is done, on what the person has made. Pure.
 *
 * A task is a list of conditions, all of which must hold; each is data, and its `kind` says what is
 * looked at.
 */
import { number } from "./format.js";
import { stepOf } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {{near?: number, within?: number, below?: number, beyond?: number, is?: "nan"}} Bounds
 *   Near a number, below one, farther from zero than one, or not a number at all. */
/** @typedef {({kind: "value" | "gradient", of: string} & Bounds)
 *   | ({kind: "local", from: string, to: string} & Bounds)
 *   | {kind: "moment", step: "forward" | "seed" | "accumulate", node: string, use?: number}
 *   | {kind: "backwards", least: number}
 *   | {kind: "source", has: string}} Condition */

/** Tells whether all conditions hold. While an answer is awaited, nothing does.
 * @param {Condition[]} conditions @param {State} state @returns {boolean} */
export function fulfilled(conditions, state) {
  const { reading, source, answered, request, error } = state;
  if (!reading || error || answered !== request || reading.trace.source !== source) return false;
  return conditions.every((condition) => holds(condition, reading, stepOf(state)));
}

/** @param {Condition} condition @param {Reading} reading @param {number} step @returns {boolean} */
function holds(condition, reading, step) {
  switch (condition.kind) {
    case "value":
      return fits(named(reading, condition.of)?.value, condition);
    case "gradient":
      return fits(named(reading, condition.of)?.grad, condition);
    case "local":
      return fits(localOf(reading, condition.from, condition.to), condition);
    case "moment":
      return isMoment(condition, reading, step);
    case "backwards":
      return reading.trace.history.length >= condition.least;
    case "source":
      return reading.trace.source.includes(condition.has);
  }
}

/** @param {import("./format.js").JsonNumber | null | undefined} found @param {Bounds} bounds
 * @returns {boolean} */
function fits(found, { near, within = 0, below, beyond, is }) {
  if (found === null || found === undefined) return false;
  const value = number(found);
  if (is === "nan") return Number.isNaN(value);
  if (near !== undefined && !(Math.abs(value - near) <= within)) return false;
  if (below !== undefined && !(value < below)) return false;
  return beyond === undefined || Math.abs(value) > beyond;
}

/** @param {Reading} reading @param {string} name @returns the newest node of that name */
function named(reading, name) {
  return reading.nodes.findLast((node) => node.name === name);
}

/** @param {Reading} reading @param {string} from @param {string} to */
function localOf(reading, from, to) {
  const target = named(reading, to);
  const edge = target?.makes
    .map((index) => reading.edges.get(index))
    .find((found) => reading.byId.get(found?.source ?? "")?.name === from);
  return edge?.local;
}

/** @param {Condition & {kind: "moment"}} wanted @param {Reading} reading @param {number} step
 * @returns {boolean} whether the step that led here is the one that is wanted */
function isMoment({ step: kind, node: name, use = 1 }, reading, step) {
  const node = named(reading, name)?.id;
  const steps = reading.steps.flatMap((done, index) => {
    const is = done.phase === "forward" ? "forward" : done.kind;
    return is === kind && done.node === node ? [index + 1] : [];
  });
  return steps[use - 1] === step;
}
