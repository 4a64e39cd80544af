import assert from "node:assert/strict";
import { test } from "node:test";
import { AS_FITS, drawnOf } from "../../static/js/fold.js";
import { cardSize, fromGraphviz, signOf, toDot } from "../../static/js/layout.js";
import { read } from "../../static/js/trace.js";
import { layered } from "../../static/js/layers.js";
import { instance } from "../../static/vendor/viz.js";
import { trace } from "./traces.js";

const graphviz = await instance();

/** @param {string} name @param {"LR" | "TB"} direction */
function laidOut(name, direction) {
  const reading = read(trace(name));
  const drawn = drawnOf(reading, AS_FITS);
  return { reading, layout: fromGraphviz(graphviz.renderJSON(toDot(drawn, direction)), drawn, direction) };
}

for (const name of ["chain", "square", "fan-out", "readme", "network"]) {
  for (const direction of /** @type {const} */ (["LR", "TB"])) {
    test(`no two cards of ${name} overlap, ${direction}, and every edge has a route`, () => {
      const { reading, layout } = laidOut(name, direction);
      assert.equal(layout.boxes.size, reading.nodes.length);
      assert.deepEqual([...layout.routes.keys()].sort(), [...reading.edges.keys()].sort());
      const boxes = [...layout.boxes.values()];
      boxes.forEach((a, i) => {
        assert.ok(a.x >= -1 && a.y >= -1 && a.x + a.width <= layout.width + 1);
        for (const b of boxes.slice(i + 1)) {
          const apart =
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          assert.ok(apart, `${a.id} and ${b.id}`);
        }
      });
      for (const { path } of layout.routes.values()) assert.match(path, /^M[^N]+$/);
    });
  }
}

test("a sign stands before its card and beside nothing else; a word has more room than a symbol", () => {
  for (const direction of /** @type {const} */ (["LR", "TB"])) {
    const { layout } = laidOut("chain", direction);
    for (const box of [...layout.boxes.values()].filter(({ id }) => layout.drawn.byId.get(id)?.operation)) {
      const [symbol, word] = ["×", "tanh"].map((glyph) => signOf(glyph, box));
      assert.deepEqual([symbol.width, symbol.height], [32, 32]);
      assert.ok(word.width > 40 && word.width <= box.width);
      for (const { x, y, width, height } of [symbol, word]) {
        assert.ok(direction === "LR" ? x + width < box.x : y + height < box.y);
        assert.ok(direction === "LR" ? y > box.y && y + height < box.y + box.height : x >= box.x && x + width <= box.x + box.width);
      }
      assert.deepEqual(direction === "LR" ? symbol.x : symbol.y, direction === "LR" ? word.x : word.y); // where wires end
    }
  }
});

test("results stand after what they are made from", () => {
  for (const direction of /** @type {const} */ (["LR", "TB"])) {
    const { reading, layout } = laidOut("readme", direction);
    const axis = direction === "LR" ? "x" : "y";
    for (const { source, target } of reading.edges.values()) {
      const [from, to] = [layout.boxes.get(source), layout.boxes.get(target)];
      assert.ok(from && to && from[axis] < to[axis]);
    }
  }
});

test("two edges of one pair are led apart", () => {
  const { layout } = laidOut("square", "LR");
  assert.notEqual(layout.routes.get(0)?.path, layout.routes.get(1)?.path);
});

test("a card is as wide as its name", () => {
  const [node] = read(trace("chain")).nodes;
  const long = { ...node, label: "a_name_of_18_lette" };
  assert.ok(cardSize(long).width > cardSize(node).width);
});

test("the same graph is laid out in the same way", () => {
  const [one, other] = [laidOut("readme", "LR").layout, laidOut("readme", "LR").layout];
  assert.deepEqual([one.boxes, one.frames, one.routes], [other.boxes, other.frames, other.routes]);
});

for (const direction of /** @type {const} */ (["LR", "TB"])) {
  test(`the plain layout of large graphs keeps cards apart, too, ${direction}`, () => {
    const reading = read(trace("network"));
    const { layout, crossed } = layered(drawnOf(reading, AS_FITS), direction);
    assert.equal(layout.routes.size, reading.edges.size);
    assert.ok(crossed >= reading.edges.size);
    const boxes = [...layout.boxes.values()];
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(i + 1)) {
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        assert.ok(apart, `${a.id} and ${b.id}`);
      }
    });
    const axis = direction === "LR" ? "x" : "y";
    for (const { source, target } of reading.edges.values()) {
      assert.ok((layout.boxes.get(source)?.[axis] ?? 0) < (layout.boxes.get(target)?.[axis] ?? 0));
    }
  });
}

/** @param {{x: number, y: number, width: number, height: number}} inner
 * @param {{x: number, y: number, width: number, height: number}} outer */
const within = (inner, outer) =>
  inner.x >= outer.x && inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;

for (const direction of /** @type {const} */ (["LR", "TB"])) {
  test(`an open group is a frame around what is in it, and around nothing else, ${direction}`, () => {
    const { layout } = laidOut("network", direction);
    const { frames, home } = layout.drawn;
    assert.ok(frames.size >= 5);
    for (const { id, parent } of frames.values()) {
      const frame = layout.frames.get(id);
      assert.ok(frame);
      if (parent) assert.ok(within(frame, layout.frames.get(parent) ?? frame));
      for (const [node, box] of layout.boxes) {
        const inside = `${home.get(node)}/`.startsWith(`${id}/`);
        assert.equal(within(box, frame), inside, `${node} in ${id}`);
      }
    }
  });
}

test("everything that is drawn lies within the drawing", () => {
  const { layout } = laidOut("network", "LR");
  for (const { middle } of layout.routes.values()) {
    assert.ok(middle.x >= 0 && middle.x <= layout.width && middle.y >= 0 && middle.y <= layout.height);
  }
});

test("the number of an edge stands on its wire", () => {
  const { layout } = laidOut("chain", "LR");
  for (const { path, middle, roomy } of layout.routes.values()) {
    assert.ok(roomy);
    assert.ok(path.includes(`${middle.x},${middle.y}`), `${path} at ${middle.x},${middle.y}`);
  }
});

for (const direction of /** @type {const} */ (["LR", "TB"])) {
  test(`in the plain layout of large graphs no wire passes behind a card, ${direction}`, () => {
    const { layout } = layered(drawnOf(read(trace("network")), AS_FITS), direction);
    const named = [...layout.routes.values()].filter((route) => route.named);
    assert.ok(named.length > 0 && named.length < layout.routes.size);
    const along = direction === "LR" ? 0 : 1;
    for (const { path } of layout.routes.values()) {
      const [bend] = path.match(/[^ML]*C[^L]*/) ?? [""];
      const places = bend.split(/[C ]/).filter(Boolean).map((place) => Number(place.split(",")[along]));
      const [start, end] = [Math.min(...places), Math.max(...places)];
      for (const { x, y, width, height } of layout.boxes.values()) {
        const [from, to] = along ? [y, y + height] : [x, x + width];
        assert.ok(to <= start || end <= from, `${from} to ${to} in ${start} to ${end}`);
      }
    }
  });
}
