/** Ranges: how far an input's slider goes. Pure. */

/** Returns a range around a number that ends on round numbers.
 * @param {number} value @returns {{low: number, high: number, step: number}} */
export function rangeFor(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size <= 1e-3) {
    return size > 0 && size <= 1e-3 ? spread(10 ** Math.ceil(Math.log10(size) + 1)) : spread(5);
  }
  if (size <= 4) return spread(5);
  return spread(nice(size * 2));
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
