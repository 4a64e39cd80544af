/** The canvas of the drawing: what of it is in sight. Drag, wheel and pinch move and scale it. */
import { interpolateNumber, select, transition, zoom, zoomIdentity, zoomTransform } from "../../vendor/d3.js";

/** @typedef {{x: number, y: number, width: number, height: number}} Rect  of the drawing */
/** @typedef {{head: number, foot: number}} Rim  What tools and notes take of the top, and the map of
 *   the bottom: nothing is brought there. */

void transition; // adds `.transition()` to selections
/** Around a drawing, of its own measure, and at least so many pixels, fewer in a low window. */
const MARGIN = 20;
const CLEAR = { usual: 12, low: 6 };
/** Below this scale the words "value" and "grad", of 10 pixels, have less than 8: numbers take their place. */
const WORDS = 0.8;
/** What is shown in part is shown at this scale, or at the next ones where they are needed. */
const PART = 0.8;
/** What can be folded is folded until the drawing has these scales: in a usual window, in a low one, and in
 * a narrow one, for a telephone is held nearer. */
const EASY = { usual: 9 / 13, low: 8 / 13, narrow: 0.5 };
const NARROW = 700;
/** Below this height one row is left for all that is over the drawing. */
const LOW = 300;
/** Above this scale a drawing looks coarse. */
const LARGEST = 1.35;
/** Below this no letter can be told from another: none is drawn. */
const FAR = 0.3;
/** What is brought into sight stays so far from the edge. */
const EDGE = 8;

export class CanvasView {
  /** @param {SVGSVGElement} svg @param {() => boolean} calm whether things should not move
   * @param {() => void} moved called whenever something else is in sight */
  constructor(svg, calm, moved) {
    this.calm = calm;
    this.moved = moved;
    /** Whether somebody moved the drawing since it was placed: then it stays as it is. */
    this.touched = false;
    this.svg = select(svg);
    const root = this.svg.append("g").attr("class", "world");
    this.world = /** @type {SVGGElement} */ (root.node());
    /** Of the drawing. @type {{width: number, height: number}} */
    this.size = { width: 0, height: 0 };
    /** The least scale at which all of what is drawn can be read. */
    this.readable = EASY.narrow;
    /** Of what shows it: to ask for it would have the browser lay everything out at every step. */
    this.viewport = { width: svg.clientWidth, height: svg.clientHeight };
    /** What is taken of it while all of the drawing is in sight, and while a part is. */
    this.rims = { whole: { head: 0, foot: 0 }, part: { head: 0, foot: 0 } };
    this.zoom = zoom()
      .scaleExtent([0.02, 3])
      .interpolate(straight)
      .extent(() => [[0, 0], [this.viewport.width, this.viewport.height]])
      .on("zoom", ({ transform, sourceEvent }) => {
        root.attr("transform", transform);
        svg.classList.toggle("far", transform.k < FAR);
        svg.classList.toggle("wordless", transform.k < WORDS);
        if (sourceEvent) this.touched = true;
        this.moved();
      });
    // @ts-expect-error the behaviour's element type is wider than an SVG's
    this.svg.call(this.zoom).on("dblclick.zoom", null);
  }

  /** Takes a size in pixels: one that depends on its surroundings is tried out by the browser
   * whenever a text beside it changes, and every text in the drawing is set anew for it.
   * @param {{width: number, height: number}} size */
  resize({ width, height }) {
    this.viewport = { width, height };
    this.svg.style("width", `${width}px`).style("height", `${height}px`);
  }

  /** @param {string} name @returns {SVGGElement} a new layer over the others */
  layer(name) {
    return /** @type {SVGGElement} */ (select(this.world).append("g").attr("class", name).node());
  }

  /** Shows the drawing. A large one is shown in part, so that it can be read, unless it is asked
   * for whole: what is wide is then as high as there is room, and the other way round.
   * @param {{whole?: boolean, animated?: boolean, around?: Rect}} [how]
   * @returns {boolean} whether all of it is in sight */
  fit({ whole = false, animated = false, around } = {}) {
    const { width, height } = this.viewport;
    if (!width || !height || !this.size.width) return true;
    this.touched = false;
    const seen = whole || this.fits;
    const rim = seen ? this.rims.whole : this.rims.part;
    const { across, down } = this.#scales(rim);
    const part = Math.max(this.#easy, this.readable, Math.min(PART, Math.max(across, down)));
    const scale = seen ? Math.min(across, down) : part;
    this.#move(this.#showing(around ?? { x: 0, y: 0, width: 0, height: 0 }, scale, rim), animated);
    return seen;
  }

  /** Returns how a thing comes to the middle, or as near to it as the edges of the drawing let it.
   * @param {Rect} thing @param {number} scale @param {Rim} rim */
  #showing({ x, y, width, height }, scale, { head, foot }) {
    const left = offset(this.viewport.width, this.size.width * scale, (x + width / 2) * scale);
    const room = this.viewport.height - head - foot;
    const top = offset(room, this.size.height * scale, (y + height / 2) * scale);
    return zoomIdentity.translate(left, head + top).scale(scale);
  }

  /** @returns {boolean} whether the whole drawing can be shown so that it can be read */
  get fits() {
    return this.#least(this.size) >= this.readable;
  }

  /** @param {{width: number, height: number}} size @returns {boolean} whether a whole drawing of this
   * size could be read here without effort */
  holds(size) {
    return this.#least(size) >= this.#easy;
  }

  /** Whether there is little height: one row is left then for all that is over the drawing. */
  get isLow() {
    return this.viewport.height < LOW;
  }

