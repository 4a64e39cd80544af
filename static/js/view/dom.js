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

/** Puts a sentence into an element, what stands in backticks as code.
 * @template {HTMLElement} T @param {T} parent @param {string} sentence @returns {T} */
export function withCode(parent, sentence) {
  const parts = sentence.split(/`([^`]*)`/);
  parent.replaceChildren(...parts.map((part, i) => (i % 2 ? make(parent.ownerDocument, "code", "", part) : part)));
  return bound(parent);
}

/** Keeps names and formulas on one line with the sign that follows them: no line begins with a comma.
 * @template {HTMLElement} T @param {T} parent @returns {T} */
export function bound(parent) {
  for (const part of parent.querySelectorAll(":scope > :not(.wide)")) {
    const next = part.nextSibling;
    const sign = next?.nodeType === 3 ? /^[\u00a0\u202f]?[.,;:!?)»”]+/.exec(next.nodeValue ?? "")?.[0] : undefined;
    if (!next || !sign) continue;
    const whole = make(parent.ownerDocument, "span", "bound");
    part.replaceWith(whole);
    whole.append(part, sign);
    next.nodeValue = (next.nodeValue ?? "").slice(sign.length);
  }
  return parent;
}

/** Moves a part of the page; what has the focus in it keeps it.
 * @param {HTMLElement} part @param {() => void} move */
export function relocate(part, move) {
  const { activeElement } = part.ownerDocument;
  const focused = activeElement instanceof HTMLElement && part.contains(activeElement) ? activeElement : null;
  move();
  focused?.focus({ preventScroll: true });
}

const SVG = "http://www.w3.org/2000/svg";

/** Returns a new SVG element with attributes.
 * @template {keyof SVGElementTagNameMap} K @param {Document} document @param {K} name
 * @param {Record<string, string | number>} [attributes] @returns {SVGElementTagNameMap[K]} */
export function shape(document, name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Brings the children of an element into an order, moving no more of them than need be: an element
 * that is moved loses the focus.
 * @param {Element} parent @param {Element[]} children */
export function arrange(parent, children) {
  const kept = new Set(children);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}
