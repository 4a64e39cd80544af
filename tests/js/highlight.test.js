import assert from "node:assert/strict";
import { test } from "node:test";
import { litText } from "../../static/js/highlight.js";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

const chain = read(trace("chain"));
const { source } = chain.trace;

/** @param {number} step @param {string[]} [pointed] @param {string | null} [selected] */
const lit = (step, pointed = [], selected = null) =>
  litText(chain, source, step, pointed, selected).map(([start, end]) => source.slice(start, end));

test("a step lights the text of its operation, forward and backward", () => {
  const product = chain.nodes.findIndex(({ operation }) => operation === "multiply");
  assert.deepEqual(lit(product + 1), ["a*b"]);
  assert.deepEqual(lit(chain.forward + 1), lit(chain.forward));
  const backward = chain.steps.slice(chain.forward + 1, -1);
  assert.ok(backward.length > 0);
  backward.forEach((step, index) => {
    assert.ok(step.phase === "backward" && step.kind === "accumulate");
    const { span } = chain.byId.get(chain.edges.get(step.edge)?.target ?? "") ?? {};
    assert.ok(span);
    assert.deepEqual(lit(chain.forward + 2 + index), [source.slice(...span)]);
  });
});

test("nothing is under way before the first step and after the last", () => {
  assert.deepEqual(lit(0), []);
  assert.deepEqual(lit(chain.steps.length), []);
});

test("what is pointed at comes before what is chosen, and that before the step", () => {
  const [a, b] = chain.nodes;
  assert.deepEqual(lit(5, [], a.id), ["a"]);
  assert.deepEqual(lit(5, [b.id], a.id), ["b"]);
});

test("in a text that was not traced nothing is lit", () => {
  assert.deepEqual(litText(chain, `${source} `, 5, [], null), []);
});
