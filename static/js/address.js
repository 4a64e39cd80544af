/** Address: what stands before the `#` of a page's address, and links made from it. Pure. */

/** Returns an address with one parameter set, or taken away by null.
 * @param {string} href @param {string} name @param {string | null} value @returns {string} */
export function withParameter(href, name, value) {
  const address = new URL(href);
  if (value === null) address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  return address.href;
}

/** Returns the address of the same drawing on another of our pages.
 * @param {string} href of this page @param {string} page "embed", or "" for the whole page
 * @param {string} hash @returns {string} */
export function onPage(href, page, hash) {
  const target = new URL(page || ".", href);
  const language = new URL(href).searchParams.get("lang");
  if (language !== null) target.searchParams.set("lang", language);
  target.hash = hash;
  return target.href;
}

/** Returns what others write into their page to frame ours.
 * @param {string} href of the embedded page @param {string} title @returns {string} */
export function frameCode(href, title) {
  const quoted = (/** @type {string} */ text) =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${quoted(href)}" title="${quoted(title)}" width="690" height="480" style="border:0"></iframe>`;
}
