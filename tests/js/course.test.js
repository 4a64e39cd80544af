import assert from "node:assert/strict";
import { test } from "node:test";
import { courseFrom, left, opened, toKeep, undone, withDone } from "../../static/js/course.js";
import { paragraphs, pieces } from "../../static/js/markup.js";
import katex from "../../static/vendor/katex.js";
import { trace } from "./traces.js";

const mine = { source: "y = x", inputs: { x: 2 }, step: null };
const theirs = { source: "z = 1", inputs: {}, step: 3 };

test("the person's program waits while lessons are read, and is given back once", () => {
  const first = opened(courseFrom(null, null), "slope", mine);
  const second = opened(first, "forward", theirs);
  assert.deepEqual(second.own, mine);
  assert.deepEqual(opened({ ...second, lesson: null }, "neuron", theirs).own, mine);
  const gone = left(second);
  assert.deepEqual([gone.own, gone.lesson, gone.open], [null, null, false]);
  assert.deepEqual(opened(gone, "slope", theirs).own, theirs);
});

test("what is done is remembered, once each", () => {
  const course = withDone(withDone(withDone(courseFrom(null, null), "a"), "b"), "a");
  assert.deepEqual(courseFrom("b", toKeep(course)).done, ["a", "b"]);
  assert.deepEqual(undone(course, "a").done, ["b"]);
});

test("what cannot be read is as good as nothing", () => {
  for (const kept of ["", "{", "null", '{"done": 3, "own": {"source": 4}}']) {
    const { done, own } = courseFrom(null, kept);
    assert.deepEqual([done, own], [[], null]);
  }
});

test("a text becomes paragraphs of pieces", () => {
  assert.deepEqual(paragraphs("One *new* `x`\nline.\n\n$$a$$\n"), [
    [
      { kind: "plain", text: "One " },
      { kind: "stress", text: "new" },
      { kind: "plain", text: " " },
      { kind: "code", text: "x" },
      { kind: "plain", text: "\nline." },
    ],
    [{ kind: "display", text: "a" }],
  ]);
  assert.deepEqual(pieces("2 * 3 * 4"), [{ kind: "plain", text: "2 * 3 * 4" }]);
});

for (const name of ["lessons", "lessons-fr"]) {
  test(`KaTeX can set every formula of ${name}, and no mark is left over`, () => {
    for (const lesson of trace(name).lessons) {
      const answers = lesson.questions.map((/** @type {{answer: string}} */ { answer }) => answer);
      for (const text of [lesson.text, lesson.task, ...answers]) {
        for (const piece of paragraphs(text).flat()) {
          if (piece.kind === "formula" || piece.kind === "display") {
            katex.renderToString(piece.text, { throwOnError: true, strict: false });
          } else if (piece.kind === "plain") assert.doesNotMatch(piece.text, /[$`\\]/);
        }
      }
    }
  });
}
