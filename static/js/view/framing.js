/** Framing: the drawing fitted into what the tools, the notes and the small map leave of its window. */
import { element } from "./dom.js";

/** @typedef {{x: number, y: number, width: number, height: number}} Rect */
/** @typedef {{whole?: boolean, animated?: boolean}} How */

/** So many pixels at the foot are free for what is said there of a choice, or of an error; where there
 * is less width than the last number, it takes two lines. */
const FOOT = { wide: 8, narrow: 22, width: 560 };

export class Framing {
  /** @param {Document} document @param {import("./canvas.js").CanvasView} canvas
   * @param {import("./minimap.js").MinimapView} minimap
   * @param {{around: () => Rect | undefined, look: () => void}} work  What the current step touches;
   *   what to do when something else is in sight. */
  constructor(document, canvas, minimap, { around, look }) {
    this.canvas = canvas;
    this.minimap = minimap;
    this.around = around;
    this.part = element(document, "part", HTMLElement);
    this.band = element(document, "band", HTMLElement);
    this.button = element(document, "fit", HTMLButtonElement);
    /** How the drawing was shown last. @type {How | undefined} */
    this.last = undefined;
    const room = /** @type {Element} */ (element(document, "graph", SVGSVGElement).parentElement);
    const resized = new ResizeObserver(() => {
      canvas.resize({ width: room.clientWidth, height: room.clientHeight });
      room.classList.toggle("low", canvas.isLow);
      if (canvas.touched) this.#measure();
      else this.fit(this.last);
      look();
    });
    for (const one of [room, this.band]) resized.observe(one);
  }

  /** Shows the drawing, whole if it can be read then, else what the current step touches, beside the
   * map and under the notes; and says that there is more of it.
   * @param {How} [how] */
  fit(how) {
    this.last = how?.whole ? { whole: true } : undefined;
    this.#measure();
    this.tell(this.canvas.fit({ ...how, around: this.around() }));
  }

  /** Says whether there is more of the drawing than is in sight.
   * @param {boolean} [whole] */
  tell(whole = this.canvas.whole) {
    this.button.classList.toggle("more", !whole);
    this.part.hidden = whole;
  }

  /** Finds out what is not free for the drawing: the note that it is a part may take a line. */
  #measure() {
    const { canvas, minimap, part, band } = this;
    const { hidden } = part;
    const free = canvas.viewport.width > FOOT.width ? FOOT.wide : FOOT.narrow;
    const [whole, some] = [true, false].map((isWhole) => {
      part.hidden = isWhole;
      const map = isWhole ? 0 : minimap.size(canvas.size, canvas.viewport, canvas.isLow);
      return { head: band.offsetTop + band.offsetHeight, foot: Math.max(free, map) };
    });
    part.hidden = hidden;
    canvas.rims = { whole, part: some };
  }
}
