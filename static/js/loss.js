/** Loss: the curve that is drawn wherever something is trained. Pure. */
import { short } from "./format.js";
import { axesOf, legend, pathOf, sceneOf } from "./plot.js";
import { decades, extent } from "./scales.js";

/** Returns the scene of a loss against steps.
 * @param {import("./plot.js").Size} size @param {import("./descent.js").Loss[]} losses
 * @param {boolean} log @param {string} output @param {import("./messages.js").Translate} t */
export function lossScene(size, losses, log, output, t) {
  const values = losses.map(({ value }) => value);
  const last = losses[losses.length - 1];
  const most = Math.max(10, last?.step ?? 0);
  const ys = log ? decades(values) : values.length ? whole(values) : /** @type {[number, number]} */ ([0, 1]);
  const axes = axesOf(size, [0, most], ys, { y: log });
  if (!last) return unbegun(axes, output, t);
  const finite = values.filter(Number.isFinite);
  const title = t("descend.loss.summary", {
    output, steps: last.step, start: short(values[0]), value: short(last.value),
    least: short(finite.reduce((a, b) => Math.min(a, b), Infinity)),
  });
  const spot = { key: "spot", kind: "spot", x: axes.x.at(last.step), y: axes.y.at(last.value) };
  /** @type {import("./plot.js").Point[]} */
  const points = losses.map(({ step, value }) => [step, value]);
  return sceneOf(axes, { title, xTitle: t("descend.steps"), yTitle: "" }, {
    curves: [{ key: "loss", path: pathOf(axes, points) }],
    labels: legend(axes, points, [["value-name", output]]),
    marks: Number.isFinite(spot.x) && Number.isFinite(spot.y) ? [spot] : [],
  });
}

/** @param {import("./plot.js").Axes} axes @param {string} output @param {import("./messages.js").Translate} t
 * @returns {import("./plot.js").PlotScene} what stands where there is no curve yet: no axes of nothing */
function unbegun(axes, output, t) {
  const { left, right, top, bottom } = axes.box;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const anchor = /** @type {const} */ ("middle");
  return sceneOf(axes, { title: t("descend.loss.empty", { output }), xTitle: "", yTitle: "" }, {
    xTicks: [], yTicks: [],
    labels: [
      { kind: "value-name", anchor, x, y: y - 4, text: output },
      { kind: "unbegun", anchor, x, y: y + 14, text: t("descend.loss.none") },
    ],
  });
}

/** @param {number[]} values @returns {[number, number]} all of the finite ones: no peak is left out */
function whole(values) {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  return extent(finite.length ? [low, high] : []);
}
