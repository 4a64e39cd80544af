/** Keyboard: keys of the whole page, wherever no field or button wants them. */
import { keyAction } from "./keys.js";

/** @param {Document} document @param {import("./store.js").Store} store */
export function followKeys(document, store) {
  document.addEventListener("keydown", (event) => {
    const at = /** @type {Element} */ (event.target);
    if (isUndo(event) && !at.closest("input:not([type=range]), textarea, [contenteditable=true]")) {
      store.dispatch({ type: "revert" }); // elsewhere it takes back what was typed
      return event.preventDefault();
    }
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (modified || at.closest("input, select, textarea, [contenteditable=true], pre")) return;
    if (event.key === " " && at.closest("button, a")) return;
    const action = keyAction(event.key, store.state);
    if (!action) return;
    event.preventDefault();
    store.dispatch(action);
  });
}

/** @param {KeyboardEvent} event @returns {boolean} */
function isUndo({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return key.toLowerCase() === "z" && (ctrlKey || metaKey) && !altKey && !shiftKey;
}
