/** Secant: the picture of a curve with its tangent, and of a secant that turns into it. Pure. */
import { short } from "./format.js";
import { axesOf, legend, pathOf, sceneOf } from "./plot.js";
import { extent } from "./scales.js";
import { along, curveOf, lineThrough } from "./slope.js";

/** @typedef {import("./plot.js").Axes} Axes */
/** @typedef {import("./plot.js").Label} Label */
/** @typedef {import("./plot.js").Point} Point */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {{xs: number[], ys: number[], slopes: number[]}} Samples */
/** @typedef {{output: string, name: string, x: number, y: number, h: number, ahead: number, slope: number,
 *   measured: number, straight: boolean, samples: Samples}} Found
 *   `ahead`: the output at h from x; `slope`: of the tangent; `measured`: of the secant; `straight`: the
 *   curve is its own tangent, and its own secant. */

/** Pixels that a letter needs, a line of text, and a side of the triangle that is to be named. */
const LETTER = 7.5;
const LINE = 18;
const NAMED = 28;

/** Returns the axes and the scene. Of a straight line all three are to be seen, though they are one: the
 * curve is a broad band, the tangent lies on it, and on that the dashes of the secant.
 * @param {import("./plot.js").Size} size @param {Found} found @param {[number, number]} ends
 * @param {string} title @param {Translate} t @returns {{axes: Axes, scene: import("./plot.js").PlotScene}} */
export function secantScene(size, found, ends, title, t) {
  const { output, name, x, y, h, ahead, slope, measured, straight, samples } = found;
  const axes = axesOf(size, ends, extent(samples.ys, y));
  const values = curveOf(samples.xs, samples.ys, samples.slopes);
  const lines = [
    { key: straight ? "tangent core" : "tangent", path: pathOf(axes, lineThrough([x, y], slope, ends)) },
    { key: "secant", path: pathOf(axes, lineThrough([x, y], measured, ends)) },
  ];
  const curve = { key: straight ? "values broad" : "values", path: pathOf(axes, values) };
  const taken = [...along([x, y], slope, ends), ...along([x, y], measured, ends), ...values];
  const above = { ...axes, box: { ...axes.box, bottom: axes.box.bottom - LINE } }; // where the places have their names
  const scene = sceneOf(axes, { title, xTitle: name, yTitle: output }, {
    curves: [
      { key: "drop", path: dropsOf(axes, found) },
      ...(straight ? [curve, ...lines] : lines),
      { key: "rise", path: pathOf(axes, [[x, y], [x + h, y], [x + h, ahead]]) },
      ...(straight ? [] : [curve]),
    ],
    marks: marksOf(axes, found),
    labels: [...placesOf(axes, found), ...legsOf(axes, found), ...legend(above, taken, namesOf(found, t))],
  });
  return { axes, scene };
}

/** @param {Found} found @param {Translate} t @returns {[string, string][]} a kind and a text for each line */
function namesOf({ output, slope, measured, straight }, t) {
  /** @type {[string, string][]} */
  const lines = straight ? [["value-name", t("slope.curve", { output })]] : [];
  if (!Number.isNaN(slope)) lines.push(["tangent-name", t("slope.tangent", { slope: short(slope) })]);
  return [...lines, ["secant-name", t("slope.secant", { slope: short(measured) })]];
}

/** @param {Axes} axes @param {Found} found @returns {import("./plot.js").Mark[]} */
function marksOf(axes, { x, y, h, ahead }) {
  return [
    { key: "here", kind: "here", x: axes.x.at(x), y: axes.y.at(y), handle: true },
    { key: "ahead", kind: "ahead", x: axes.x.at(x + h), y: axes.y.at(ahead), handle: true },
  ].filter((mark) => Number.isFinite(mark.x) && Number.isFinite(mark.y));
}

/** @param {Axes} axes @param {Found} found @returns {string} lines from both points to where their names stand */
function dropsOf(axes, found) {
  const end = standsLow(axes, found) ? axes.box.top : axes.box.bottom;
  return marksOf(axes, found).map((mark) => `M${mark.x},${mark.y}V${end}`).join("");
}

/** @param {Axes} axes @param {Found} found @returns {boolean} whether below the points there is no room for a name */
function standsLow(axes, found) {
  return marksOf(axes, found).some(({ y }) => y > axes.box.bottom - 2 * LINE);
}

/** @param {Axes} axes @param {Found} found @returns {Label[]} what both points are called, on the outer sides of
 * those lines, where there is room */
function placesOf(axes, found) {
  const { name, x, h } = found;
  const { left, right, top, bottom } = axes.box;
  const y = standsLow(axes, found) ? top + 13 : bottom - 6;
  const texts = { here: `${name} = ${short(x)}`, ahead: `${name} + h = ${short(x + h)}` };
  return marksOf(axes, found).flatMap(({ key, x: at }) => {
    const text = key === "here" ? texts.here : texts.ahead;
    const width = LETTER * text.length + 8;
    const fits = key === "here" ? at - width > left : at + width < right;
    return fits && at > left && at < right
      ? [key === "here"
        ? { kind: "tangent-name", x: at - 6, y, text, anchor: /** @type {const} */ ("end") }
        : { kind: "secant-name", x: at + 6, y, text }]
      : [];
  });
}

/** @param {Axes} axes @param {Found} found @returns {Label[]} how far the triangle goes to the right and up */
function legsOf(axes, { x, y, h, ahead }) {
  const [x0, x1, y0, y1] = [axes.x.at(x), axes.x.at(x + h), axes.y.at(y), axes.y.at(ahead)];
  if (!Number.isFinite(y1) || x1 - x0 < NAMED || Math.abs(y1 - y0) < NAMED) return [];
  const change = ahead > y ? `+${short(ahead - y)}` : short(ahead - y);
  const h0 = { kind: "secant-name", x: (x0 + x1) / 2 - 4, y: y0 + (y1 < y0 ? 15 : -7), text: "h" };
  return [h0, { kind: "secant-name", x: x1 + 6, y: (y0 + y1) / 2 + 4, text: change }];
}
