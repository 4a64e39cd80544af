/** Sides: how fast the output moves as a value falls and as it rises, where an operation on the way
 * stands on its kink. There a gradient is put together from conventions, and may be neither. Pure.
 */
import { number } from "./format.js";
import { slopeOf } from "./trace.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./trace.js").TraceEdge} TraceEdge */
/** @typedef {{left: number, right: number}} Sides */

/** Returns the slopes of the output on both sides of a value, or null where its gradient tells both.
 * @param {Reading} reading @param {DrawnNode} node @returns {Sides | null} */
export function sidesOf(reading, node) {
  if (![...reading.edges.values()].some(({ sides }) => sides)) return null;
  const [left, right] = [0 - moved(reading, node, -1), moved(reading, node, 1)];
  const slope = slopeOf(reading, node);
  const alike = [left, right].every((side) => Math.abs(side - slope) <= 1e-9 * Math.max(1, Math.abs(slope)));
  return alike || !Number.isFinite(left + right) ? null : { left, right };
}

/** @param {Reading} reading @param {DrawnNode} node @param {1 | -1} way
 * @returns {number} how fast the output moves as the value goes that way */
function moved({ nodes, edges, trace }, node, way) {
  const speeds = new Map([[node.id, Number(way)]]);
  for (const { id, makes } of nodes) {
    const uses = makes.flatMap((index) => edges.get(index) ?? []);
    if (id !== node.id && uses.some(({ source }) => speeds.has(source))) speeds.set(id, speedOf(uses));
  }
  return speeds.get(trace.output) ?? 0;

  /** @param {TraceEdge[]} uses @returns {number} */
  function speedOf(uses) {
    const side = sideOf(uses);
    return uses.reduce((sum, { source, local, sides }) => {
      const speed = speeds.get(source) ?? 0;
      return speed === 0 ? sum : sum + speed * number((sides ? sides[side] : local) ?? 0);
    }, 0);
  }

  /** The two pieces that meet at a kink are equal along the kink, so the difference of their slopes
   * points straight across it, up or down its first operand that counts.
   * @param {TraceEdge[]} uses @returns {0 | 1} where a motion of the operands leads: below, above */
  function sideOf(uses) {
    const across = uses.map(({ sides }) => (sides ? number(sides[1]) - number(sides[0]) : 0));
    const up = Math.sign(across.find((part) => part !== 0) ?? 0);
    const along = uses.reduce((sum, { source }, index) => sum + (speeds.get(source) ?? 0) * across[index], 0);
    return along * up > 0 ? 1 : 0;
  }
}
