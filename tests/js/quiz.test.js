import assert from "node:assert/strict";
import { test } from "node:test";
import { asked } from "../../static/js/questions.js";
import { question, readNumber } from "../../static/js/quiz.js";
import { initialState, reduce, stepOf } from "../../static/js/state.js";
import { operations, t, trace } from "./traces.js";

/** @param {string} program @param {number | null} step */
const predicting = (program, step = null) =>
  reduce(
    reduce(initialState({ step }), { type: "traced", request: 1, trace: trace(program) }),
    { type: "predict", on: true },
  );

/** @param {import("../../static/js/state.js").State} state @param {string} text */
const answer = (state, text) => reduce(state, { type: "answer", text });

test("numbers are read as people write them", () => {
  const written = { " -6 ": -6, "−6": -6, "0,5": 0.5, ".5": 0.5, "1/3": 1 / 3, "-1,5/2": -0.75, "2e-3": 0.002 };
  for (const [text, value] of Object.entries(written)) assert.equal(readNumber(text), value, text);
  assert.equal(readNumber("inf"), Infinity);
  assert.equal(readNumber("-∞"), -Infinity);
  assert.ok(Number.isNaN(readNumber("nan")));
  for (const text of ["", "a", "1/2/3", "1/", "1 2", "--1", "1.2.3"]) assert.equal(readNumber(text), null, text);
});

test("who stands at the end is asked from the seed on", () => {
  const state = predicting("chain");
  assert.equal(stepOf(state), 8);
  assert.equal(question(state, 8)?.contribution, -2);
});

test("who stands in the forward pass is asked from the seed on", () => {
  for (const step of [0, 3, 7]) assert.equal(stepOf(predicting("chain", step)), 8, `${step}`);
  assert.equal(stepOf(predicting("chain", 10)), 10);
});

test("nothing is asked during the forward pass, and playing stops where something is", () => {
  const state = reduce(predicting("chain"), { type: "step", step: 6 });
  assert.equal(question(state, stepOf(state)), null);
  assert.equal(asked(state, operations, t)?.asking, false);
  let playing = reduce(state, { type: "play" });
  playing = reduce(playing, { type: "advance" });
  assert.ok(playing.playing);
  playing = reduce(playing, { type: "advance" });
  assert.equal(stepOf(playing), 8);
  assert.ok(!playing.playing);
});

test("a question waits until it is answered or skipped", () => {
  const state = predicting("chain");
  for (const type of /** @type {const} */ (["next", "play", "advance"])) {
    const held = reduce(state, { type });
    assert.equal(stepOf(held), 8, type);
    assert.ok(!held.playing);
    assert.match(asked(held, operations, t)?.verdict ?? "", /^quiz.held/);
  }
  const skipped = reduce(reduce(state, { type: "next" }), { type: "skip" });
  assert.equal(stepOf(skipped), 9);
  assert.equal(asked(skipped, operations, t)?.verdict, "");
  assert.equal(asked(skipped, operations, t)?.score, "");
  assert.equal(stepOf(reduce(state, { type: "step", step: 11 })), 11);
});

test("a right prediction takes the step and counts", () => {
  const state = answer(predicting("chain"), "-2");
  assert.equal(stepOf(state), 9);
  assert.equal(state.moved, 1);
  const said = asked(state, operations, t);
  assert.equal(said?.right, true);
  assert.match(said?.verdict ?? "", /^quiz.right .*1 · \(−2\) = −2/);
  assert.equal(said?.score, 'quiz.score {"right":1,"asked":1}');
});

test("a wrong prediction has a second try, before which nothing is told or counted", () => {
  const state = answer(predicting("chain"), "2");
  assert.equal(stepOf(state), 8);
  const said = asked(state, operations, t);
  assert.deepEqual([said?.asking, said?.right, said?.score], [true, false, ""]);
  assert.equal(said?.verdict, 'quiz.again {"given":"2"}');
  const right = answer(state, "-2");
  assert.equal(asked(right, operations, t)?.score, 'quiz.score {"right":1,"asked":1}');
  assert.equal(stepOf(answer(answer(right, "9"), "9")), 10);
});

test("who is led to the first question is told why", () => {
  for (const step of [null, 3]) {
    assert.equal(asked(predicting("chain", step), operations, t)?.verdict, "quiz.begun {}");
  }
  assert.equal(asked(predicting("chain", 9), operations, t)?.verdict, "");
});

test("a second wrong prediction takes the step, too, and is told the rule with its numbers", () => {
  const state = answer(answer(predicting("chain"), "3"), "2");
  assert.equal(stepOf(state), 9);
  const said = asked(state, operations, t);
  assert.equal(said?.right, false);
  assert.match(said?.verdict ?? "", /^quiz.wrong .*"given":"2","target":"L","upstream":"1","product":"1 · \(−2\) = −2"/);
  assert.equal(said?.score, 'quiz.score {"right":0,"asked":1}');
});

test("what cannot be read is not judged", () => {
  const state = answer(predicting("chain"), "six");
  assert.equal(stepOf(state), 8);
  assert.match(asked(state, operations, t)?.verdict ?? "", /^quiz.unread/);
  assert.equal(asked(state, operations, t)?.score, "");
  assert.equal(asked(reduce(state, { type: "skip" }), operations, t)?.verdict, "");
});

test("rounding is forgiven, a wrong sign is not", () => {
  const seeded = predicting("readme");
  const step = question(seeded, stepOf(seeded));
  assert.ok(step);
  const value = Number(step.contribution);
  const judged = (/** @type {number} */ given) => answer(seeded, String(given)).quiz?.right;
  assert.equal(judged(Number(value.toPrecision(3))), 1);
  assert.equal(judged(-value), 0);
  assert.equal(judged(value * 1.1), 0);
});

test("a verdict is gone with its step, and the quiz with its switch", () => {
  const state = answer(predicting("chain"), "-2");
  assert.equal(asked(reduce(state, { type: "skip" }), operations, t)?.verdict, "");
  assert.equal(asked(reduce(state, { type: "predict", on: false }), operations, t), null);
  const traced = reduce(state, { type: "traced", request: 1, trace: trace("chain") });
  assert.equal(asked(traced, operations, t)?.verdict, "");
  assert.notEqual(asked(traced, operations, t)?.score, "");
});

test("a question shows symbols alone", () => {
  const pieces = asked(predicting("chain"), operations, t)?.pieces ?? [];
  assert.ok(pieces.length);
  assert.ok(!pieces.some(({ latex }) => /\d/.test(latex.replace("|_{", ""))), JSON.stringify(pieces));
});
