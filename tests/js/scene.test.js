import assert from "node:assert/strict";
import { test } from "node:test";
import { AS_FITS, drawnOf } from "../../static/js/fold.js";
import { frameAt } from "../../static/js/frame.js";
import { equality } from "../../static/js/format.js";
import { highlightOf } from "../../static/js/highlight.js";
import { fromGraphviz, toDot } from "../../static/js/layout.js";
import { sceneOf } from "../../static/js/scene.js";
import { roomOf } from "../../static/js/tags.js";
import { read, warningsBy } from "../../static/js/trace.js";
import { instance } from "../../static/vendor/viz.js";
import { t, trace } from "./traces.js";

const graphviz = await instance();
const glyphs = new Map([["multiply", "×"], ["add", "+"]]);

/** @param {string} name @param {import("../../static/js/fold.js").Folds} [folds] */
function laidOut(name, folds = AS_FITS) {
  const reading = read(trace(name));
  const drawn = drawnOf(reading, folds);
  const layout = fromGraphviz(graphviz.renderJSON(toDot(drawn, "LR")), drawn, "LR");
  return { reading, drawn, layout };
}

/** @param {string} name @param {number} step @param {{hovered?: string[], selected?: string,
 *   folds?: import("../../static/js/fold.js").Folds}} [how] */
function scene(name, step, { hovered = [], selected, folds } = {}) {
  const { reading, drawn, layout } = laidOut(name, folds);
  const highlight = highlightOf(reading, drawn, hovered, selected ?? null);
  return sceneOf(reading, layout, frameAt(reading, step), highlight, glyphs, t);
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
});

test("the arithmetic of the current contribution covers neither cards nor other numbers", () => {
  for (const name of ["chain", "fan-out", "readme"]) {
    const { reading, layout } = laidOut(name);
    for (let step = 0; step <= reading.steps.length; step += 1) {
      const { tags, cards } = scene(name, step);
      const quiet = tags.filter((tag) => !tag.active).map(roomOf);
      for (const room of tags.filter((tag) => tag.active).map(roomOf)) {
        assert.ok(room.x >= -20 && room.x + room.width <= layout.width + 20);
        for (const { x, y, width, height } of [...cards, ...quiet]) {
          const apart = x >= room.x + room.width || x + width <= room.x || y >= room.y + room.height || y + height <= room.y;
          assert.ok(apart, `${name} at ${step}`);
        }
      }
    }
  }
});

test("the line from the arithmetic to its wire crosses no card and no other number", () => {
  for (const name of ["chain", "fan-out", "lesson-neuron-begin", "lesson-breaks-begin"]) {
    const { reading } = laidOut(name);
    for (let step = reading.forward + 1; step <= reading.steps.length; step += 1) {
      const { tags, cards } = scene(name, step);
      const [own] = tags.filter((tag) => tag.active && tag.lead);
      if (!own) continue;
      const [x, y] = own.lead.slice(own.lead.indexOf("L") + 1).split(",").map(Number);
      const things = [...cards, ...tags.filter((tag) => tag !== own).map(roomOf)];
      for (let part = 0; part <= 1; part += 0.02) {
        const place = { x: own.x + part * x, y: own.y + part * y };
        const crossed = things.find((thing) => place.x > thing.x && place.x < thing.x + thing.width && place.y > thing.y && place.y < thing.y + thing.height);
        assert.equal(crossed, undefined, `${name} at ${step}`);
      }
    }
  }
});

test("numbers on wires that are seen from afar grow, but not over the letters of others", () => {
  let grown = 0;
  for (const name of ["chain", "fan-out", "readme", "network"]) {
    const { reading } = laidOut(name);
    const quiet = scene(name, reading.steps.length).tags.filter((tag) => !tag.active);
    grown += quiet.filter(({ grow }) => grow > 1.3).length;
    for (const tag of quiet) {
      for (const other of quiet.filter((one) => one !== tag)) {
        const [a, b] = [roomOf(tag), roomOf(other)];
        const apart = a.x >= b.x + b.width || b.x >= a.x + a.width || Math.abs(tag.y - other.y) >= 9 * tag.grow + 5 * other.grow;
        assert.ok(apart || tag.grow === 1, `${name}: ${tag.text}, ${other.text}`);
      }
    }
  }
  assert.ok(grown > 8);
});

