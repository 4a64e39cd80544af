import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAt } from "../../static/js/frame.js";
import { knobsOf } from "../../static/js/knobs.js";
import { initialState, reduce } from "../../static/js/state.js";
import { triable } from "../../static/js/trial.js";
import { t, trace } from "./traces.js";

/** @param {string} program @param {Record<string, number>} inputs */
function stateOf(program, inputs = {}) {
  return reduce(initialState({ inputs }), { type: "traced", request: 1, trace: trace(program) });
}

/** @param {string} program @param {Record<string, number>} inputs @param {number} [step] */
function knobs(program, inputs = {}, step) {
  const state = stateOf(program, inputs);
  assert.ok(state.reading);
  const all = knobsOf(state, frameAt(state.reading, step ?? state.reading.steps.length), t);
  return Object.fromEntries(all.map((knob) => [knob.name, knob]));
}

test("an input has its number and its gradient, as soon as that is known", () => {
  const { a } = knobs("chain");
  assert.deepEqual([a.value, a.grad, a.gradSign, a.note, a.slip, a.written], [2, "6", "positive", "", "", ""]);
  assert.equal(knobs("chain", {}, 3).a.grad, "");
});

test("a name that nothing assigns says so, and which one may be meant", () => {
  const { weight, x } = knobs("misspelt");
  assert.match(weight.slip, /^inputs.slip .*"name":"weight","meant":"wieght"/);
  assert.equal(weight.note, "");
  assert.match(x.note, /^inputs.defaulted/);
});

test("a number that was set here says what the program has in its place", () => {
  const { a, b } = knobs("replaced", { a: 5, b: 3 });
  assert.match(a.written, /^inputs.written .*"value":"2"/);
  assert.equal(b.written, "");
  assert.ok(a.changed && b.changed);
  const back = knobs("replaced", { a: 2, b: 3 }).a;
  assert.ok(back.written === "" && !back.changed); // as the program says it
});

test("where one name has several values, each is told with its gradient", () => {
  const { x } = knobs("two-calls");
  assert.equal(x.grad, "");
  assert.match(x.note, /"name":"x","value":"1","grad":"2".*"name":"x₂","value":"2","grad":"4"/);
  assert.match(knobs("two-calls", {}, 2).x.note, /"grad":"…"/);
  assert.match(knobs("three-calls").x.note, /^inputs.versions .*"count":1/);
});

test("what a program has moved as it ran is told where it ends", () => {
  const { w, rate } = knobs("lesson-descent-begin");
  assert.equal(w.grad, "");
  assert.match(w.note, /"name":"w₁₀","value":"2.5779","grad":"−3.2212"/);
  assert.match(rate.note, /^reason.written/);
});

test("a name that stands for several values cannot be tried out", () => {
  assert.equal(triable(stateOf("three-calls"), "x"), null);
  assert.ok(triable(stateOf("chain"), "a"));
});
