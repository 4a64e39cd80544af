import assert from "node:assert/strict";
import { test } from "node:test";
import { after, before, momentOf, momentsOf, nextUse } from "../../static/js/moments.js";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

const fan = read(trace("fan-out"));
const [a, b] = fan.nodes;

test("a gradient is complete when the last contribution has arrived", () => {
  const { values, uses, grads } = momentsOf(fan);
  assert.equal(values.get(a.id), 1);
  assert.equal(uses.get(a.id)?.length, 2);
  assert.equal(grads.get(a.id), uses.get(a.id)?.at(-1));
  assert.equal(grads.get(fan.trace.output), fan.forward + 1);
  assert.equal(momentsOf(fan), momentsOf(fan));
});

test("a walk by node halts at each value, at the seed, and where a gradient is complete", () => {
  const stops = [];
  for (let step = 0; step < fan.steps.length; ) stops.push((step = after(fan, step, "node")));
  assert.deepEqual(stops, [1, 2, 3, 4, 5, 6, 7, 8, 11, 12]);
  const back = [];
  for (let step = 12; step > 0; ) back.push((step = before(fan, step, "node")));
  assert.deepEqual(back, [11, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
});

test("a walk by edge takes every step, and stays within the trace", () => {
  assert.equal(after(fan, 8, "edge"), 9);
  assert.equal(after(fan, 12, "edge"), 12);
  assert.equal(after(fan, 12, "node"), 12);
  assert.equal(before(fan, 0, "edge"), 0);
  assert.equal(before(fan, 0, "node"), 0);
});

test("a node's step completes its gradient; from there it is the one of its value", () => {
  assert.equal(momentOf(fan, a.id, 3), 11);
  assert.equal(momentOf(fan, a.id, 11), 1);
  assert.equal(momentOf(fan, a.id, 1), 11);
});

test("a value that gets no gradient has the step of its value alone", () => {
  const reading = read(trace("constant"));
  const two = reading.nodes.find(({ kind }) => kind === "constant");
  assert.ok(two);
  assert.equal(momentOf(reading, two.id, 0), momentsOf(reading).values.get(two.id));
  assert.equal(nextUse(reading, two.id, 0), null);
});

test("uses of a value are walked round and round", () => {
  const [first, second] = momentsOf(fan).uses.get(b.id) ?? [];
  assert.equal(nextUse(fan, b.id, 0), first);
  assert.equal(nextUse(fan, b.id, first), second);
  assert.equal(nextUse(fan, b.id, second), first);
});
