import assert from "node:assert/strict";
import { test } from "node:test";
import { differentiated } from "../../static/js/derivative.js";
import { courseOf, curveOf, fromSlider, isStraight, LEAST_H, lineThrough, MOST_H, tangentOf, toSlider } from "../../static/js/slope.js";

/** @param {number} low @param {number} high @param {(x: number) => number} f
 * @param {(x: number) => number} slope */
function sampled(low, high, f, slope) {
  const xs = Array.from({ length: 201 }, (_, i) => low + ((high - low) * i) / 200);
  return curveOf(xs, xs.map(f), xs.map(slope));
}

/** @param {[number, number][]} points */
function gaps(points) {
  return points.filter(([, y]) => Number.isNaN(y)).length;
}

test("smooth curves and kinks have no gap", () => {
  assert.equal(gaps(sampled(-3, 3, Math.sin, Math.cos)), 0);
  assert.equal(gaps(sampled(-3.01, 3, (x) => Math.max(0, x), (x) => (x > 0 ? 1 : 0))), 0);
  assert.equal(gaps(sampled(-3, 3, (x) => Math.tanh(20 * x), (x) => 20 * (1 - Math.tanh(20 * x) ** 2))), 0);
  assert.equal(gaps(sampled(-5, 5, (x) => x ** 4, (x) => 4 * x ** 3)), 0);
});

test("a pole and a jump are gaps", () => {
  assert.equal(gaps(sampled(-1.003, 1, (x) => 1 / x, (x) => -1 / (x * x))), 1);
  assert.equal(gaps(sampled(-1.003, 1, (x) => (x > 0 ? 1 : 0), () => 0)), 1);
});

test("the tangent goes through its point with its slope", () => {
  assert.deepEqual(lineThrough([2, -8], 6, [0, 3]), [[0, -20], [3, -2]]);
});

test("h goes to the slider and back, within its bounds", () => {
  assert.ok(Math.abs(fromSlider(toSlider(0.037)) - 0.037) < 1e-12);
  assert.equal(fromSlider(toSlider(1e-9)), LEAST_H);
  assert.equal(fromSlider(toSlider(7)), MOST_H);
});

test("the course of a curve is one word", () => {
  assert.equal(courseOf([1, 2, 2, 3]), "rises");
  assert.equal(courseOf([3, 2, NaN, 1]), "falls");
  assert.equal(courseOf([2, 2]), "stays");
  assert.equal(courseOf([1, 0, 1]), "turns");
  assert.equal(courseOf([NaN, NaN]), "missing");
});

test("a program goes on to its gradient, under a name that is not taken", () => {
  const { source, slope } = differentiated("x = 2.0\ndy_dx = 3*x\ny = x**3", "y", "x", "why");
  assert.equal(slope, "dy_dx_2");
  assert.equal(source, "x = 2.0\ndy_dx = 3*x\ny = x**3\n\n# why\ndy_dx_2 = grad(y, x)");
  assert.equal(differentiated("…", "loss", "model[0].w[1]", "").slope, "dloss_dmodel_0_w_1");
});

test("a tangent has the gradient for its slope, at a kink that of the convention", () => {
  const input = { value: 2, last: 2, grad: 6, reaches: true };
  assert.deepEqual(tangentOf(input, null), { slope: 6, by: "gradient" });
  assert.deepEqual(tangentOf(input, { left: 5.9999, right: 6.0001 }), { slope: 6, by: "gradient" });
  assert.deepEqual(tangentOf({ ...input, grad: 0 }, { left: 0, right: 1 }), { slope: 0, by: "gradient" });
  assert.deepEqual(tangentOf(input, { left: NaN, right: 6 }), { slope: 6, by: "gradient" });
});

test("where the gradient is of another number or of nothing, the tangent is measured", () => {
  const changed = { value: 0.5, last: 2.6, grad: -3.2, reaches: true };
  assert.equal(tangentOf(changed, null).by, "unknown");
  assert.deepEqual(tangentOf(changed, { left: -0.5, right: -0.5 }), { slope: -0.5, by: "measured" });
  assert.equal(tangentOf({ value: 1, last: 1, grad: 0, reaches: false }, null).by, "unknown");
  assert.equal(tangentOf({ value: 1, last: 1, grad: 0, reaches: false }, { left: 9, right: 9 }).by, "measured");
  assert.equal(tangentOf({ value: 1, last: 1, grad: 6, reaches: true }, { left: 3, right: 3 }).slope, 3);
  assert.deepEqual(tangentOf(changed, { left: 0, right: 1 }), { slope: NaN, by: "kink" });
});

test("a straight line is one but for rounding, and nothing that bends", () => {
  const xs = Array.from({ length: 201 }, (_, i) => -4 + 0.04 * i);
  assert.ok(isStraight(xs, xs.map((x) => (x * -3 + 10) * -2)));
  assert.ok(isStraight(xs, xs.map(() => 0.1 + 0.2)));
  assert.ok(!isStraight(xs, xs.map((x) => x + 1e-6 * x * x)));
  assert.ok(!isStraight(xs, xs.map((x) => Math.max(0, x - 3.9))));
  assert.ok(!isStraight(xs, xs.map((x) => (x > 0 ? x : NaN))));
  assert.ok(!isStraight([], []));
});