  /** The least scale that is read without effort. */
  get #easy() {
    if (this.viewport.width < NARROW) return EASY.narrow;
    return this.isLow ? EASY.low : EASY.usual;
  }

  /** @param {{width: number, height: number}} size @returns {number} the scale at which all of it is seen */
  #least(size) {
    const { across, down } = this.#scales(this.rims.whole, size);
    return Math.min(across, down);
  }

  /** @param {Rim} rim @param {{width: number, height: number}} [size] of the drawing
   * @returns {{across: number, down: number}} at which it fits in each direction */
  #scales({ head, foot }, size = this.size) {
    const { width, height } = this.viewport;
    const clear = this.isLow ? CLEAR.low : CLEAR.usual;
    /** @param {number} room @param {number} size */
    const scaleFor = (room, size) => Math.min(LARGEST, room / (size + 2 * MARGIN), Math.max(0, room - 2 * clear) / size);
    return { across: scaleFor(width, size.width), down: scaleFor(height - head - foot, size.height) };
  }

  /** @returns {boolean} whether all of the drawing is in sight */
  get whole() {
    const { x, y, width, height } = this.view;
    const { width: right, height: bottom } = this.size;
    return !right || (x <= 1 && y <= 1 && x + width >= right - 1 && y + height >= bottom - 1);
  }

  /** @param {number} factor */
  scaleBy(factor) {
    // @ts-expect-error as above
    this.svg.transition().duration(this.calm() ? 0 : 150).call(this.zoom.scaleBy, factor);
  }

  /** Brings things into sight if one of them is out of it, large enough to be read; where not all
   * of them find room, the first of them. The scale stays if it can: a browser sets all text anew
   * when it changes.
   * @param {Rect[]} rects */
  reveal(rects) {
    if (!rects.length) return;
    const { width, height } = this.viewport;
    const now = this.#now();
    const scale = Math.max(now.k, this.readable);
    const all = around(rects);
    const rim = this.whole ? this.rims.whole : this.rims.part;
    const { head, foot } = rim;
    const room = height - head - foot;
    const fits = all.width * scale <= width - 2 * EDGE && all.height * scale <= room - 2 * EDGE;
    const thing = fits ? all : rects[0];
    const [x0, y0] = now.apply([thing.x, thing.y]);
    const [x1, y1] = now.apply([thing.x + thing.width, thing.y + thing.height]);
    const inSight = x0 >= EDGE && y0 >= head && x1 <= width - EDGE && y1 <= height - foot - EDGE;
    if (inSight && now.k >= scale) return;
    this.#move(this.#showing(thing, scale, rim), true);
  }

  /** Keeps a thing where it is in sight, though the drawing around it is another one. Then the drawing
   * shrinks, as far as it can be read, for more of it to be in sight, or grows until it can be read; and
   * what of the thing is out of sight comes into it.
   * @param {Rect} before @param {Rect} after */
  hold(before, after) {
    const now = this.#now();
    const [x, y] = now.apply([before.x, before.y]);
    this.#move(zoomIdentity.translate(x - after.x * now.k, y - after.y * now.k).scale(now.k), false);
    const { width, height } = this.viewport;
    const { whole, part } = this.rims;
    const all = Math.min(
      (x - EDGE) / after.x,
      (width - EDGE - x) / (this.size.width - after.x),
      (y - whole.head) / after.y,
      (height - whole.foot - EDGE - y) / (this.size.height - after.y),
    );
    const k = Math.max(this.#easy, this.readable, Math.min(now.k, all));
    const { head, foot } = all < k ? part : whole;
    const left = within(x, after.width * k, EDGE, width - EDGE);
    const top = within(y, after.height * k, head, height - foot - EDGE);
    if (k === now.k && left === x && top === y) return;
    this.#move(zoomIdentity.translate(left - after.x * k, top - after.y * k).scale(k), true);
  }

  /** Brings a place of the drawing into the middle.
   * @param {{x: number, y: number}} place */
  goTo({ x, y }) {
    const { width, height } = this.viewport;
    const { k } = this.#now();
    this.touched = true;
    this.#move(zoomIdentity.translate(width / 2 - x * k, height / 2 - y * k).scale(k), false);
  }

  /** @returns {Rect} what is in sight, in places of the drawing */
  get view() {
    const { width, height } = this.viewport;
    const { x, y, k } = this.#now();
    return { x: -x / k, y: -y / k, width: width / k, height: height / k };
  }

  #now() {
    // @ts-expect-error the node is an element while the page stands
    return zoomTransform(this.svg.node());
  }

  /** @param {import("d3-zoom").ZoomTransform} to @param {boolean} animated */
  #move(to, animated) {
    const target = animated && !this.calm() ? this.svg.transition().duration(250) : this.svg;
    // @ts-expect-error as above
    target.call(this.zoom.transform, to);
  }
}

/** Returns the straight way from one view to another: where the scale stays, no text is set anew.
 * @param {[number, number, number]} from @param {[number, number, number]} to
 * @returns {(at: number) => [number, number, number]} */
function straight(from, to) {
  const [x, y, size] = from.map((start, part) => interpolateNumber(start, to[part]));
  return (at) => [x(at), y(at), size(at)];
}

/** @param {Rect[]} rects @returns {Rect} the smallest that holds them */
function around(rects) {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Returns where a thing begins that should be within bounds, at least its beginning.
 * @param {number} start @param {number} size @param {number} low @param {number} high */
function within(start, size, low, high) {
  return Math.max(low, Math.min(start, high - size));
}

/** Returns where a drawing begins in a viewport: in the middle if it fits, else so that a place
 * of it is as near to the middle as possible.
 * @param {number} room @param {number} size @param {number} place @returns {number} */
function offset(room, size, place) {
  if (size <= room) return (room - size) / 2;
  return Math.max(room - size - MARGIN, Math.min(MARGIN, room / 2 - place));
}
