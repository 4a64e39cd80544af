import assert from "node:assert/strict";
import { test } from "node:test";
import { initialState, reduce } from "../../static/js/state.js";
import { fulfilled } from "../../static/js/task.js";
import { trace } from "./traces.js";

/** @typedef {import("../../static/js/course.js").Lesson} Lesson */

/** @type {Lesson[]} */
const lessons = trace("lessons").lessons;

/** @param {Lesson} lesson @param {"begin" | "solution"} moment */
function stateOf(lesson, moment) {
  const { source, inputs, step } = lesson[moment];
  const answer = trace(`lesson-${lesson.id}-${moment}`);
  const asked = initialState({ source, inputs, step });
  return reduce(asked, { type: "traced", request: asked.request, trace: answer });
}

test("the course has ten lessons", () => assert.equal(lessons.length, 10));

for (const lesson of lessons) {
  test(`${lesson.id}: its task is not done where it begins`, () => {
    assert.equal(fulfilled(lesson.conditions, stateOf(lesson, "begin")), false);
  });
  test(`${lesson.id}: its task is done by its solution`, () => {
    assert.equal(fulfilled(lesson.conditions, stateOf(lesson, "solution")), true);
  });
  test(`${lesson.id}: the edge that is shown at the end adds something`, () => {
    const last = stateOf(lesson, "begin").reading?.steps.at(-1);
    assert.ok(last?.phase === "backward" && last.kind === "accumulate" && Number(last.contribution) !== 0);
  });
  test(`${lesson.id}: nothing is done while an answer is awaited`, () => {
    const state = stateOf(lesson, "solution");
    assert.equal(fulfilled(lesson.conditions, { ...state, request: state.request + 1 }), false);
    assert.equal(fulfilled(lesson.conditions, { ...state, source: `${state.source}\n` }), false);
  });
}

test("a moment is one step, not what comes after it", () => {
  const lesson = lessons.find(({ id }) => id === "used-twice");
  assert.ok(lesson);
  const state = stateOf(lesson, "solution");
  const done = [];
  for (let step = 0; step <= (state.reading?.steps.length ?? 0); step += 1) {
    if (fulfilled(lesson.conditions, { ...state, step })) done.push(step);
  }
  assert.deepEqual(done, [lesson.solution.step]);
});

test("half of a task is no task done", () => {
  const lesson = lessons.find(({ id }) => id === "zero-grad");
  assert.ok(lesson);
  const state = stateOf(lesson, "solution");
  const once = { ...state, reading: state.reading && {
    ...state.reading, trace: { ...state.reading.trace, history: [] },
  } };
  assert.equal(fulfilled(lesson.conditions, once), false);
});

test("a moment is reached by who steps from node to node, too", () => {
  for (const lesson of lessons.filter(({ conditions }) => conditions.some(({ kind }) => kind === "moment"))) {
    let state = reduce(stateOf(lesson, "begin"), { type: "pace", pace: "node" });
    const done = [];
    for (let turn = 0; turn < 20; turn += 1) {
      state = reduce(state, { type: "next" });
      done.push(fulfilled(lesson.conditions, state));
    }
    assert.equal(done.filter(Boolean).length, 1, lesson.id);
  }
});
