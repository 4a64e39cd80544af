/** Keeping: what the browser remembers for the page, in this tab or for longer. One that keeps nothing loses
 * that alone: the page goes on.
 */

/** @typedef {"localStorage" | "sessionStorage"} Place */

/** @param {string} key @param {Place} [place] @returns {string | null} what was kept, if anything was */
export function kept(key, place = "localStorage") {
  try {
    return window[place].getItem(key);
  } catch {
    return null;
  }
}

/** Returns what was kept, and keeps it no longer.
 * @param {string} key @param {Place} place @returns {string | null} */
export function taken(key, place) {
  const text = kept(key, place);
  keep(key, null, place);
  return text;
}

/** @param {string} key @param {string | null} text  null to forget @param {Place} [place] */
export function keep(key, text, place = "localStorage") {
  try {
    if (text === null) window[place].removeItem(key);
    else window[place].setItem(key, text);
  } catch {
    // There is nothing to be done about it, and nothing to be said.
  }
}
