/** Draws the whole drawing small, with a window for what is in sight; dragging it moves the view. */
import { shape } from "./dom.js";

/** @typedef {{x: number, y: number, width: number, height: number}} Rect */

/** Sizes in pixels: how wide, and how high at most and at least, and what lies under it. */
const WIDE = 168;
const MOST = 104;
const LEAST = 32;
const BELOW = 12;
/** A window that is less wide than this needs all that it has for the drawing. */
const NARROW = 560;

export class MinimapView {
  /** @param {HTMLElement} parent @param {(place: {x: number, y: number}) => void} goTo */
  constructor(parent, goTo) {
    this.parent = parent;
    this.spared = true;
    const document = parent.ownerDocument;
    this.svg = shape(document, "svg", { "aria-hidden": "true" });
    this.cards = this.svg.appendChild(shape(document, "path", { class: "small" }));
    this.active = this.svg.appendChild(shape(document, "path", { class: "small active" }));
    this.window = this.svg.appendChild(shape(document, "rect", { class: "window" }));
    parent.append(this.svg);
    /** @param {PointerEvent} event */
    const follow = (event) => {
      const matrix = this.svg.getScreenCTM();
      if (matrix) goTo(new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()));
    };
    this.svg.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.svg.setPointerCapture(event.pointerId);
      follow(event);
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (this.svg.hasPointerCapture(event.pointerId)) follow(event);
    });
  }

  /** @param {{width: number, height: number}} size @param {Rect[]} cards */
  draw({ width, height }, cards) {
    this.svg.setAttribute("viewBox", `0 0 ${Math.max(1, width)} ${Math.max(1, height)}`);
    this.cards.setAttribute("d", outline(cards));
  }

  /** @param {Rect[]} cards what the current step touches */
  mark(cards) {
    this.active.setAttribute("d", outline(cards));
  }

  /** Makes the map as high as the drawing needs it, and no higher than a window can spare.
   * @param {{width: number, height: number}} drawing @param {{width: number, height: number}} viewport
   * @param {boolean} isLow whether that has no height to spare
   * @returns {number} what it takes of the bottom, in pixels */
  size({ width, height }, viewport, isLow) {
    this.spared = !isLow && viewport.width > NARROW;
    if (!this.spared) return 0;
    const most = Math.max(LEAST, Math.min(MOST, viewport.height / 5));
    const high = Math.max(LEAST, Math.min(most, (WIDE * height) / Math.max(1, width)));
    const wide = Math.max(2 * LEAST, Math.min(WIDE, (high * width) / Math.max(1, height)));
    this.svg.style.height = `${high}px`;
    this.svg.style.width = `${wide}px`;
    return high + BELOW;
  }

  /** @param {Rect} view what is in sight @param {boolean} whole whether that is everything */
  look({ x, y, width, height }, whole) {
    this.parent.hidden = whole || !this.spared;
    if (this.parent.hidden) return;
    for (const [name, value] of Object.entries({ x, y, width, height })) {
      this.window.setAttribute(name, String(value));
    }
  }
}

/** @param {Rect[]} rects @returns {string} */
function outline(rects) {
  return rects.map(({ x, y, width, height }) => `M${x},${y}h${width}v${height}h${-width}z`).join("");
}
