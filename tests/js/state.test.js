import assert from "node:assert/strict";
import { test } from "node:test";
import { keyAction } from "../../static/js/keys.js";
import { initialState, lastStep, reduce, stepOf } from "../../static/js/state.js";
import { trace } from "./traces.js";

/** @param {...import("../../static/js/state.js").Action} actions */
function after(...actions) {
  const traced = /** @type {const} */ ({ type: "traced", request: 1, trace: trace("chain") });
  return [traced, ...actions].reduce(reduce, initialState({ source: "L = (a*b + c) * f" }));
}

test("the end is shown first", () => {
  const state = after();
  assert.equal(stepOf(state), 14);
  assert.equal(lastStep(state), 14);
});

test("play at the end begins anew, and stops at the end", () => {
  const playing = after({ type: "play" });
  assert.equal(stepOf(playing), 0);
  assert.ok(playing.playing);
  let state = playing;
  for (let i = 0; i < 14; i += 1) state = reduce(state, { type: "advance" });
  assert.equal(stepOf(state), 14);
  assert.ok(!state.playing);
  assert.equal(state.moved, 14);
});

test("play passes over what goes on within a box, and Next does not", () => {
  const traced = /** @type {const} */ ({ type: "traced", request: 1, trace: trace("turns") });
  const actions = /** @type {import("../../static/js/state.js").Action[]} */ ([traced, { type: "fold-all", open: false }, { type: "play" }]);
  let state = actions.reduce(reduce, initialState({ source: "" }));
  const last = lastStep(state);
  let halts = 0;
  for (; state.playing; halts += 1) state = reduce(state, { type: "advance" });
  assert.equal(stepOf(state), last);
  assert.ok(halts > 2 && halts < last / 2, `${halts} of ${last}`);
  const next = [{ type: "step", step: 3 }, { type: "next" }];
  assert.equal(stepOf(/** @type {import("../../static/js/state.js").Action[]} */ (next).reduce(reduce, state)), 4);
});

test("a step by hand pauses and stays within bounds", () => {
  assert.equal(stepOf(after({ type: "step", step: -3 })), 0);
  assert.equal(stepOf(after({ type: "step", step: 99 })), 14);
  assert.ok(!after({ type: "play" }, { type: "step", step: 4 }).playing);
});

test("an answer to an older question is dropped", () => {
  const state = after({ type: "edit", source: "y = x*x" });
  assert.equal(reduce(state, { type: "traced", request: 1, trace: trace("square") }), state);
  assert.equal(reduce(state, { type: "traced", request: 2, trace: trace("square") }).reading?.nodes.length, 2);
});

test("a wrong program keeps the last good drawing and the step", () => {
  const error = { code: "syntax_error", message: "no" };
  const state = after({ type: "step", step: 5 }, { type: "edit", source: "y = (" }, { type: "failed", request: 2, error });
  assert.equal(state.error, error);
  assert.equal(state.reading?.nodes.length, 7);
  assert.equal(stepOf(state), 5);
});

test("a program that was typed into another graph is shown whole, one with other numbers at its step", () => {
  const typed = after({ type: "step", step: 5 }, { type: "edit", source: "a = 2\nL = (a*b + c) * f" });
  assert.equal(stepOf(reduce(typed, { type: "traced", request: 2, trace: trace("chain") })), 5);
  const other = reduce({ ...typed, playing: true }, { type: "traced", request: 2, trace: trace("fan-out") });
  assert.deepEqual([other.step, other.playing], [null, false]);
});

test("a program that comes whole is shown at the step that it comes with, a branch that a number takes at the same", () => {
  const load = /** @type {const} */ ({ type: "load", source: "", inputs: {}, step: 3 });
  const loaded = after({ type: "step", step: 5 }, { type: "edit", source: "y" }, load);
  assert.equal(stepOf(reduce(loaded, { type: "traced", request: 3, trace: trace("fan-out") })), 3);
  const moved = after({ type: "step", step: 5 }, { type: "set", name: "a", value: 3 });
  assert.equal(stepOf(reduce(moved, { type: "traced", request: 2, trace: trace("fan-out") })), 5);
});

test("inputs that the program has no more are forgotten", () => {
  const state = after({ type: "set", name: "a", value: 5 }, { type: "set", name: "q", value: 1 },
    { type: "traced", request: 3, trace: trace("chain") });
  assert.deepEqual(state.inputs, { a: 5 });
});

test("the old state stays as it was", () => {
  const state = after();
  const copy = structuredClone({ ...state, reading: null });
  reduce(state, { type: "set", name: "a", value: 5 });
  reduce(state, { type: "step", step: 3 });
  assert.deepEqual({ ...state, reading: null }, copy);
});

test("keys step, jump and play", () => {
  const state = after({ type: "step", step: 5 });
  assert.deepEqual(keyAction("ArrowRight", state), { type: "next" });
  assert.deepEqual(keyAction("ArrowLeft", state), { type: "previous" });
  assert.deepEqual(keyAction("Home", state), { type: "step", step: 0 });
  assert.deepEqual(keyAction("End", state), { type: "step", step: 14 });
  assert.deepEqual(keyAction(" ", state), { type: "play" });
  assert.equal(keyAction("q", state), null);
  assert.equal(keyAction("g", state), null);
  assert.deepEqual(keyAction("g", { ...state, selected: "n0" }), { type: "visit", node: "n0" });
});

