/** Scales: numbers as places on a plot, and back. Pure. */
import { short, typographic } from "./format.js";

/** @typedef {{at: (value: number) => number, invert: (place: number) => number,
 *   ticks: (count: number) => Tick[], domain: [number, number]}} Scale */
/** @typedef {{value: number, text: string}} Tick */

/** Returns the scale on which equal differences are equal lengths.
 * @param {[number, number]} domain @param {[number, number]} range @returns {Scale} */
export function linear([low, high], [from, to]) {
  const size = high - low || 1;
  return {
    domain: [low, high],
    at: (value) => from + ((value - low) / size) * (to - from),
    invert: (place) => low + ((place - from) / (to - from)) * size,
    ticks: (count) => roundNumbers(low, high, count).map((value) => ({ value, text: short(value) })),
  };
}

/** Returns the scale on which equal ratios are equal lengths; what is not positive has no place.
 * @param {[number, number]} domain @param {[number, number]} range @returns {Scale} */
export function log([low, high], range) {
  const exponents = linear([Math.log10(low), Math.log10(high)], range);
  return {
    domain: [low, high],
    at: (value) => (value > 0 ? exponents.at(Math.log10(value)) : NaN),
    invert: (place) => 10 ** exponents.invert(place),
    ticks: (count) => powers(low, high, count).map((value) => ({ value, text: power(value) })),
  };
}

/** Returns about so many round numbers between two.
 * @param {number} low @param {number} high @param {number} count @returns {number[]} */
function roundNumbers(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5].find((digit) => digit * unit >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const length = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** @param {number} low @param {number} high @param {number} count @returns {number[]} powers of 10 */
function powers(low, high, count) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, count)));
  const found = [];
  for (let exponent = first; exponent <= last; exponent += stride) found.push(10 ** exponent);
  return found;
}

/** @param {number} value @returns {string} a power of ten, as it is read on an axis */
function power(value) {
  const exponent = Math.round(Math.log10(value));
  return exponent >= -2 && exponent <= 3 ? short(value) : typographic(`1e${exponent}`);
}

/** An axis ends here at the latest: its length, too, has to be a double. */
const FARTHEST = Number.MAX_VALUE / 2.5;

/** Returns the range of the finite numbers with a little air around them, without the few that go
 * through the roof (beside a pole), and with a number that must be seen.
 * @param {number[]} numbers @param {number} [must] @returns {[number, number]} */
export function extent(numbers, must = NaN) {
  const finite = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  if (Number.isFinite(must)) finite.length || finite.push(must);
  if (!finite.length) return [-1, 1];
  const share = (/** @type {number} */ part) => finite[Math.round(part * (finite.length - 1))];
  const usual = share(0.9) - share(0.1) || share(1) - share(0);
  let low = Math.max(share(0), share(0.1) - 3 * usual);
  let high = Math.min(share(1), share(0.9) + 3 * usual);
  if (Number.isFinite(must)) [low, high] = [Math.min(low, must), Math.max(high, must)];
  const air = (high - low) * 0.08 || Math.abs(low) * 0.5 || 1;
  return [Math.max(low - air, -FARTHEST), Math.min(high + air, FARTHEST)];
}

/** Returns the range of the positive numbers, on round powers of ten.
 * @param {number[]} numbers @returns {[number, number]} */
export function decades(numbers) {
  const positive = numbers.filter((value) => value > 0 && Number.isFinite(value));
  if (!positive.length) return [0.1, 10];
  const low = Math.floor(Math.log10(positive.reduce((a, b) => Math.min(a, b))));
  const high = Math.ceil(Math.log10(positive.reduce((a, b) => Math.max(a, b))));
  return [10 ** Math.max(-320, low), 10 ** Math.min(308, Math.max(high, low + 1))];
}
