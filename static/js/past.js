/** Past: the numbers that the inputs had before they were moved, for who wants them back. Pure. */

/** @typedef {{name: string, inputs: Record<string, number>}[]} Past
 *   `name`: what was moved then; moving it on is part of the same move. */

/** So many moves can be taken back. */
const KEPT = 50;

/** Returns the past with what the inputs were before something is moved.
 * @param {Past} past @param {string} name @param {Record<string, number>} inputs @returns {Past} */
export function remembered(past, name, inputs) {
  return past.at(-1)?.name === name ? past : [...past.slice(1 - KEPT), { name, inputs }];
}
