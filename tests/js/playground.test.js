import assert from "node:assert/strict";
import { test } from "node:test";
import { between, fieldOf, isoline, ramp, relief, sides } from "../../static/js/contours.js";
import { MOST_ROWS, parsed } from "../../static/js/csv.js";
import { around, hits, neighbour, planOf, programFor, rowOf, sharesOf } from "../../static/js/playground.js";

test("CSV is columns by name, whichever sign separates them", () => {
  assert.deepEqual(parsed("x1,x2,y\n0,1,-1\n 2 , 3.5 , 1\n\n"), {
    columns: { x1: [0, 2], x2: [1, 3.5], y: [-1, 1] },
  });
  assert.deepEqual(parsed("a;b\r\n1;2e3\r\n"), { columns: { a: [1], b: [2000] } });
});

test("a column cannot be called what the language or the network calls something else", () => {
  for (const [name, problem] of [["for", "word"], ["pass", "word"], ["True", "word"], ["score", "taken"], ["model", "taken"]]) {
    assert.deepEqual(parsed(`${name},y\n1,2`), { problem, line: 1, text: name });
  }
});

test("what is wrong with CSV is named with its line", () => {
  assert.deepEqual(parsed("x,y"), { problem: "empty", line: 1, text: "" });
  assert.deepEqual(parsed("x\n1"), { problem: "one", line: 1, text: "x" });
  assert.deepEqual(parsed("x,2y\n1,2"), { problem: "name", line: 1, text: "2y" });
  assert.deepEqual(parsed("x,x\n1,2"), { problem: "twice", line: 1, text: "x" });
  assert.deepEqual(parsed("x,y\n1,2\n\n1"), { problem: "cells", line: 4, text: "2" });
  assert.deepEqual(parsed("x,y\n1,two"), { problem: "number", line: 2, text: "two" });
  assert.deepEqual(parsed("x,y\n1,"), { problem: "number", line: 2, text: "" });
  assert.equal(Object.values(parsed(`x\n${"1\n".repeat(MOST_ROWS + 1)}`))[0], "many");
});

const COLUMNS = { x1: [-1, 1, 1], x2: [0, 0, 1], y: [-1, 1, 1] };

test("the last column is predicted from the others, as classes if it has two", () => {
  const plan = planOf(COLUMNS);
  assert.deepEqual([plan.features, plan.label, plan.classes, plan.middle], [["x1", "x2"], "y", true, 0]);
  assert.match(programFor(plan), /MLP\(2, .*\n.*\[x1, x2\]\)\nloss = \(1 - y\*score\)\.relu\(\)/);
  assert.match(programFor(planOf({ x: [0, 1, 2], t: [1, 3, 5] })), /score = w\*x \+ b\nloss = \(score - t\)\*\*2/);
  assert.match(programFor(planOf({ a: [0, 1], b: [0, 1], c: [0, 1] })), /loss = \(score - c\)\*\*2/);
  assert.deepEqual(rowOf(COLUMNS, 2), { x1: 1, x2: 1, y: 1 });
  assert.deepEqual(around([0, 10]), [-1.5, 11.5]);
});

test("points are counted that lie on their side of the boundary", () => {
  const xs = [-2, 0, 2];
  const grid = xs.map((x) => [x, x]); // score = x1
  assert.equal(hits(COLUMNS, planOf(COLUMNS), { xs, ys: [-1, 2], grid }), 3);
  assert.equal(hits(COLUMNS, planOf(COLUMNS), { xs, ys: [-1, 2], grid: grid.map((row) => row.map((v) => -v)) }), 0);
});

test("arrow keys walk to the nearest point that way, and stay where there is none", () => {
  /** @type {[number, number][]} */
  const points = [[0, 0], [10, 1], [30, 0], [0, 20]];
  assert.equal(neighbour(points, 0, [1, 0]), 1);
  assert.equal(neighbour(points, 1, [1, 0]), 2);
  assert.equal(neighbour(points, 0, [0, 1]), 3);
  assert.equal(neighbour(points, 0, [-1, 0]), 0);
});

test("one row's gradients stand beside the mean, the largest first", () => {
  assert.deepEqual(sharesOf({ a: 1, b: -5, x: 9 }, { a: 2, b: 0, c: 7 }, 5), [
    { name: "b", row: -5, mean: 0 }, { name: "a", row: 1, mean: 2 },
  ]);
});

test("a grid is read between its points, and not outside of it", () => {
  assert.equal(between([0, 1], [0, 1], [[0, 1], [2, 3]], [0.5, 0.5]), 1.5);
  assert.ok(Number.isNaN(between([0, 1], [0, 1], [[0, 1], [2, 3]], [1.5, 0.5])));
});

test("a line of equal height crosses where the height is", () => {
  const line = isoline([0, 1, 2], [0, 1], [[0, 0], [1, 1], [2, 2]], 0.5);
  assert.deepEqual(line.filter(([x]) => Number.isFinite(x)), [[0.5, 0], [0.5, 1]]);
});

test("low ground is light, high ground dark, and where there is no number there is no colour", () => {
  const { paint, levels, low, high } = relief([[0, 1], [4, NaN]], 3);
  const light = (/** @type {number} */ value) => (paint(value) ?? []).reduce((a, b) => a + b, 0);
  assert.ok(light(0) > light(1) && light(1) > light(4));
  assert.deepEqual([low, high, paint(NaN), levels.length], [0, 4, null, 3]);
  const { columns, rows, pixels } = fieldOf([[0, 1], [4, NaN]], paint);
  assert.deepEqual([columns, rows], [2, 2]);
  assert.deepEqual([...pixels.slice(8, 11)], ramp(1)); // the first x and y: bottom left
  assert.equal(pixels[7], 0); // nan: top right
});

test("the two sides of a boundary have two colours, by day and by night", () => {
  for (const dark of [false, true]) {
    const paint = sides([[-1, 1]], 0, dark);
    const [cool, warm] = [paint(1) ?? [], paint(-1) ?? []];
    assert.ok(cool[2] > cool[0] && warm[0] > warm[2]);
  }
});

test("relief has a colour for every double, however far the ends are apart", () => {
  const { paint, levels } = relief([[-1.5e308, 0], [1.5e308, Infinity]], 3);
  for (const value of [-1.5e308, 0, 1e300, 1.5e308]) assert.ok(paint(value)?.every(Number.isFinite));
  assert.ok(levels.every(Number.isFinite));
  const flat = relief([[2, 2], [2, 2]], 2);
  assert.ok(flat.paint(2)?.every(Number.isFinite));
});
