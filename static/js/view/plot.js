/** Draws a plot: colours behind, axes, curves, and marks that can be dragged or chosen. */
import { pointer, select } from "../../vendor/d3.js";
import { make } from "./dom.js";

/** @typedef {import("../plot.js").PlotScene} PlotScene */
/** @typedef {import("../plot.js").Mark} Mark */
/** @typedef {{drag?: (key: string, x: number, y: number) => void,
 *   choose?: (key: string) => void, walk?: (key: string, right: number, down: number) => string,
 *   move?: (key: string, right: number, down: number) => void,
 *   press?: (x: number, y: number) => void, resize: () => void}} Events
 *   Places are pixels of the plot. `walk` returns the mark that an arrow key leads to; `move` is told how
 *   far one moves the mark. */

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SHAPES = {
  circle: "M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0",
  square: "M-4,-4h8v8h-8z",
  triangle: "M0,-5.4L5,4.2H-5z",
};
let plots = 0;

export class PlotView {
  /** @param {HTMLElement} parent @param {Events} events @param {string} [className] */
  constructor(parent, events, className = "") {
    const document = parent.ownerDocument;
    this.events = events;
    this.root = make(document, "figure", `plot ${className}`);
    this.canvas = make(document, "canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.root.append(this.canvas);
    this.svg = select(this.root).append("svg").attr("role", "group");
    this.clip = `plot-${(plots += 1)}`;
    this.area = this.svg.append("clipPath").attr("id", this.clip).append("rect");
    this.ground = this.svg.append("rect").attr("class", "plot-area");
    this.layers = {
      x: this.svg.append("g").attr("class", "axis x").attr("aria-hidden", "true"),
      y: this.svg.append("g").attr("class", "axis y").attr("aria-hidden", "true"),
      curves: this.svg.append("g").attr("clip-path", `url(#${this.clip})`).attr("aria-hidden", "true"),
      labels: this.svg.append("g").attr("class", "plot-labels").attr("aria-hidden", "true"),
      marks: this.svg.append("g"),
    };
    this.titles = {
      x: this.svg.append("text").attr("class", "axis-title").attr("text-anchor", "end").attr("aria-hidden", "true"),
      y: this.svg.append("text").attr("class", "axis-title").attr("aria-hidden", "true"),
    };
    parent.append(this.root);
    this.focus = "";
    this.#follow();
    new ResizeObserver(() => this.size.width && events.resize()).observe(this.root);
  }

  /** Returns how large it may be drawn. */
  get size() {
    return { width: this.root.clientWidth, height: this.root.clientHeight };
  }

  #follow() {
    this.svg.on("pointerdown", (event) => {
      const mark = /** @type {Element} */ (event.target).closest("[data-mark]");
      const [x, y] = pointer(event, this.svg.node());
      if (mark?.classList.contains("handle")) this.#drag(event, mark);
      else if (!mark) this.events.press?.(x, y);
    });
  }

