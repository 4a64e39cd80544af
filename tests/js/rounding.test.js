import assert from "node:assert/strict";
import { test } from "node:test";
import { errorScene } from "../../static/js/rounding.js";
import { t } from "./traces.js";

const SIZE = { width: 420, height: 260 };
const H = Array.from({ length: 23 }, (_, i) => 10 ** (-1 - i / 2));
/** As of x**3 at 2: what bends falls with h, and what is rounded rises. */
const SERIES = {
  name: "x",
  h: H,
  forward: H.map((h) => 6 * h + h * h + 1e-15 / h),
  central: H.map((h) => h * h + 1e-15 / h),
};

/** @param {number} h @param {number} error */
const sceneAt = (h, error) => errorScene(SIZE, SERIES, { name: "x", output: "y", now: { h, error } }, t);

test("the step that is chosen lies on the curve, also beyond the series", () => {
  for (const [h, error] of [[1, 7], [2, 16], [0.02, 0.1204], [1e-6, 6e-6]]) {
    const { axes, scene } = sceneAt(h, error);
    const [ring] = scene.marks;
    assert.equal(ring.y, axes.y.at(error));
    assert.ok(ring.y >= axes.box.top && ring.y <= axes.box.bottom, `${h}: ${ring.y}`);
    const place = `${Number(ring.x.toFixed(2))},${Number(ring.y.toFixed(2))}`;
    const forward = scene.curves.find(({ key }) => key === "forward")?.path ?? "";
    assert.ok(forward.split(/[ML]/).includes(place), place);
  }
});

test("a step without an error stays on the axis, to be taken from there", () => {
  for (const error of [0, NaN]) assert.equal(sceneAt(1, error).scene.marks[0].y, sceneAt(1, error).axes.box.bottom);
});

test("the names of the curves lie on neither of them", () => {
  const { scene } = sceneAt(1, 7);
  for (const { x, y, text, anchor } of scene.labels) {
    const [left, right] = anchor === "end" ? [x - 7.5 * text.length, x] : [x, x + 7.5 * text.length];
    for (const { key, path } of scene.curves) {
      if (key === "now") continue;
      const points = path.split(/[ML]/).slice(1).map((point) => point.split(",").map(Number));
      for (let i = 1; i < points.length; i += 1) {
        for (let part = 0; part <= 1; part += 0.05) {
          const [px, py] = [0, 1].map((side) => points[i - 1][side] + part * (points[i][side] - points[i - 1][side]));
          assert.ok(!(px > left && px < right && py > y - 11 && py < y + 2), `${text} on ${key}`);
        }
      }
    }
  }
});
