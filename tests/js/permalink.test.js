import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHash, toHash } from "../../static/js/permalink.js";

const LINKED = {
  source: "# 100% é&=#\nL = (a*b + c) * f\n",
  inputs: { a: 2.5, "n[0][0].w[1]": -1e-7, β: 3 },
  output: "L",
  step: 12,
  direction: /** @type {const} */ ("TB"),
  pace: /** @type {const} */ ("node"),
};

test("a link brings back what the sender saw", () => {
  assert.deepEqual(fromHash(toHash(LINKED)), LINKED);
});

test("the end is no number, so that a longer program still shows its end", () => {
  const linked = { ...LINKED, step: null, output: null, direction: null, pace: null };
  assert.deepEqual(fromHash(toHash(linked)), linked);
});

test("an address without a program is none of ours", () => {
  assert.equal(fromHash(""), null);
  assert.equal(fromHash("#graph-area"), null);
});

test("nonsense in an address is left out", () => {
  const linked = fromHash("#source=y&set=a%3Dtwo&set=b&set=c%3D1e999&step=-4&direction=up&steps=two");
  assert.deepEqual(linked, {
    source: "y", inputs: {}, output: null, step: null, direction: null, pace: null,
  });
});
