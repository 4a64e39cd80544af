/** Keyboard: keys of the whole page, wherever no field or button wants them. */
import { keyAction } from "./keys.js";

/** @param {Document} document @param {import("./store.js").Store} store */
export function followKeys(document, store) {
  document.addEventListener("keydown", (event) => {
    const at = /** @type {Element} */ (event.target);
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (modified || at.closest("input, select, textarea, [contenteditable=true], pre")) return;
    if (event.key === " " && at.closest("button, a")) return;
    const action = keyAction(event.key, store.state);
    if (!action) return;
    event.preventDefault();
    store.dispatch(action);
  });
}
