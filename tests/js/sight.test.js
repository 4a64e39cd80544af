import assert from "node:assert/strict";
import { test } from "node:test";
import { AS_FITS, drawnOf } from "../../static/js/fold.js";
import { layered } from "../../static/js/layers.js";
import { extent, inSight } from "../../static/js/sight.js";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

const { layout } = layered(drawnOf(read(trace("network")), AS_FITS), "LR");

test("all of a drawing is in sight in a window that holds it", () => {
  const sight = inSight(layout, { x: 0, y: 0, width: layout.width, height: layout.height });
  assert.deepEqual([...sight.cards], [...layout.boxes.keys()]);
  assert.deepEqual([...sight.wires], [...layout.routes.keys()]);
});

test("what is far from the window is out of sight, with its wires; what touches it is not", () => {
  const [last] = [...layout.boxes.values()].sort((a, b) => b.x - a.x);
  const sight = inSight(layout, { x: last.x + last.width - 1, y: last.y, width: 500, height: 100 });
  assert.ok(sight.cards.has(last.id));
  assert.ok(sight.cards.size < layout.boxes.size / 2);
  for (const index of sight.wires) {
    const bounds = layout.routes.get(index)?.bounds;
    assert.ok(bounds && bounds.x + bounds.width > last.x - 200);
  }
  assert.equal(inSight(layout, { x: -5000, y: 0, width: 900, height: 900 }).cards.size, 0);
});

test("the sign of an operation belongs to its card", () => {
  const box = [...layout.boxes.values()].find(({ x, cx }) => cx < x);
  assert.ok(box);
  assert.equal(extent(box).x, box.cx - 16);
});
