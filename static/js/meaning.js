/** Meaning: what a gradient says of a small change, in words. Pure. */
import { short } from "./format.js";

/** @typedef {import("./messages.js").Translate} Translate */

/** Returns a change that is small beside a value, and round.
 * @param {number} value @returns {number} 0.01, or a hundredth of the value's size */
export function nudgeFor(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size === 0 || (size >= 0.1 && size < 100)) return 0.01;
  return 10 ** (Math.floor(Math.log10(size)) - 2);
}

/** Returns how a change of the output is said: "rises by 0.06".
 * @param {number} change @param {Translate} t @returns {string} */
export function moves(change, t) {
  if (Number.isNaN(change)) return t("moves.nowhere");
  const size = short(Math.abs(change));
  if (size === "0") return t("moves.not");
  return change > 0 ? t("moves.up", { size }) : t("moves.down", { size });
}

/** Returns how fast something moves beside a value: "moves 2 times as fast as x".
 * @param {number} times @param {string} name @param {Translate} t @returns {string} */
export function pace(times, name, t) {
  const said = short(times);
  if (said === "0") return t("pace.not", { name });
  if (said === short(1)) return t("pace.same", { name });
  return said === short(-1) ? t("pace.opposite", { name }) : t("pace", { name, times: said });
}

/** Returns what a gradient means: raise this by a little, and that moves by so much.
 * @param {{name: string, output: string, value: number, grad: number}} what @param {Translate} t
 * @returns {string} */
export function meaning({ name, output, value, grad }, t) {
  if (!Number.isFinite(grad)) return t("meaning.odd", { name, output, grad: short(grad) });
  const nudge = nudgeFor(value);
  if (grad === 0) return t("meaning.flat", { name, output, nudge: short(nudge) });
  const change = moves(nudge * grad, t);
  return t("meaning", { name, output, nudge: short(nudge), change, pace: pace(grad, name, t) });
}

/** Returns what is true where a kink makes the gradient a convention: a slope for each side.
 * @param {{name: string, output: string, grad: number}} what @param {import("./sides.js").Sides} sides
 * @param {Translate} t @returns {string} */
export function kinked({ name, output, grad }, { left, right }, t) {
  const said = { name, output, grad: short(grad), left: short(left), right: short(right) };
  return said.left === said.right ? t("meaning.convention", said) : t("meaning.kink", said);
}
