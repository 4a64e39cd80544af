import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAt } from "../../static/js/frame.js";
import { fromGraphviz, toDot } from "../../static/js/layout.js";
import { sceneOf } from "../../static/js/scene.js";
import { read } from "../../static/js/trace.js";
import { instance } from "../../static/vendor/viz.js";
import { t, trace } from "./traces.js";

const graphviz = await instance();
const glyphs = new Map([["multiply", "×"], ["add", "+"]]);

/** @param {string} name @param {number} step @param {Set<string>} [lit] */
function scene(name, step, lit = new Set()) {
  const reading = read(trace(name));
  const layout = fromGraphviz(graphviz.renderJSON(toDot(reading, "LR")), reading, "LR");
  return sceneOf(reading, layout, frameAt(reading, step), { lit, chosen: new Set(), selected: null }, glyphs, t);
}

/** @param {ReturnType<typeof scene>} drawn @param {string} id */
const card = (drawn, id) => drawn.cards.find((one) => one.id === id);

test("a card is empty until its value is reached", () => {
  assert.equal(card(scene("chain", 2), "n2")?.value, "");
  assert.equal(card(scene("chain", 3), "n2")?.value, "-6");
  assert.equal(card(scene("chain", 7), "n2")?.grad, "");
});

test("a card says name, value and gradient to a screen reader", () => {
  const text = card(scene("chain", 14), "n6")?.text ?? "";
  assert.match(text, /^L: /);
  assert.match(text, /"value":"-8"/);
  assert.match(text, /"grad":"1"/);
  assert.match(card(scene("chain", 0), "n6")?.text ?? "", /value\.unknown.*grad\.unknown/);
});

test("the arithmetic of the current contribution stands on its edge, the results of others too", () => {
  const drawn = scene("chain", 13);
  const active = drawn.tags.filter((tag) => tag.active);
  assert.deepEqual(active.map(({ text }) => text), ["(-2) · (-3) = 6"]);
  assert.equal(drawn.tags.length, 5);
  assert.equal(drawn.tags.at(-1), active[0]);
});

test("a wire is as wide as what it carries weighs", () => {
  const wires = new Map(scene("chain", 14).wires.map((wire) => [wire.index, wire]));
  assert.ok((wires.get(0)?.width ?? 0) > (wires.get(2)?.width ?? 0));
  assert.equal(wires.get(0)?.sign, "positive");
  assert.equal(wires.get(1)?.sign, "negative");
});

test("what is not lit steps back", () => {
  const drawn = scene("chain", 14, new Set(["n0", "n2"]));
  assert.ok(card(drawn, "n5")?.dimmed);
  assert.ok(!card(drawn, "n0")?.dimmed);
  assert.ok(drawn.wires.find(({ index }) => index === 0)?.lit);
});

test("warnings wait until the value is there", () => {
  assert.deepEqual(card(scene("dead", 1), "n4")?.warnings, []);
  assert.match(card(scene("dead", 2), "n4")?.warnings[0] ?? "", /minus infinity/);
});
