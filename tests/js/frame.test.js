import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAt, phaseAt } from "../../static/js/frame.js";
import { number } from "../../static/js/format.js";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

test("before the first step nothing is known", () => {
  const frame = frameAt(read(trace("chain")), 0);
  assert.equal(frame.values.size, 0);
  assert.equal(frame.grads.size, 0);
  assert.equal(frame.current, null);
  assert.equal(frame.phase, "forward");
});

test("after the forward pass every value is known and no gradient is", () => {
  const frame = frameAt(read(trace("chain")), 7);
  assert.equal(frame.values.get("n6"), -8);
  assert.equal(frame.grads.size, 0);
  assert.equal(frame.phase, "forward");
});

test("the seed begins the backward pass", () => {
  const frame = frameAt(read(trace("chain")), 8);
  assert.deepEqual([...frame.grads], [["n6", 1]]);
  assert.equal(frame.phase, "backward");
});

test("a gradient grows use by use", () => {
  const reading = read(trace("square"));
  assert.equal(frameAt(reading, 4).grads.get("n0"), 3);
  assert.equal(frameAt(reading, 5).grads.get("n0"), 6);
  assert.deepEqual([...frameAt(reading, 5).contributions], [[0, 3], [1, 3]]);
});

for (const name of ["chain", "square", "fan-out", "readme", "network", "dead"]) {
  test(`the last frame of ${name} is what the trace says of every node`, () => {
    const reading = read(trace(name));
    const frame = frameAt(reading, reading.steps.length);
    assert.equal(frame.phase, "done");
    for (const node of reading.nodes) {
      assert.equal(frame.values.get(node.id), number(node.value));
      // Nothing flows to a constant on the page: it cannot change.
      if (node.kind === "constant") assert.ok(!frame.grads.has(node.id));
      else assert.equal(frame.grads.get(node.id) ?? 0, number(node.grad ?? 0));
    }
  });
}

test("phases follow one another", () => {
  const reading = read(trace("square"));
  const phases = [0, 1, 2, 3, 4, 5].map((step) => phaseAt(reading, step));
  assert.deepEqual(phases, ["forward", "forward", "forward", "backward", "backward", "done"]);
});

test("a frame knows what the steps up to it told, in the order in which they did", () => {
  const reading = read(trace("network"));
  for (let step = 0; step <= reading.steps.length; step += 1) {
    /** @type {Map<string, number>} */
    const grads = new Map();
    for (const done of reading.steps.slice(0, step)) {
      if (done.phase === "backward") grads.set(done.node, number(done.after));
    }
    const frame = frameAt(reading, step);
    assert.deepEqual([...frame.grads], [...grads]);
    assert.equal(frame.grads.size, grads.size);
    assert.deepEqual(frame.grads.values(), [...grads.values()]);
    for (const { id } of reading.nodes) {
      assert.equal(frame.grads.get(id), grads.get(id));
      assert.equal(frame.grads.has(id), grads.has(id));
    }
  }
});
