/** Slope: output against one input, with the tangent whose slope is the gradient. Pure. */

/** @typedef {import("./plot.js").Point} Point */

/** How far h goes. */
export const LEAST_H = 1e-6;
export const MOST_H = 2;

/** Returns the points of a curve, with a gap wherever it jumps: between two samples a curve changes
 * about as much as its slopes at both say, so what changes otherwise is not one curve.
 * @param {number[]} xs @param {number[]} ys @param {number[]} slopes @returns {Point[]} */
export function curveOf(xs, ys, slopes) {
  const finite = ys.filter(Number.isFinite);
  const size = finite.reduce((a, b) => Math.max(a, b), -Infinity) - finite.reduce((a, b) => Math.min(a, b), Infinity);
  /** @type {Point[]} */
  const points = [];
  xs.forEach((x, i) => {
    if (i > 0 && jumps(i, size)) points.push([x, NaN]);
    points.push([x, ys[i]]);
  });
  return points;

  /** @param {number} i @param {number} all */
  function jumps(i, all) {
    const width = xs[i] - xs[i - 1];
    const change = ys[i] - ys[i - 1];
    const told = [slopes[i - 1] * width, slopes[i] * width];
    const slack = 2 * (Math.abs(told[0]) + Math.abs(told[1])) + 0.03 * all;
    const beyond = change > Math.max(...told) + slack || change < Math.min(...told) - slack;
    const turns = Math.abs(change) > 0.3 * all && change * told[0] < 0 && change * told[1] < 0;
    return beyond || turns;
  }
}

/** Returns two points of a line, at both ends of what is shown.
 * @param {Point} through @param {number} slope @param {[number, number]} domain @returns {Point[]} */
export function lineThrough([x, y], slope, [low, high]) {
  return [low, high].map((end) => [end, y + slope * (end - x)]);
}

/** @typedef {{slope: number, by: "gradient" | "measured" | "kink" | "unknown"}} Tangent */

/** Returns the tangent of a curve at an input: its slope is the gradient, unless that is of another curve. A
 * program that writes `.data` cuts its graph, so that a gradient is of the last number of an input and
 * not of the one that it begins with; what is measured close to that one is then the slope.
 * @param {{value: number, last: number, grad: number, reaches: boolean}} input
 * @param {{left: number, right: number} | null} around slopes that were measured on both sides, as soon as
 *   they are known @returns {Tangent} */
export function tangentOf({ value, last, grad, reaches }, around) {
  const isOwn = last === value && reaches;
  if (!around || !Number.isFinite(around.left + around.right)) return isOwn ? byGradient() : { slope: NaN, by: "unknown" };
  const { left, right } = around;
  const slack = 1e-3 * Math.max(1, Math.abs(left), Math.abs(right));
  const fits = grad >= Math.min(left, right) - slack && grad <= Math.max(left, right) + slack;
  if (last === value && (fits || !Number.isFinite(grad))) return byGradient();
  return Math.abs(left - right) <= slack ? { slope: (left + right) / 2, by: "measured" } : { slope: NaN, by: "kink" };

  /** @returns {Tangent} */
  function byGradient() {
    return { slope: grad, by: "gradient" };
  }
}

/** Returns how far from an input its slopes are measured: its curve is nearly straight there.
 * @param {number} x @returns {number} */
export function closeTo(x) {
  return 1e-5 * Math.max(1, Math.abs(x));
}

/** Returns points along a line, from end to end of what is shown.
 * @param {Point} through @param {number} slope @param {[number, number]} domain @returns {Point[]} */
export function along([x, y], slope, [low, high]) {
  return Array.from({ length: 41 }, (_, i) => {
    const at = low + ((high - low) * i) / 40;
    return [at, y + slope * (at - x)];
  });
}

/** Returns h as the slider has it, and back.
 * @param {number} h @returns {number} */
export function toSlider(h) {
  return Math.log10(Math.min(MOST_H, Math.max(LEAST_H, h)));
}

/** @param {number} place @returns {number} */
export function fromSlider(place) {
  const h = 10 ** place;
  const digit = 10 ** (Math.floor(Math.log10(h)) - 2);
  return Math.min(MOST_H, Math.max(LEAST_H, Number((Math.round(h / digit) * digit).toPrecision(3))));
}

/** Returns whether a curve rises, falls, stays or turns between its ends.
 * @param {number[]} ys @returns {"rises" | "falls" | "stays" | "turns" | "missing"} */
export function courseOf(ys) {
  const finite = ys.filter(Number.isFinite);
  if (finite.length < 2) return "missing";
  const size = Math.max(...finite) - Math.min(...finite);
  if (size === 0) return "stays";
  const slack = 1e-9 * size;
  const steps = finite.slice(1).map((y, i) => y - finite[i]);
  if (steps.every((step) => step >= -slack)) return "rises";
  if (steps.every((step) => step <= slack)) return "falls";
  return "turns";
}

/** Returns whether what is shown of a curve is one straight line, but for rounding.
 * @param {number[]} xs @param {number[]} ys @returns {boolean} */
export function isStraight(xs, ys) {
  const last = xs.length - 1;
  if (last < 2 || !ys.every(Number.isFinite)) return false;
  const slope = (ys[last] - ys[0]) / (xs[last] - xs[0]);
  const slack = 1e-9 * Math.abs(ys[last] - ys[0]) + 1e-14 * Math.max(...ys.map(Math.abs));
  return xs.every((x, i) => Math.abs(ys[i] - (ys[0] + slope * (x - xs[0]))) <= slack);
}