  /** @param {PointerEvent} event @param {Element} mark */
  #drag(event, mark) {
    event.preventDefault();
    const key = mark.getAttribute("data-mark") ?? "";
    const node = this.svg.node();
    node?.setPointerCapture(event.pointerId);
    this.svg
      .on("pointermove", (moved) => {
        const [x, y] = pointer(moved, node);
        this.events.drag?.(key, x, y);
      })
      .on("pointerup pointercancel", () => this.svg.on("pointermove", null));
  }

  /** @param {PlotScene} scene */
  draw(scene) {
    const { box, width, height } = scene;
    this.svg.attr("width", width).attr("height", height).attr("aria-label", scene.title);
    for (const rect of [this.area, this.ground]) {
      rect.attr("x", box.left).attr("y", box.top)
        .attr("width", box.right - box.left).attr("height", box.bottom - box.top);
    }
    this.#field(scene);
    this.#axes(scene);
    this.layers.curves.selectAll("path").data(scene.curves, (curve) => /** @type {any} */ (curve).key)
      .join("path").attr("class", ({ key }) => `curve ${key}`).attr("d", ({ path }) => path);
    this.layers.labels.selectAll("text").data(scene.labels).join("text")
      .attr("class", ({ kind }) => kind).attr("x", ({ x }) => x).attr("y", ({ y }) => y)
      .attr("text-anchor", ({ anchor }) => anchor ?? "start").text(({ text }) => text);
    this.#marks(scene.marks);
  }

  /** @param {PlotScene} scene */
  #field({ field, box }) {
    this.canvas.hidden = field === null;
    this.root.classList.toggle("painted", field !== null);
    if (!field) return;
    const { style } = this.canvas;
    [style.left, style.top] = [`${box.left}px`, `${box.top}px`];
    [style.width, style.height] = [`${box.right - box.left}px`, `${box.bottom - box.top}px`];
    [this.canvas.width, this.canvas.height] = [field.columns, field.rows];
    const image = new ImageData(new Uint8ClampedArray(field.pixels), field.columns, field.rows);
    this.canvas.getContext("2d")?.putImageData(image, 0, 0);
  }

  /** @param {PlotScene} scene */
  #axes({ box, xTicks, yTicks, xTitle, yTitle }) {
    const across = this.layers.x.selectAll("g").data(xTicks).join((enter) => {
      const tick = enter.append("g");
      tick.append("line");
      tick.append("text").attr("text-anchor", "middle").attr("dy", "1.2em");
      return tick;
    });
    across.attr("transform", ({ at }) => `translate(${at},${box.bottom})`);
    across.select("line").attr("y1", box.top - box.bottom).attr("y2", 4);
    across.select("text").attr("y", 4).text(({ text }) => text);
    const up = this.layers.y.selectAll("g").data(yTicks).join((enter) => {
      const tick = enter.append("g");
      tick.append("line");
      tick.append("text").attr("text-anchor", "end").attr("dy", "0.32em");
      return tick;
    });
    up.attr("transform", ({ at }) => `translate(${box.left},${at})`);
    up.select("line").attr("x1", -4).attr("x2", box.right - box.left);
    up.select("text").attr("x", -7).text(({ text }) => text);
    this.titles.x.attr("x", box.right).attr("y", box.bottom + 33).text(xTitle);
    this.titles.y.attr("x", box.left + 5).attr("y", box.top + 13).text(yTitle);
  }

  /** @param {Mark[]} marks */
  #marks(marks) {
    const walked = marks.filter(({ text }) => text !== undefined);
    const chosen = walked.find(({ chosen }) => chosen)?.key;
    const first = walked.some(({ key }) => key === this.focus) ? this.focus : (chosen ?? walked[0]?.key);
    this.layers.marks.selectAll("g").data(marks, (mark) => /** @type {any} */ (mark).key)
      .join((enter) => {
        const made = enter.append("g");
        made.append("path").attr("class", "reach").attr("d", "M-14,-14h28v28h-28z");
        made.append("path").attr("class", "shape");
        return made;
      })
      .attr("class", ({ kind, handle, chosen }) =>
        ["mark", kind, handle ? "handle" : "", chosen ? "chosen" : ""].join(" "))
      .attr("data-mark", ({ key }) => key)
      .attr("transform", ({ x, y }) => `translate(${x},${y})`)
      .each((mark, index, all) => speak(/** @type {Element} */ (all[index]), mark, mark.key === first))
      .on("click", (_, { key, text }) => text !== undefined && this.events.choose?.(key))
      .on("focus", (_, { key }) => (this.focus = key))
      .on("keydown", (event, mark) => this.#key(event, mark))
      .select(".shape").attr("d", ({ shape }) => SHAPES[shape ?? "circle"]);
  }

  /** @param {KeyboardEvent} event @param {Mark} mark */
  #key(event, { key, slide }) {
    const way = WAYS[event.key];
    if (event.key !== "Enter" && event.key !== " " && !way) return;
    event.preventDefault();
    event.stopPropagation(); // these keys step the graph elsewhere
    if (!way) return this.events.choose?.(key);
    if (slide) return this.events.move?.(key, ...way);
    const next = this.events.walk?.(key, ...way) ?? key;
    this.focus = next;
    const found = this.root.querySelector(`[data-mark="${next}"]`);
    if (found instanceof SVGElement) {
      this.root.querySelector('.mark[tabindex="0"]')?.setAttribute("tabindex", "-1");
      found.setAttribute("tabindex", "0");
      found.focus();
    }
  }
}

/** Says what a mark is, to who walks to it.
 * @param {Element} element @param {Mark} mark @param {boolean} first whether Tab leads to it */
function speak(element, { text, chosen = false, slide }, first) {
  const named = text === undefined ? { "aria-hidden": "true" } : { "aria-label": text, tabindex: first ? "0" : "-1" };
  const role = slide
    ? { role: "slider", "aria-valuemin": slide.low, "aria-valuemax": slide.high, "aria-valuenow": slide.now, "aria-valuetext": slide.text }
    : text === undefined ? {} : { role: "button", "aria-pressed": chosen };
  for (const [name, value] of Object.entries({ ...named, ...role })) element.setAttribute(name, String(value));
}
