/** Valley: the picture of an output over its one input, and the steps that a descent makes down its curve. Pure. */
import { short } from "./format.js";
import { axesOf, pathOf, sceneOf } from "./plot.js";
import { extent } from "./scales.js";
import { curveOf } from "./slope.js";

/** @typedef {import("./plot.js").Axes} Axes */
/** @typedef {import("./plot.js").Point} Point */
/** @typedef {{name: string, output: string, x: number, y: number, samples: import("./secant.js").Samples,
 *   steps: Point[], count: number}} Walked  `steps`: where the descent was, as far as it is remembered, of `count` */

/** Returns the axes and the scene.
 * @param {import("./plot.js").Size} size @param {Walked} walked @param {[number, number]} ends
 * @param {import("./messages.js").Translate} t @returns {{axes: Axes, scene: import("./plot.js").PlotScene}} */
export function valleyScene(size, { name, output, x, y, samples, steps, count }, ends, t) {
  const axes = axesOf(size, ends, extent(samples.ys, y));
  const said = { output, name, x: short(x), y: short(y), count };
  const [px, py] = [axes.x.at(x), axes.y.at(y)];
  const scene = sceneOf(axes, {
    title: t(steps.length > 1 ? "descend.valley.steps" : "descend.valley", said), xTitle: name, yTitle: output,
  }, {
    curves: [
      { key: "values", path: pathOf(axes, curveOf(samples.xs, samples.ys, samples.slopes)) },
      { key: "leap", path: pathOf(axes, steps) },
      { key: "footprint", path: dots(axes, steps) },
    ],
    marks: Number.isFinite(px) && Number.isFinite(py) ? [{ key: "here", kind: "here", x: px, y: py, handle: true }] : [],
  });
  return { axes, scene };
}

/** @param {Axes} axes @param {Point[]} points @returns {string} lines of no length, whose ends are round */
function dots(axes, points) {
  return points.map((point) => pathOf(axes, [point, point])).join("");
}
