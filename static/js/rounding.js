/** Rounding: the error of a measured slope against the step h, which is large on both sides. Pure. */
import { number, short } from "./format.js";
import { axesOf, legend, pathOf, sceneOf } from "./plot.js";
import { decades } from "./scales.js";
import { MOST_H } from "./slope.js";

/** @typedef {import("./format.js").JsonNumber} JsonNumber */
/** @typedef {{name: string, h: number[], forward: JsonNumber[], central: JsonNumber[]}} Series */

/** Returns the axes and the scene of the errors of one input's slope.
 * @param {import("./plot.js").Size} size @param {Series | undefined} series
 * @param {{name: string, output: string, h: number}} what @param {import("./messages.js").Translate} t */
export function errorScene(size, series, { name, output, h }, t) {
  const hs = series?.h ?? [];
  const [forward, central] = [series?.forward ?? [], series?.central ?? []].map((row) => row.map(number));
  const axes = axesOf(size, [1e-12, MOST_H], decades([...forward, ...central]), { x: true, y: true });
  const at = axes.x.at(h);
  const least = Math.min(...forward);
  const best = hs[forward.indexOf(least)] ?? NaN;
  const title = series
    ? t("slope.errors.summary", { name, best: short(best), error: short(least) })
    : t("slope.errors", { output });
  const scene = sceneOf(axes, { title, xTitle: "h", yTitle: t("slope.errors.axis") }, {
    curves: [
      { key: "forward", path: pathOf(axes, hs.map((one, i) => [one, forward[i]])) },
      { key: "central", path: pathOf(axes, hs.map((one, i) => [one, central[i]])) },
      { key: "now", path: `M${at},${axes.box.top}V${axes.box.bottom}` },
    ],
    marks: [{ key: "h", kind: "ahead", x: at, y: axes.box.bottom, handle: true }],
    labels: legend(axes, hs.flatMap((one, i) => [[one, forward[i]], [one, central[i]]]), [
      ["forward-name", t("slope.errors.forward")],
      ["central-name", t("slope.errors.central")],
    ]),
  });
  return { axes, scene };
}
