import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAt } from "../../static/js/frame.js";
import { inspect, lookedAt } from "../../static/js/inspect.js";
import { meaning, moves, nudgeFor } from "../../static/js/meaning.js";
import { initialState, reduce } from "../../static/js/state.js";
import { operations, t, trace } from "./traces.js";

/** @param {string} program @param {number | null} step @param {string | null} label */
function inspected(program, step, label, actions = /** @type {any[]} */ ([])) {
  let state = reduce(initialState({ step }), { type: "traced", request: 1, trace: trace(program) });
  const node = state.reading?.nodes.find((one) => one.label === label);
  state = [{ type: "select", node: node?.id ?? null }, ...actions].reduce(reduce, state);
  assert.ok(state.reading);
  const frame = frameAt(state.reading, step ?? state.reading.steps.length);
  const seen = lookedAt(state, frame);
  assert.ok(seen);
  return inspect(state, frame, seen, operations, t);
}

/** @param {ReturnType<typeof inspected>} inspection */
const fields = ({ fields: list }) => Object.fromEntries(list.map(({ name, text }) => [name.split(" ")[0], text]));

test("an operation is shown as the engine stores it, with its rules of the table", () => {
  const product = inspected("chain", null, "a*b");
  assert.deepEqual(fields(product), {
    data: "−6", grad: "−2", op: "*", "inspect.operands": "", label: "inspect.none {}", "inspect.line": "1: L = (a*b + c) * f",
  });
  assert.deepEqual(product.fields[3].links, [{ node: "n0", name: "a" }, { node: "n1", name: "b" }]);
  assert.deepEqual(product.rule, ["out = x * y", "∂out/∂x = y", "∂out/∂y = x"]);
  assert.match(product.stored, /^inspect.stored.operation/);
});

test("what is not known yet is not told", () => {
  const early = inspected("chain", 3, "a");
  assert.equal(fields(early).grad, "inspect.unknown {}");
  assert.equal(fields(inspected("chain", 1, "L")).data, "inspect.unknown {}");
  assert.deepEqual([early.meaning, early.why, early.tryable], [[], [], false]);
  assert.deepEqual(inspected("off", 5, "x").why, []);
});

test("a gradient that waits for a use says so", () => {
  const partly = inspected("square", 4, "x");
  assert.equal(fields(partly).grad, 'inspect.partial {"grad":"3","arrived":1,"count":2}');
  assert.deepEqual(partly.meaning, []);
});

test("a constant is called one", () => {
  const constant = trace("off").nodes.find(({ kind }) => kind === "constant");
  assert.ok(constant);
  let state = reduce(initialState(), { type: "traced", request: 1, trace: trace("off") });
  state = reduce(state, { type: "select", node: constant.id });
  assert.ok(state.reading);
  const frame = frameAt(state.reading, state.reading.steps.length);
  const node = lookedAt(state, frame);
  assert.ok(node);
  assert.match(inspect(state, frame, node, operations, t).title, /^inspect.constant .*"value":/);
  assert.match(inspected("chain", null, "a").title, /^inspect.title .*"name":"a"/);
});

test("without a selection the value of the step is looked at", () => {
  const now = inspected("chain", 9, null);
  assert.equal(now.name, "a*b + c");
  assert.ok(!now.pinned);
  assert.ok(inspected("chain", 9, "a").pinned);
});

test("a known gradient has a meaning, and an input can be tried", () => {
  const a = inspected("chain", null, "a");
  assert.match(a.meaning[0], /^meaning .*"nudge":"0.01","change":"moves.up .*0.06/);
  assert.match(a.how, /^meaning.product/);
  assert.match(inspected("square", null, "x").how, /^meaning.sum .*"count":2/);
  assert.ok(a.tryable);
  assert.ok(!inspected("chain", null, "a*b").tryable);
});

test("as fast as something is not said with a number", () => {
  const told = (/** @type {number} */ grad) => meaning({ name: "x", output: "y", value: 1, grad }, t);
  assert.match(told(2), /pace .*2/);
  assert.match(told(1), /pace.same/);
  assert.match(told(-1), /pace.opposite/);
  assert.match(told(0), /meaning.flat/);
});

test("of an output that is no number nothing is said, and nothing tried", () => {
  const { meaning: told, tryable } = inspected("lesson-breaks-solution", null, "x");
  assert.equal(told.length, 1);
  assert.match(told[0], /^meaning.undefined .*"name":"`x`","output":"`L`","value":"nan"/);
  assert.ok(!tryable);
});

test("a trial shows what was predicted beside what came", () => {
  const answer = { ...trace("square"), value: 9.0601 };
  const tried = [{ type: "try", name: "x" }, { type: "traced", request: 2, trace: answer }];
  const { trial, tryable } = inspected("square", null, "x", tried);
  assert.ok(!tryable);
  assert.match(trial[0], /^trial.predicted .*0.06.*"to":"9.06"/);
  assert.match(trial[1], /^trial.actual .*0.0601.*"to":"9.0601"/);
  assert.match(trial[2], /^trial.rest .*"rest":"0.0001"/);
});

test("a gradient of 0 gives its reason", () => {
  const { why } = inspected("off", null, "x");
  assert.match(why[0].title, /^why.gradient .*"grad":"0"/);
  assert.equal(why[0].reasons.length, 1);
});

test("a change is small beside its value, and round", () => {
  assert.deepEqual([0, 2, -30, 5000, 0.0004].map(nudgeFor), [0.01, 0.01, 0.01, 10, 1e-6]);
});

test("a change is said with its direction", () => {
  assert.match(moves(0.06, t), /^moves.up/);
  assert.match(moves(-0.06, t), /^moves.down .*"0.06"/);
  assert.match(moves(0, t), /^moves.not/);
  assert.match(moves(NaN, t), /^moves.nowhere/);
  assert.match(meaning({ name: "x", output: "y", value: 1, grad: Infinity }, t), /^meaning.odd/);
});

test("a gradient that holds earlier passes is told apart from the slope", () => {
  const { meaning: told } = inspected("lesson-zero-grad-begin", null, "b");
  assert.match(told[0], /"times":"−4"|"name":"`b`".*−4/);
  assert.match(told.at(-1) ?? "", /^meaning.carried .*"grad":"−8","slope":"−4","left":"−4"/);
  const zeroed = inspected("chain", null, "a").meaning;
  assert.ok(zeroed.every((text) => !text.startsWith("meaning.carried")));
});
