/** Small help with elements. */

/** Returns the element of a page by its id.
 * @template {Element} T @param {Document} document @param {string} id
 * @param {new () => T} kind @returns {T} */
export function element(document, id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`missing element: #${id}`);
  return found;
}

/** Returns a new element with a class and a text.
 * @template {keyof HTMLElementTagNameMap} K @param {Document} document @param {K} name
 * @param {string} [className] @param {string} [text] @returns {HTMLElementTagNameMap[K]} */
export function make(document, name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
