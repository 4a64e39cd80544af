import assert from "node:assert/strict";
import { test } from "node:test";
import { AS_FITS, drawnOf } from "../../static/js/fold.js";
import { ancestors, descendants } from "../../static/js/highlight.js";
import { layered } from "../../static/js/layers.js";
import { said } from "../../static/js/said.js";
import { search } from "../../static/js/search.js";
import { read } from "../../static/js/trace.js";
import { walk } from "../../static/js/walk.js";
import { t, trace } from "./traces.js";

const chain = read(trace("chain"));

/** @param {"LR" | "TB"} direction */
const laidOut = (direction) => layered(drawnOf(chain, AS_FITS), direction).layout;

test("arrows lead along the edges: from operands to results and back", () => {
  const layout = laidOut("LR");
  assert.equal(walk(layout, "n0", "ArrowRight"), "n2");
  assert.equal(walk(layout, "n2", "ArrowRight"), "n4");
  assert.ok(["n0", "n1"].includes(walk(layout, "n2", "ArrowLeft") ?? ""));
  assert.equal(walk(layout, "n6", "ArrowRight"), "n6");
});

test("in a drawing from top to bottom the arrows are turned with it", () => {
  const layout = laidOut("TB");
  assert.equal(walk(layout, "n0", "ArrowDown"), "n2");
  assert.ok(["n0", "n1"].includes(walk(layout, "n2", "ArrowUp") ?? ""));
});

test("the other arrows lead to what stands beside", () => {
  const layout = laidOut("LR");
  assert.equal(walk(layout, "n0", "ArrowDown"), "n1");
  assert.equal(walk(layout, "n1", "ArrowUp"), "n0");
  assert.equal(walk(layout, "n0", "ArrowUp"), "n0");
});

test("Home and End lead to the first and the last, other keys nowhere", () => {
  const layout = laidOut("LR");
  assert.equal(walk(layout, "n4", "Home"), "n0");
  assert.equal(walk(layout, "n0", "End"), "n6");
  assert.equal(walk(layout, "n0", "x"), null);
});

test("a search finds names before expressions that hold them", () => {
  const found = search(chain, "a").nodes.map(({ label }) => label);
  assert.equal(found[0], "a");
  assert.ok(found.includes("a*b"));
  assert.equal(search(chain, " A * B ").nodes[0].label, "a*b");
  assert.deepEqual(search(chain, "nowhere"), { nodes: [], count: 0 });
  assert.deepEqual(search(chain, "  "), { nodes: [], count: 0 });
});

test("a search finds versions by their number", () => {
  const reading = read(trace("row"));
  assert.equal(search(reading, "s20").nodes[0].label, "s₂₀");
});

test("what a value depends on, and what depends on it, excludes itself", () => {
  assert.deepEqual([...ancestors(chain, "n4")].sort(), ["n0", "n1", "n2", "n3"]);
  assert.deepEqual([...descendants(chain, "n2")].sort(), ["n4", "n6"]);
  assert.deepEqual([...descendants(chain, "n6")], []);
});

test("each step is one sentence", () => {
  assert.match(said(chain, null, t), /^said.beginning/);
  assert.equal(said(chain, chain.steps[0], t), 'said.forward {"name":"a","value":"2"}');
  assert.equal(said(chain, chain.steps[7], t), 'said.seed {"name":"L","grad":"1"}');
  const text = 'said.backward {"name":"b","target":"a*b","contribution":"−4","grad":"−4"}';
  assert.equal(said(chain, chain.steps[13], t), text);
});
