/** Stretch: how much of an input its curve is shown over. It rests while the input moves within it. Pure. */
import { rangeFor } from "./ranges.js";

/** @typedef {{name: string, centre: number, zoom: number}} Stretch
 *   `zoom`: how much more than usual is shown, as a power of ten. */

/** How far one can look closer, and from how far away. */
export const CLOSE = -4;
export const FAR = 1;

/** Returns how far a stretch reaches to both sides.
 * @param {Stretch} stretch @param {number} value of the input @returns {number} */
export function reachOf({ centre, zoom }, value) {
  return usual(Number.isFinite(centre) ? centre : value) * 10 ** zoom;
}

/** Returns the ends of a stretch, which are round numbers: the middle gives way a little.
 * @param {Stretch} stretch @param {number} value @returns {[number, number]} */
export function endsOf(stretch, value) {
  const half = reachOf(stretch, value);
  const middle = Number((Math.round((4 * stretch.centre) / half) * (half / 4)).toPrecision(9));
  return [middle - half, middle + half];
}

/** Returns a stretch in which an input is seen: the same one, if it is.
 * @template {Stretch} W @param {W} stretch @param {{name: string, value: number}} input @returns {W} */
export function settled(stretch, { name, value }) {
  const [low, high] = endsOf(stretch, value);
  // A range that was right for 1e300 is none for 2, although 2 is within it.
  const fits = high - low <= 50 * Math.max(3, rangeFor(value).high) * 10 ** stretch.zoom;
  const inside = value >= low && value <= high && fits;
  if (name === stretch.name && (inside || !Number.isFinite(value))) return stretch;
  return { ...stretch, name, centre: Number.isFinite(value) ? value : 0 };
}

/** @param {number} centre */
function usual(centre) {
  return Math.max(3, rangeFor(centre).high * 0.8);
}
