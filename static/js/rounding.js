/** Rounding: the error of a measured slope against the step h, which is large on both sides. Pure. */
import { number, short } from "./format.js";
import { axesOf, legend, pathOf, sceneOf } from "./plot.js";
import { decades } from "./scales.js";
import { MOST_H } from "./slope.js";

/** @typedef {import("./format.js").JsonNumber} JsonNumber */
/** @typedef {{name: string, h: number[], forward: JsonNumber[], central: JsonNumber[]}} Series */

/** Returns the axes and the scene of the errors of one input's slope. The step that is chosen, `now`, lies on
 * the curve of the forward difference, also where that is beyond the steps of the series.
 * @param {import("./plot.js").Size} size @param {Series | undefined} series
 * @param {{name: string, output: string, now: {h: number, error: number}}} what
 * @param {import("./messages.js").Translate} t */
export function errorScene(size, series, { name, output, now }, t) {
  const hs = series?.h ?? [];
  const [forward, central] = [series?.forward ?? [], series?.central ?? []].map((row) => row.map(number));
  const axes = axesOf(size, [1e-12, MOST_H], decades([...forward, ...central, now.error]), { x: true, y: true });
  const at = axes.x.at(now.h);
  const height = axes.y.at(now.error);
  /** @type {import("./plot.js").Point[][]} */
  const [ahead, both] = [forward, central].map((errors) => hs.map((one, i) => [one, errors[i]]));
  if (Number.isFinite(height)) ahead.push([now.h, now.error]);
  ahead.sort(([a], [b]) => a - b);
  const least = Math.min(...forward);
  const best = hs[forward.indexOf(least)] ?? NaN;
  const title = series
    ? t("slope.errors.summary", { name, best: short(best), error: short(least) })
    : t("slope.errors", { output });
  const scene = sceneOf(axes, { title, xTitle: "h", yTitle: t("slope.errors.axis") }, {
    curves: [
      { key: "forward", path: pathOf(axes, ahead) },
      { key: "central", path: pathOf(axes, both) },
      { key: "now", path: `M${at},${axes.box.top}V${axes.box.bottom}` },
    ],
    marks: [{ key: "h", kind: "ahead", x: at, y: Number.isFinite(height) ? height : axes.box.bottom, handle: true }],
    labels: legend(axes, [...between(ahead), ...between(both)], [
      ["forward-name", t("slope.errors.forward")],
      ["central-name", t("slope.errors.central")],
    ]),
  });
  return { axes, scene };
}

/** @param {import("./plot.js").Point[]} points @returns {import("./plot.js").Point[]} those, and some on the
 * straight lines between them, as logarithmic axes have them */
function between(points) {
  return points.flatMap(([x, y], i) => {
    const [nextX, nextY] = points[i + 1] ?? [x, y];
    return [0, 0.25, 0.5, 0.75].map((part) => /** @type {[number, number]} */ ([x * (nextX / x) ** part, y * (nextY / y) ** part]));
  });
}
