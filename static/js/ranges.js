/** Ranges: how far an input's slider goes. Pure. */

/** Numbers as small as rates of learning: beside them a slider up to 5 has no room between its pixels. */
const SMALL = 0.2;

/** Returns a range around a number that ends on round numbers.
 * @param {number} value @returns {{low: number, high: number, step: number}} */
export function rangeFor(value) {
  const size = Math.abs(value);
  if (size > 0 && size < SMALL) return spread(nice(size * 20));
  if (!Number.isFinite(size) || size <= 4) return spread(5);
  return spread(nice(size * 2));
}

/** Tells whether a number is lost on a slider: so small that it can hardly be told from 0 there.
 * @param {number} value @param {number} high @returns {boolean} */
export function isLost(value, high) {
  const fitting = rangeFor(value).high;
  return fitting * (fitting < 5 ? 20 : 4) < high;
}

/** @param {number} high */
function spread(high) {
  return { low: -high, high, step: high / 500 };
}

/** @param {number} value @returns {number} the next of 1, 2, 5, 10, 20, … */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((digit) => digit * power >= value) ?? 10);
}