test("an edit of what a name is assigned means the program, another edit leaves what was set", () => {
  const before = initialState({ source: "a = 2\ny = a*x", inputs: { a: 5, x: 3 } });
  assert.deepEqual(reduce(before, { type: "edit", source: "a = 4\ny = a*x" }).inputs, { x: 3 });
  assert.deepEqual(reduce(before, { type: "edit", source: "a = 2\ny = a*x + 1" }).inputs, { a: 5, x: 3 });
  assert.deepEqual(reduce(before, { type: "edit", source: "x = 1\ny = x" }).inputs, {});
});

test("what was set can be taken back", () => {
  const before = initialState({ inputs: { a: 5, x: 3 } });
  const state = reduce(before, { type: "unset", name: "a" });
  assert.deepEqual(state.inputs, { x: 3 });
  assert.equal(state.request, before.request + 1);
});

test("what lit up stays lit only while it is the same value", () => {
  const state = after({ type: "hover", nodes: ["n0", "n2", "n6"] }, { type: "select", node: "n4" });
  const next = reduce({ ...state, request: 2 }, { type: "traced", request: 2, trace: trace("fan-out") });
  assert.deepEqual(next.hovered, ["n0"]);
  assert.equal(next.selected, null);
  const same = reduce({ ...state, request: 2 }, { type: "traced", request: 2, trace: trace("chain") });
  assert.deepEqual(same.hovered, ["n0", "n2", "n6"]);
  assert.equal(same.selected, "n4");
});

test("next and previous go by edge or by node, and stay within bounds", () => {
  const at8 = after({ type: "step", step: 8 });
  assert.equal(stepOf(reduce(at8, { type: "next" })), 9);
  assert.equal(stepOf(reduce(at8, { type: "previous" })), 7);
  const fan = reduce(
    initialState({ request: 1, pace: "node", step: 9 }),
    { type: "traced", request: 1, trace: trace("fan-out") },
  );
  const next = reduce(fan, { type: "next" });
  assert.equal(stepOf(next), 11);
  assert.equal(next.moved, fan.moved + 1);
  assert.equal(stepOf(reduce(fan, { type: "previous" })), 8);
  const end = after();
  assert.equal(reduce(end, { type: "next" }).moved, end.moved);
});

test("a node is visited where its gradient is complete, then where its value is computed", () => {
  const there = after({ type: "visit", node: "n2" });
  assert.deepEqual([stepOf(there), there.selected], [11, "n2"]);
  assert.equal(stepOf(reduce(there, { type: "visit", node: "n2" })), 3);
});

test("uses of a node are walked", () => {
  const there = after({ type: "use", node: "n0" });
  assert.deepEqual([stepOf(there), there.selected], [13, "n0"]);
});

test("an input is tried, measured, and set back", () => {
  const tried = after({ type: "try", name: "a" });
  assert.deepEqual(tried.inputs, { a: 2.01 });
  assert.equal(tried.request, 2);
  assert.ok(tried.trial && Math.abs(tried.trial.predicted - 0.06) < 1e-12);
  const answer = { ...trace("chain"), value: -7.94 };
  const measured = reduce(tried, { type: "traced", request: 2, trace: answer });
  assert.equal(measured.trial?.after, -7.94);
  const back = reduce(measured, { type: "undo" });
  assert.deepEqual([back.inputs, back.trial, back.request], [{}, null, 3]);
});

test("a trial is set back to what was set before it, and given up by another change", () => {
  const set = reduce(after({ type: "set", name: "b", value: 1 }), { type: "traced", request: 2, trace: trace("chain") });
  const tried = reduce(set, { type: "try", name: "b" });
  assert.deepEqual(reduce(tried, { type: "undo" }).inputs, { b: 1 });
  assert.equal(reduce(tried, { type: "set", name: "a", value: 1 }).trial, null);
});

test("a name that is no input cannot be tried", () => {
  const state = after();
  assert.equal(reduce(state, { type: "try", name: "L" }), state);
});

test("a move of an input is taken back as a whole, and not past an edit of the program", () => {
  const set = (/** @type {string} */ name, /** @type {number} */ value) => /** @type {const} */ ({ type: "set", name, value });
  const dragged = after(set("a", 3), set("a", 4), set("b", 1));
  const once = reduce(dragged, { type: "revert" });
  assert.deepEqual([once.inputs, once.request], [{ a: 4 }, dragged.request + 1]);
  const twice = reduce(once, { type: "revert" });
  assert.deepEqual(twice.inputs, {});
  assert.equal(reduce(twice, { type: "revert" }), twice);
  const edited = reduce(dragged, { type: "edit", source: "y = a*b" });
  assert.equal(reduce(edited, { type: "revert" }), edited);
});
