/** Draws the whole drawing small, with a window for what is in sight; dragging it moves the view. */
import { shape } from "./dom.js";

/** @typedef {{x: number, y: number, width: number, height: number}} Rect */

export class MinimapView {
  /** @param {HTMLElement} parent @param {(place: {x: number, y: number}) => void} goTo */
  constructor(parent, goTo) {
    this.parent = parent;
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

  /** @param {Rect} view what is in sight @param {boolean} whole whether that is everything */
  look({ x, y, width, height }, whole) {
    this.parent.hidden = whole;
    if (whole) return;
    for (const [name, value] of Object.entries({ x, y, width, height })) {
      this.window.setAttribute(name, String(value));
    }
  }
}

/** @param {Rect[]} rects @returns {string} */
function outline(rects) {
  return rects.map(({ x, y, width, height }) => `M${x},${y}h${width}v${height}h${-width}z`).join("");
}