test("the arithmetic of the current contribution lies within the drawing, over the name of no group", () => {
  const folds = /** @type {const} */ ({ base: "open", open: [], shut: [] });
  for (const name of ["chain", "network", "called-twice", "two-calls", "lesson-descent-begin"]) {
    const { reading, layout } = laidOut(name, folds);
    for (let step = reading.forward + 1; step <= reading.steps.length; step += 1) {
      const { tags, frames } = scene(name, step, { folds });
      for (const room of tags.filter((tag) => tag.active).map(roomOf)) {
        assert.ok(room.y >= -20 && room.y + room.height <= layout.height + 20, `${name} at ${step}`);
        for (const { x, y, name: title } of frames) {
          const width = (title.length + 2) * 7.2 + 18;
          const apart = x + width <= room.x || room.x + room.width <= x || y + 27 <= room.y || room.y + room.height <= y;
          assert.ok(apart, `${name} at ${step}, ${title}`);
        }
      }
    }
  }
});

test("a wire is as wide as what it carries weighs", () => {
  const wires = new Map(scene("chain", 14).wires.map((wire) => [wire.index, wire]));
  assert.ok((wires.get(0)?.width ?? 0) > (wires.get(2)?.width ?? 0));
  assert.equal(wires.get(0)?.sign, "positive");
  assert.equal(wires.get(1)?.sign, "negative");
});

test("what is not lit steps back", () => {
  const drawn = scene("chain", 14, { hovered: ["n0"] });
  assert.ok(card(drawn, "n5")?.dimmed);
  assert.ok(!card(drawn, "n0")?.dimmed);
  assert.ok(drawn.wires.find(({ index }) => index === 0)?.lit);
});

test("a warning of the gradient waits until that is there, in whatever language it is", () => {
  const { forward, trace: { nodes } } = laidOut("steep").reading;
  assert.equal(nodes[0].warnings.length, 1);
  assert.deepEqual(card(scene("steep", forward), "n0")?.warnings, []);
  assert.equal(card(scene("steep", forward + 3), "n0")?.warnings.length, 1);
  const spoken = { ...nodes[0], warnings: ["le gradient n’est pas fini"] };
  assert.deepEqual(warningsBy(spoken, false), []);
  assert.deepEqual(warningsBy(spoken, true), spoken.warnings);
  assert.equal(warningsBy(nodes[1], false).length, 1); // why the slope is steep is told with the value
});

test("a product of rounded numbers is only nearly what is written beside it", () => {
  assert.equal(equality(1, -2), "=");
  assert.equal(equality(0.000236, 2), "≈"); // 0.0002 · 2 is not 0.0005
  assert.equal(equality(1 / 3, 3), "≈");
  assert.equal(equality(Infinity, 2), "=");
  assert.equal(equality(0, NaN), "=");
});

test("warnings wait until the value is there", () => {
  assert.deepEqual(card(scene("dead", 1), "n4")?.warnings, []);
  assert.match(card(scene("dead", 2), "n4")?.warnings[0] ?? "", /minus infinity/);
});

test("what a chosen value depends on, and what depends on it, can be told apart", () => {
  const drawn = scene("chain", 14, { selected: "n2" });
  const relations = Object.fromEntries(drawn.cards.map(({ id, relation }) => [id, relation]));
  assert.deepEqual([relations.n0, relations.n1, relations.n2], ["ancestor", "ancestor", ""]);
  assert.deepEqual([relations.n4, relations.n6], ["descendant", "descendant"]);
  assert.ok(card(drawn, "n3")?.dimmed);
});

