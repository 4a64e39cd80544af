import assert from "node:assert/strict";
import { test } from "node:test";
import { whyGradient, whyValue } from "../../static/js/reasons.js";
import { read } from "../../static/js/trace.js";
import { operations, t, trace } from "./traces.js";

/** @param {string} program @param {string} label */
function asked(program, label) {
  const reading = read(trace(program));
  const node = reading.nodes.find((one) => one.label === label);
  assert.ok(node, label);
  return { reading, node, labelOf: (/** @type {string} */ id) => reading.byId.get(id)?.label };
}

/** @param {string} program @param {string} label */
function why(program, label) {
  const { reading, node, labelOf } = asked(program, label);
  return whyGradient(reading, node, operations, t).map((reason) => [reason.text, labelOf(reason.node)]);
}

test("an ordinary gradient needs no reason", () => {
  assert.deepEqual(why("chain", "a"), []);
});

test("relu that is off is named, with its operand", () => {
  const [[text, where]] = why("off", "x");
  assert.match(text, /^reason.off .*"operation":"relu","at":"`x` = −3"/);
  assert.equal(where, "h");
});

test("a factor of 0 is named", () => {
  const [[text]] = why("factor", "a");
  assert.match(text, /^reason.factor .*"factor":"`b`"/);
  assert.deepEqual(why("factor", "b"), []);
});

test("a level place of a smooth curve is flat, not off", () => {
  assert.match(why("flat", "x")[0][0], /^reason.flat/);
});

test("contributions that cancel are listed", () => {
  assert.match(why("cancel", "x")[0][0], /^reason.cancel .*"terms":"1list.and {}−1"/);
});

test("a gradient of nan is followed to the operation it comes from", () => {
  const [[text, where]] = why("not-a-number", "x");
  assert.match(text, /^reason.odd .*"local":"nan"/);
  assert.match(text, /logarithm of a negative number/);
  assert.equal(where, "z");
});

test("an infinite slope is told with its warning", () => {
  assert.match(why("steep", "x")[0][0], /"local":"inf".*infinitely steep/);
});

test("a value of nan is followed to where it arose", () => {
  const { reading, node, labelOf } = asked("not-a-number", "y");
  const [reason] = whyValue(reading, node, t);
  assert.match(reason.text, /^reason.value .*"name":"`z`","odd":"nan"/);
  assert.equal(labelOf(reason.node), "z");
  const origin = asked("not-a-number", "z");
  assert.deepEqual(whyValue(origin.reading, origin.node, t), []);
});
