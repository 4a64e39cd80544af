import assert from "node:assert/strict";
import { test } from "node:test";
import { movableOf, writtenOf } from "../../static/js/subject.js";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

/** @param {string} program */
function moves(program) {
  const reading = read(trace(program));
  return { itself: writtenOf(reading), movable: movableOf(reading).map(({ name }) => name) };
}

test("what a program moves itself cannot be moved, the inputs beside it can", () => {
  assert.deepEqual(moves("moved-in-part"), { itself: ["w"], movable: ["v"] });
});

test("what is written after it was used has its gradient where it begins", () => {
  assert.deepEqual(moves("moved-after"), { itself: [], movable: ["w"] });
});

test("a training loop moves all that could be moved: its rate reaches none of them", () => {
  assert.deepEqual(moves("lesson-descent-begin"), { itself: ["w", "b"], movable: [] });
});

test("a program that writes nothing can be moved in each of its inputs", () => {
  assert.deepEqual(moves("chain"), { itself: [], movable: ["a", "b", "c", "f"] });
});