test("a card says what it is made of, in words", () => {
  assert.match(card(scene("chain", 14), "n2")?.made ?? "", /"operation":"multiply","operands":"a, b"/);
  assert.equal(card(scene("chain", 14), "n0")?.made, "");
});

for (const folds of [AS_FITS, /** @type {const} */ ({ base: "shut", open: [], shut: [] })]) {
  test(`a scene made from the last one is the scene made anew, groups ${folds.base}`, () => {
    const { reading, drawn, layout } = laidOut("network", folds);
    const highlight = highlightOf(reading, drawn, [], null);
    const steps = [...Array(reading.steps.length + 1).keys()];
    let last = null;
    for (const step of [...steps, ...steps.reverse(), 5, 20, 7]) {
      const frame = frameAt(reading, step);
      const from = sceneOf(reading, layout, frame, highlight, glyphs, t, last);
      const anew = sceneOf(reading, layout, frame, highlight, glyphs, t);
      assert.deepEqual([from.cards, from.wires, from.tags, from.frames], [anew.cards, anew.wires, anew.tags, anew.frames]);
      last = from;
    }
  });
}

test("what a step does not touch is the same object as before", () => {
  const { reading, drawn, layout } = laidOut("chain");
  const highlight = highlightOf(reading, drawn, [], null);
  const first = sceneOf(reading, layout, frameAt(reading, 2), highlight, glyphs, t);
  const next = sceneOf(reading, layout, frameAt(reading, 3), highlight, glyphs, t, first);
  const kept = next.cards.filter((one, at) => one === first.cards[at]).map(({ id }) => id);
  assert.deepEqual(kept, ["n0", "n3", "n4", "n5", "n6"]);
});

test("a folded group shows the value of its result, and says which of its values is meant", () => {
  const folds = /** @type {const} */ ({ base: "shut", open: [], shut: [] });
  const { reading } = laidOut("network", folds);
  const step = reading.steps.findIndex(({ node }) => reading.byId.get(node)?.operation === "add") + 1;
  const box = scene("network", step, { folds }).cards.find(({ kind }) => kind === "group");
  assert.ok(box?.active);
  assert.match(box?.doing ?? "", /group.doing.forward/);
  const end = scene("network", reading.steps.length, { folds }).cards.find(({ kind }) => kind === "group");
  assert.ok(end?.value && end.grad);
});

/** Draws a step within a folded group, with all numbers of wires where that is said.
 * @param {number} below how far under the group another card begins */
function crowded(below) {
  const { reading, drawn, layout } = laidOut("network", { base: "shut", open: [], shut: [] });
  const group = drawn.nodes.find(({ kind }) => kind === "group");
  const box = layout.boxes.get(group?.id ?? "");
  assert.ok(box);
  layout.boxes.clear();
  for (const one of [box, { ...box, id: "under", y: box.y + box.height + below }]) layout.boxes.set(one.id, one);
  const place = { x: box.x + box.width / 2, y: box.y + box.height + 10 };
  for (const route of layout.routes.values()) Object.assign(route, { middle: place, roomy: true });
  const step = reading.steps.findLastIndex(({ phase, node }) => phase === "backward" && drawn.shown.get(node) === box.id) + 1;
  const highlight = highlightOf(reading, drawn, [], null);
  const { cards, tags } = sceneOf(reading, layout, frameAt(reading, step), highlight, glyphs, t);
  assert.ok(cards.find(({ kind }) => kind === "group")?.doing);
  return { place, still: tags.filter(({ active }) => !active) };
}

test("no number on a wire lies under what is said of a folded group", () => {
  const { still, place } = crowded(200);
  assert.ok(still.length);
  for (const { y } of still) assert.ok(Math.abs(y - place.y) >= 19, `${y} beside ${place.y}`);
});

test("a number that finds no room beside what is said is left out, rather than over a card", () => {
  assert.deepEqual(crowded(24).still, []);
});
