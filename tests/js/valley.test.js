import assert from "node:assert/strict";
import { test } from "node:test";
import { lossScene } from "../../static/js/loss.js";
import { valleyScene } from "../../static/js/valley.js";
import { t } from "./traces.js";

const SIZE = { width: 400, height: 250 };
const XS = [-4, -2, 0, 2, 4];
const SAMPLES = { xs: XS, ys: XS.map((x) => x * x), slopes: XS.map((x) => 2 * x) };

/** @param {[number, number][]} steps */
function scene(steps) {
  const walked = { name: "x", output: "y", x: 1, y: 1, samples: SAMPLES, steps, count: steps.length - 1 };
  return valleyScene(SIZE, walked, [-4, 4], t).scene;
}

test("each step leaves a footprint on the curve, and the point can be dragged", () => {
  const { curves, marks, title } = scene([[3, 9], [-1, 1], [1, 1]]);
  const [values, leap, footprint] = curves.map(({ path }) => path);
  assert.equal(leap.match(/[ML]/g)?.join(""), "MLL");
  assert.equal(footprint.match(/[ML]/g)?.join(""), "MLMLML");
  assert.match(values, /^M.*L/);
  assert.deepEqual(marks.map(({ key, handle }) => [key, handle]), [["here", true]]);
  assert.match(title, /^descend.valley.steps .*"count":2/);
});

test("a descent that was not begun has no footprints, and one that diverged no point", () => {
  const { curves, title } = scene([]);
  assert.deepEqual(curves.slice(1).map(({ path }) => path), ["", ""]);
  assert.match(title, /^descend.valley \{/);
  const lost = { name: "x", output: "y", x: NaN, y: Infinity, samples: SAMPLES, steps: [], count: 0 };
  assert.deepEqual(valleyScene(SIZE, lost, [-4, 4], t).scene.marks, []);
});

test("where no step was made there are no axes of nothing, but a word", () => {
  const empty = lossScene(SIZE, [], false, "L", t);
  assert.deepEqual([empty.xTicks, empty.yTicks, empty.curves, empty.marks], [[], [], [], []]);
  assert.deepEqual(empty.labels.map(({ text }) => text), ["L", "descend.loss.none {}"]);
  const begun = lossScene(SIZE, [{ step: 0, value: 2 }, { step: 1, value: 1 }], false, "L", t);
  assert.ok(begun.xTicks.length && begun.yTicks.length && begun.marks.length === 1);
});
