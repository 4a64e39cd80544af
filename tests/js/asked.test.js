import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleAt, lessonAt, unknownAt } from "../../static/js/asked.js";

const ALL = /** @type {any[]} */ ([{ id: "slope" }, { id: "kink" }]);

test("an address names a lesson, an example, or nothing", () => {
  assert.equal(lessonAt(ALL, "?lesson=slope")?.id, "slope");
  assert.equal(exampleAt(ALL, "?lang=fr&example=kink")?.id, "kink");
  assert.equal(lessonAt(ALL, "?example=slope"), null);
  assert.equal(unknownAt(ALL, "lesson", ""), null);
});

test("what there is not is named, and never at length", () => {
  assert.equal(unknownAt(ALL, "lesson", "?lesson=slope"), null);
  assert.equal(unknownAt(ALL, "lesson", "?lesson=nonsense"), "nonsense");
  assert.equal(unknownAt(ALL, "example", `?example=${"x".repeat(500)}`)?.length, 40);
});
