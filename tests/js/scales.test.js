import assert from "node:assert/strict";
import { test } from "node:test";
import { axesOf, legend, pathOf } from "../../static/js/plot.js";
import { decades, extent, linear, log } from "../../static/js/scales.js";

test("a linear scale goes there and back, and its ticks are round numbers within it", () => {
  const scale = linear([-2, 6], [50, 450]);
  assert.equal(scale.at(2), 250);
  assert.equal(scale.invert(250), 2);
  assert.deepEqual(scale.ticks(4).map(({ text }) => text), ["−2", "0", "2", "4", "6"]);
});

test("a logarithmic scale has powers of ten, and no place for zero", () => {
  const scale = log([1e-6, 1], [0, 60]);
  assert.ok(Math.abs(scale.at(1e-3) - 30) < 1e-9);
  assert.ok(Math.abs(scale.invert(30) - 1e-3) < 1e-12);
  assert.ok(Number.isNaN(scale.at(0)));
  assert.deepEqual(scale.ticks(7).map(({ text }) => text), ["1e−6", "1e−5", "1e−4", "1e−3", "0.01", "0.1", "1"]);
});

test("an extent leaves out what goes through the roof beside a pole, not what must be seen", () => {
  const values = [...Array.from({ length: 99 }, (_, i) => i / 99), 1e9, NaN, Infinity];
  const [low, high] = extent(values, -3);
  assert.ok(high < 10 && low < -3);
  assert.ok(extent([5, 5])[0] < 5 && extent([5, 5])[1] > 5);
  assert.ok(extent([])[0] < extent([])[1]);
});

test("decades enclose the positive numbers", () => {
  assert.deepEqual(decades([0.02, 30, 0, NaN]), [0.01, 100]);
  assert.deepEqual(decades([]), [0.1, 10]);
});

test("a path has a gap where there is no number", () => {
  const axes = axesOf({ width: 200, height: 100 }, [0, 3], [0, 1]);
  assert.match(pathOf(axes, [[0, 0], [1, 1], [2, NaN], [3, 1]]), /^M[\d.,]+L[\d.,]+M[\d.,]+$/);
  const steep = pathOf(axes, [[0, 1e300], [1, -1e300]]);
  assert.ok([...steep.matchAll(/-?\d+(\.\d+)?/g)].every(([value]) => Math.abs(Number(value)) < 1e5));
});

test("names of curves stand in the corner that the fewest points are in", () => {
  const axes = axesOf({ width: 600, height: 300 }, [0, 1], [0, 1]);
  /** @type {[number, number][]} */
  const rising = Array.from({ length: 50 }, (_, i) => [i / 49, i / 49]);
  const [first, second] = legend(axes, [...rising, [0.05, 0.95]], [["a", "one"], ["b", "two"]]);
  assert.ok(first.anchor === "end" && first.x > 300 && first.y > 150);
  assert.ok(second.y > first.y);
});

test("an extent of the largest doubles is still one that an axis has a length for", () => {
  const [low, high] = extent([1, 1.6e308]);
  assert.ok(Number.isFinite(high - low));
  const whole = extent([-1.7e308, 1.7e308]);
  assert.ok(Number.isFinite(whole[1] - whole[0]));
  assert.ok(linear(whole, [0, 100]).ticks(4).length > 1);
});
