import assert from "node:assert/strict";
import { test } from "node:test";
import { holding, noRun, renewed, stepsOf, taken, thinned, updatesOf } from "../../static/js/descent.js";

/** @param {number} step @param {number} w */
function entry(step, w) {
  return { step, value: w * w, inputs: { w }, grads: { w: 2 * w }, state: { momentum_buffer: { w: 1 } } };
}

test("a run remembers its losses, its path and its last two entries", () => {
  const run = taken(taken(noRun(), [entry(0, 4), entry(1, 2)]), [entry(2, 1)]);
  assert.deepEqual(run.losses, [{ step: 0, value: 16 }, { step: 1, value: 4 }, { step: 2, value: 1 }]);
  assert.deepEqual(run.path, [{ w: 4 }, { w: 2 }, { w: 1 }]);
  assert.equal(stepsOf(run), 2);
  const [update] = updatesOf(run, 5);
  assert.deepEqual(update, { name: "w", before: 2, grad: 4, memory: [["momentum_buffer", 1]], update: -1, after: 1 });
});

test("a run that goes on with other settings counts on, and takes no entry twice", () => {
  const first = taken(noRun(), [entry(0, 4), entry(1, 2)]);
  const run = taken(taken(renewed(first), [entry(0, 2)]), [entry(1, 1)]);
  assert.equal(stepsOf(run), 2);
  assert.deepEqual(run.losses.map(({ step }) => step), [0, 1, 2]);
  assert.equal(updatesOf(run, 5)[0].update, -1);
});

test("a word of the JSON is the number that it stands for", () => {
  const run = taken(noRun(), [entry(0, 4), { ...entry(1, 2), value: "Infinity", inputs: { w: "-Infinity" } }]);
  assert.equal(run.losses[1].value, Infinity);
  assert.equal(updatesOf(run, 5)[0].after, -Infinity);
});

test("of many updates the largest are shown", () => {
  const many = (/** @type {number} */ step, /** @type {number} */ factor) => {
    const inputs = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`w${i}`, i * factor]));
    return { step, value: 1, inputs, grads: inputs, state: {} };
  };
  const run = taken(noRun(), [many(0, 1), many(1, 2)]);
  assert.deepEqual(updatesOf(run, 2).map(({ name }) => name), ["w29", "w28"]);
});

test("a long list is thinned and keeps its ends", () => {
  const list = thinned(Array.from({ length: 101 }, (_, i) => i), 100);
  assert.equal(list.length, 51);
  assert.equal(thinned(Array.from({ length: 102 }, (_, i) => i), 100).at(-1), 101);
});

test("a domain grows around its middle until it holds a number, and gives up on what has left", () => {
  assert.deepEqual(holding([-1, 3], 2), [-1, 3]);
  assert.deepEqual(holding([-1, 3], 6), [-7, 9]);
  assert.ok(holding([-1, 1], 1e9)[1] < 100);
});
