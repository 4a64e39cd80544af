import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAt } from "../../static/js/frame.js";
import { inspect } from "../../static/js/inspect.js";
import { sidesOf } from "../../static/js/sides.js";
import { initialState, reduce } from "../../static/js/state.js";
import { read } from "../../static/js/trace.js";
import { operations, t, trace } from "./traces.js";

/** @param {string} program @param {string} name */
function sides(program, name) {
  const reading = read(trace(program));
  const node = reading.nodes.find((one) => one.name === name);
  assert.ok(node);
  return sidesOf(reading, node);
}

/** @param {string} program @param {string} name @param {any[]} actions */
function inspected(program, name, actions = []) {
  const traced = { type: "traced", request: 1, trace: trace(program) };
  const state = [traced, ...actions].reduce(reduce, initialState());
  const node = state.reading?.nodes.find((one) => one.name === name);
  assert.ok(state.reading && node);
  return inspect(state, frameAt(state.reading, state.reading.steps.length), node, operations, t);
}

test("a kink has a slope on each side, and a smooth place none of its own", () => {
  assert.deepEqual(sides("kink", "x"), { left: 0, right: 1 });
  assert.deepEqual(sides("clipped", "x"), { left: 1, right: 0 });
  assert.equal(sides("off", "x"), null);
  assert.equal(sides("chain", "a"), null);
});

test("at a tie each operand alone has its sides", () => {
  assert.deepEqual(sides("tie", "a"), { left: 0, right: 1 });
  assert.deepEqual(sides("tie", "b"), { left: 0, right: 1 });
});

test("a value that moves both operands of a tie is followed through both", () => {
  assert.deepEqual(sides("tie-of-one", "x"), { left: 3, right: 6 });
  assert.deepEqual(sides("least", "x"), { left: 2, right: 1 });
});

test("a gradient that conventions made wrong is told, although the curve is straight", () => {
  assert.deepEqual(sides("no-kink", "x"), { left: 1, right: 1 });
  assert.match(inspected("no-kink", "x").meaning[0], /^meaning.convention .*"grad":"0".*"right":"1"/);
});

test("at a kink the panel names both slopes, and says nowhere that the output stays", () => {
  const { meaning } = inspected("kink", "x");
  assert.equal(meaning.length, 1);
  assert.match(meaning[0], /^meaning.kink .*"grad":"0","left":"0","right":"1"/);
});

test("a trial at a kink goes to the right, as predicted", () => {
  const risen = { type: "traced", request: 2, trace: { ...trace("kink"), value: 0.01 } };
  const { trial } = inspected("kink", "x", [{ type: "try", name: "x" }, risen]);
  assert.match(trial[0], /^trial.predicted .*moves.up/);
  assert.match(trial[2], /^trial.kink .*"right":"1"/);
  assert.equal(trial.length, 3);
});
