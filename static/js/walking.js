/** Walking: what the keyboard does while the focus is on a card. There the arrow keys walk; anywhere
 * else, and with Shift on a card, too, they step. */
import { TOP } from "./groups.js";
import { walk } from "./walk.js";

/** @typedef {import("./layout.js").Layout} Layout */

/** @param {SVGSVGElement} svg
 * @param {{layout: () => Layout | null, focus: (id: string) => void, select: (id: string) => void,
 *   fold: (group: string, open: boolean) => void, step: (by: number) => void,
 *   hover: (id: string | null) => void, leave: () => void}} actions */
export function walking(svg, { layout, focus, select, fold, step, hover, leave }) {
  /** @param {Event} event @returns {string | undefined} */
  const at = (event) => {
    const card = /** @type {Element} */ (event.target).closest("g.node");
    return card?.getAttribute("data-item") ?? undefined;
  };

  /** @param {KeyboardEvent} event @param {string} id @param {Layout} drawing @returns {boolean} */
  function done({ key, shiftKey }, id, { drawn, ...rest }) {
    const box = drawn.byId.get(id)?.kind === "group";
    const home = drawn.home.get(id) ?? TOP;
    if (shiftKey && (key === "ArrowLeft" || key === "ArrowRight")) step(key === "ArrowLeft" ? -1 : 1);
    else if (key === "Enter" || key === " ") box ? fold(id, true) : select(id);
    else if (key === "+" && box) fold(id, true);
    else if (key === "-" && home !== TOP) fold(home, false);
    else {
      const next = shiftKey ? null : walk({ drawn, ...rest }, id, key);
      if (next === null) return false;
      focus(next);
    }
    return true;
  }

  svg.addEventListener("keydown", (event) => {
    const id = at(event);
    const drawing = layout();
    if (!id || !drawing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return leave();
    if (!done(event, id, drawing)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  svg.addEventListener("focusin", (event) => {
    const id = at(event);
    if (id) hover(id);
    if (id && /** @type {Element} */ (event.target).matches(":focus-visible")) focus(id);
  });
  // Later: a card that is taken away while it has the focus must not have everything drawn meanwhile.
  svg.addEventListener("focusout", () =>
    queueMicrotask(() => {
      if (!svg.contains(svg.ownerDocument.activeElement)) hover(null);
    }),
  );
}
