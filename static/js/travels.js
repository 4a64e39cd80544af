/** Travels: which numbers go along which wires when steps are taken. Pure. */
import { number, plain } from "./format.js";

/** @typedef {{index: number, text: string, backwards: boolean}} Travel
 *   A number on its way along a wire, from operand to result or back; `index` is the wire's. */

/** Returns what travels in some steps of a reading: operands into their operation, contributions back.
 * What stays within one box does not travel.
 * @param {import("./trace.js").Reading} reading @param {import("./fold.js").Folded} drawn
 * @param {number} from the steps that were done before @param {number} to those that are now
 * @returns {Travel[]} */
export function travelsOf({ byId, edges, steps }, { carried }, from, to) {
  /** @param {number} edge @param {string} text @param {boolean} backwards @returns {Travel[]} */
  const travel = (edge, text, backwards) => {
    const index = carried.get(edge);
    return index === undefined ? [] : [{ index, text, backwards }];
  };
  return steps.slice(from, to).flatMap((step) => {
    if (step.phase === "backward") {
      return step.kind === "seed" ? [] : travel(step.edge, plain(number(step.contribution)), true);
    }
    return (byId.get(step.node)?.makes ?? []).flatMap((edge) => {
      const operand = byId.get(edges.get(edge)?.source ?? "");
      return travel(edge, plain(number(operand?.value ?? "NaN")), false);
    });
  });
}

/** Tells whether one sees a step: what only goes on within one box changes nothing of the drawing.
 * @param {import("./trace.js").Reading} reading @param {import("./fold.js").Folded} drawn
 * @param {number} step counted as the scrubber does @returns {boolean} */
export function isSeen({ steps }, { shown, carried, byId }, step) {
  const taken = steps[step - 1];
  if (!taken || (taken.phase === "backward" && taken.kind === "accumulate")) return !taken || carried.has(taken.edge);
  const item = byId.get(shown.get(taken.node) ?? "");
  return item?.kind !== "group" || item.result === taken.node;
}
