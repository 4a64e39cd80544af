/** Account: what is said of a slope, in numbers and in words. Pure. */
import { short } from "./format.js";
import { courseOf } from "./slope.js";

/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {import("./secant.js").Found} Found */
/** @typedef {import("./subject.js").Variable} Variable */
/** @typedef {import("./slope.js").Tangent["by"]} By */
/** @typedef {Found & {by: By, last: number, grad: number, sides: import("./sides.js").Sides | null}} Finding
 *   `by`: where the slope of the tangent comes from; `last`: the number of the input whose gradient is
 *   `grad`; `sides`: the slopes on both sides of a kink. */

/** Returns the numbers that are compared: what each is, and which line is so steep.
 * @param {Finding} finding @param {Translate} t @returns {{term: string, text: string, kind: string}[]} */
export function numbersOf({ output, name, by, slope, measured }, t) {
  const own = by === "gradient" ? t("slope.gradient", { output, name }) : t("slope.close", { output, name });
  const none = Number.isNaN(slope) && by !== "gradient";
  return [
    { term: own, text: none ? "–" : short(slope), kind: "gradient-number" },
    { term: t("slope.quotient", { output, name }), text: short(measured), kind: "measured-number" },
    { term: t("slope.difference"), text: short(Math.abs(measured - slope)), kind: "" },
  ];
}

/** Returns what stands right below the numbers: why they differ, why they cannot, or what to do so that they
 * do not. It is never empty, so that nothing below it moves.
 * @param {Finding} finding @param {string} note what the check says of the input @param {Translate} t
 * @returns {{text: string, warns: boolean}} */
export function remarkOf({ output, name, sides, grad, straight, by }, note, t) {
  const said = { output, name, grad: short(grad), left: short(sides?.left ?? NaN), right: short(sides?.right ?? NaN) };
  if (sides) return { text: t(said.left === said.right ? "slope.convention" : "slope.kink", said), warns: true };
  if (note) return { text: note, warns: true };
  return { text: t(straight && by === "gradient" ? "slope.straight" : "slope.hint"), warns: false };
}

/** Returns what the secant measures, or why the tangent is not the gradient's.
 * @param {Finding} finding @param {Translate} t @returns {string} */
export function meaningOf({ output, name, x, y, h, ahead, measured, by, last, grad, sides }, t) {
  if (!Number.isFinite(ahead)) return "";
  const values = { output, name, x: short(x), y: short(y), h: short(h), ahead: short(ahead),
    change: short(ahead - y), slope: short(measured), last: short(last), grad: short(grad) };
  if (by === "gradient" || sides) return t("slope.meaning", values);
  if (by === "kink") return t("slope.edge", values);
  return t(last === x ? "slope.apart" : "slope.later", values);
}

/** Returns how the curve goes, in a sentence.
 * @param {Finding} finding @param {Translate} t @returns {string} */
export function courseIn({ output, name, x, slope, samples: { xs, ys } }, t) {
  const seen = xs.map((_, i) => i).filter((i) => Number.isFinite(ys[i]));
  if (!seen.length) return "";
  const [first, last] = [seen[0], seen[seen.length - 1]];
  const shown = seen.map((i) => ys[i]);
  const values = {
    output, name, x: short(x), slope: short(slope), low: short(xs[first]), high: short(xs[last]),
    from: short(ys[first]), to: short(ys[last]), least: short(Math.min(...shown)), most: short(Math.max(...shown)),
  };
  const gaps = seen.length < xs.length ? ` ${t("slope.gaps", { output })}` : "";
  return `${t(`slope.${courseOf(ys)}`, values)}${gaps}`;
}
