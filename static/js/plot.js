/** Plot: axes, curves and marks as what is drawn of them. Pure. */
import { linear, log } from "./scales.js";

/** @typedef {import("./scales.js").Scale} Scale */
/** @typedef {[number, number]} Point */
/** @typedef {{key: string, path: string}} Curve  `key` names it, and how it looks. */
/** @typedef {{key: string, kind: string, x: number, y: number,
 *   shape?: "circle" | "square" | "triangle", text?: string, handle?: boolean, chosen?: boolean,
 *   slide?: {low: number, high: number, now: number, text: string}}} Mark
 *   `handle`: it can be dragged. With a `text` it can be chosen, and says what it is; with a `slide` it is
 *   moved by the arrow keys instead, and says where it is, of which `now` is the part along x. */
/** @typedef {{kind: string, x: number, y: number, text: string, anchor?: "start" | "middle" | "end"}} Label */
/** @typedef {{columns: number, rows: number, pixels: Uint8ClampedArray}} Field
 *   Colours behind the curves, row by row from the top. */
/** @typedef {{title: string, width: number, height: number,
 *   box: {left: number, top: number, right: number, bottom: number},
 *   xTitle: string, yTitle: string, xTicks: {at: number, text: string}[],
 *   yTicks: {at: number, text: string}[], curves: Curve[], marks: Mark[], labels: Label[],
 *   field: Field | null}} PlotScene */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: Scale, y: Scale, box: PlotScene["box"], size: Size}} Axes */

const LEFT = 58;
const RIGHT = 14;
const TOP = 12;
const BOTTOM = 40;
/** Pixels that a number on an axis needs. */
const TICK_WIDTH = 74;
const TICK_HEIGHT = 38;
/** Numbers that an axis upwards has at least, however low it is: one alone says nothing. */
const LEAST_TICKS = 3;

/** Returns the axes of a plot.
 * @param {Size} size @param {[number, number]} xs @param {[number, number]} ys
 * @param {{x?: boolean, y?: boolean}} [logarithmic] @returns {Axes} */
export function axesOf(size, xs, ys, logarithmic = {}) {
  const box = {
    left: LEFT,
    top: TOP,
    right: Math.max(LEFT + 20, size.width - RIGHT),
    bottom: Math.max(TOP + 20, size.height - BOTTOM),
  };
  return {
    size,
    box,
    x: (logarithmic.x ? log : linear)(xs, [box.left, box.right]),
    y: (logarithmic.y ? log : linear)(ys, [box.bottom, box.top]),
  };
}

/** Returns the scene of a plot, to which curves, marks and labels are then given.
 * @param {Axes} axes @param {{title: string, xTitle: string, yTitle: string}} titles
 * @param {Partial<PlotScene>} [drawn] @returns {PlotScene} */
export function sceneOf({ x, y, box, size }, titles, drawn = {}) {
  const xTicks = x.ticks((box.right - box.left) / TICK_WIDTH);
  const yTicks = y.ticks(Math.max(LEAST_TICKS, (box.bottom - box.top) / TICK_HEIGHT));
  const far = reach(size);
  return {
    ...titles,
    ...size,
    box,
    xTicks: xTicks.map(({ value, text }) => ({ at: x.at(value), text })),
    yTicks: yTicks.map(({ value, text }) => ({ at: y.at(value), text })),
    curves: [],
    labels: [],
    field: null,
    ...drawn,
    marks: (drawn.marks ?? []).filter((mark) => Math.abs(mark.x) < far && Math.abs(mark.y) < far),
  };
}

/** Returns how far outside of a plot something may lie: SVG knows no numbers like 1e200.
 * @param {{width: number, height: number}} size */
const reach = ({ width, height }) => 20 * (width + height);

/** Returns a line through points as SVG's path; a point that has no place leaves a gap.
 * @param {Axes} axes @param {Point[]} points @returns {string} */
export function pathOf({ x, y, size }, points) {
  const far = reach(size);
  let pen = "M";
  return points
    .map(([px, py]) => {
      const [left, top] = [x.at(px), y.at(py)];
      if (!Number.isFinite(left) || !Number.isFinite(top)) {
        pen = "M";
        return "";
      }
      const text = `${pen}${fixed(left, far)},${fixed(top, far)}`;
      pen = "L";
      return text;
    })
    .join("");
}

/** Pixels that the names of curves need, in a corner. */
const LEGEND = { letter: 7.5, line: 16, air: 8 };

/** Returns the names of curves, below one another in the corner that the fewest points are in.
 * @param {Axes} axes @param {Point[]} points @param {[string, string][]} lines a kind and a text each
 * @returns {Label[]} */
export function legend({ x, y, box }, points, lines) {
  const height = LEGEND.line * lines.length + 2 * LEGEND.air;
  const width = LEGEND.letter * Math.max(...lines.map(([, text]) => text.length)) + 2 * LEGEND.air;
  const places = points.map(([px, py]) => [x.at(px), y.at(py)]);
  const corners = [[1, 1], [0, 1], [1, 0], [0, 0]].map(([right, low]) => {
    const left = right ? box.right - width : box.left;
    const top = low ? box.bottom - height : box.top + LEGEND.line; // the axis has its name at the top
    const inside = places.filter(([px, py]) =>
      px >= left && px <= left + width && py >= top && py <= top + height);
    return { right, top, count: inside.length };
  });
  const { right, top } = corners.reduce((a, b) => (b.count < a.count ? b : a));
  return lines.map(([kind, text], i) => ({
    kind, text, anchor: right ? "end" : "start",
    x: right ? box.right - LEGEND.air : box.left + LEGEND.air,
    y: top + LEGEND.air + LEGEND.line * (i + 0.8),
  }));
}

/** @param {number} place @param {number} far beyond it nothing is seen, and drawing may fail
 * @returns {string} */
function fixed(place, far) {
  return String(Number(Math.max(-far, Math.min(far, place)).toFixed(2)));
}
