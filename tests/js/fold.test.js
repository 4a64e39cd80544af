import assert from "node:assert/strict";
import { test } from "node:test";
import { around, AS_FITS, decided, DRAWABLE, drawnOf, groupingOf, ROOMS, tighter } from "../../static/js/fold.js";
import { subscript } from "../../static/js/format.js";
import { layered } from "../../static/js/layers.js";
import { fromHash, toHash } from "../../static/js/permalink.js";
import { initialState, reduce } from "../../static/js/state.js";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

const SHUT = /** @type {const} */ ({ base: "shut", open: [], shut: [] });
const OPEN = /** @type {const} */ ({ base: "open", open: [], shut: [] });

/** @param {string} name @param {import("../../static/js/fold.js").Folds} [folds] */
function drawn(name, folds = AS_FITS) {
  const reading = read(trace(name));
  return { reading, ...drawnOf(reading, folds) };
}

/** @param {string} name @returns {string[]} */
const names = (name) => [...groupingOf(read(trace(name))).groups.values()].map((group) => group.name);

test("groups that share a name are numbered", () => {
  assert.deepEqual(names("network").slice(1), ["model([1.0, 2.0])", "layer 1", "layer 2", "neuron 1", "neuron 2"]);
  assert.deepEqual(names("called-twice").slice(1), ["f 1", "f 2"]);
});

test("a group of a single value, or of all that its parent holds, is none", () => {
  assert.deepEqual(names("row").filter((name) => name.match(/^i = \d+$/)), []);
  assert.deepEqual(names("loops").filter((name) => name === "j = 0 … 6"), []);
});

test("turns between the first and the last of a loop are one box, and the loop is one", () => {
  const { groups } = groupingOf(read(trace("turns")));
  const loop = groups.get("/i = 0 …");
  const inside = loop?.groups.map((id) => groups.get(id)?.name);
  assert.deepEqual(inside, ["i = 0", "i = 1 … 498", "i = 499"]);
  const middle = groups.get("/i = 0 …/i = 1 …");
  assert.equal(middle?.size, 498 * 3);
  const parts = middle?.groups.map((id) => groups.get(id)?.name);
  assert.deepEqual(parts?.slice(0, 2), ["i = 1 … 100", "i = 101 … 200"]);
  const [part] = middle?.groups.map((id) => groups.get(id)) ?? [];
  const [turns] = part?.groups.map((id) => groups.get(id)) ?? [];
  assert.deepEqual(turns?.groups.slice(0, 2).map((id) => groups.get(id)?.name), ["i = 1", "i = 2"]);
});

test("what was opened in a loop is open however often the loop goes on", () => {
  const shorter = structuredClone(trace("turns"));
  const gone = new Set(shorter.groups.slice(-100).map((/** @type {{id: string}} */ { id }) => id));
  const kept = shorter.nodes.filter((/** @type {{group: string}} */ { group }) => !gone.has(group));
  const nodes = new Set(kept.map((/** @type {{id: string}} */ { id }) => id));
  Object.assign(shorter, {
    nodes: kept,
    output: kept.at(-1).id,
    groups: shorter.groups.slice(0, -100),
    edges: shorter.edges.filter((/** @type {{target: string}} */ { target }) => nodes.has(target)),
    steps: [],
  });
  const [long, short] = [trace("turns"), shorter].map((one) => groupingOf(read(one)).groups);
  assert.equal(short.get("/i = 0 …/i = 1 …")?.name, "i = 1 … 398");
  assert.equal(long.get("/i = 0 …/i = 1 …")?.name, "i = 1 … 498");
});

test("a long loop is seen as its first turn, its last and what lies between, or as one box", () => {
  assert.deepEqual(
    drawnOf(drawn("turns").reading, AS_FITS, 5).nodes.map(({ label }) => label),
    ["x", "i = 0", "i = 1 … 498", "i = 499"],
  );
  assert.deepEqual(drawn("turns", SHUT).nodes.map(({ label }) => label), ["x", "i = 0 … 499"]);
});

test("loops nest, and one that comes after another, or after something else, is another", () => {
  const top = drawn("loops", SHUT).nodes.map(({ label }) => label);
  const [first, second, ...others] = top.filter((label) => label.startsWith("i ="));
  assert.deepEqual([first, second], ["i = 0 … 11 (1)", "i = 0 … 11 (2)"]);
  assert.deepEqual(others, ["i = 12", "i = 13", "i = 14", "i = 15"]);
  const turn = groupingOf(read(trace("loops"))).groups.get("/i = 0 … (1)/i = 0");
  assert.deepEqual(turn?.groups.map((id) => id.split("/").at(-1)), ["j = 0", "j = 1 …", "j = 6"]);
});

test("what would be folded into a single box is open", () => {
  const { nodes, frames } = drawnOf(read(trace("training")), AS_FITS, 5);
  assert.ok(nodes.length > 3);
  assert.deepEqual([...frames.values()].map(({ name }) => name), ["k = 19"]);
});

test("loose values among groups are boxes, parameters of a network are one", () => {
  const labels = drawnOf(read(trace("training")), AS_FITS, 5).nodes.map(({ label }) => label);
  assert.ok(labels.includes("loss₂₀"), `${labels}`);
  assert.deepEqual(labels.filter((label) => label.startsWith("n(")), ["n(x) 1", "n(x) 2", "n(x) 3", "n(x) 4"]);
  assert.ok(labels.includes("n"));
  assert.ok(labels.length <= 8, `${labels}`);
});

test("loose values among groups are called what they come to, those of each turn apart", () => {
  const reading = read(trace("lesson-xor-begin"));
  const boxes = drawnOf(reading, AS_FITS, 10).nodes.flatMap((item) => (item.kind === "group" ? item.whole : []));
  assert.deepEqual(boxes.sort(), [
    ...[1, 2, 3, 4].map((turn) => `(tanh(net(x)) - y)²${subscript(turn)}`), "loss₃₀",
    "net", "net(x) 1", "net(x) 2", "net(x) 3", "net(x) 4",
  ].sort());
});

test("a long name of a group is shortened in the middle", () => {
  const long = structuredClone(trace("called-twice"));
  for (const group of long.groups) group.name = "a_rather_long_name_of_a_function_f";
  const { groups } = groupingOf(read(long));
  const [, first] = [...groups.values()];
  assert.equal(first.whole, "a_rather_long_name_of_a_function_f 1");
  assert.equal(first.name, "a_rather_long_…_function_f 1");
});

test("a drawing that can be read is open", () => {
  const { nodes, frames, reading } = drawn("network");
  assert.equal(nodes.length, reading.nodes.length);
  assert.equal(frames.size, 5);
});

test("a parameter stands where it is used, an argument outside", () => {
  const { home, reading } = drawn("network");
  const at = (/** @type {string} */ name) => home.get(reading.nodes.find((node) => node.name === name)?.id ?? "");
  assert.equal(at("model[0][1].w[0]"), "/model([1.0, 2.0])/layer 1/neuron 2");
  const outside = drawn("called-twice");
  assert.equal(outside.home.get(outside.reading.nodes[0].id), "");
});

for (const name of ["row", "turns", "loops", "straight", "layers", "training"]) {
  test(`of the large ${name} no more is seen at first than can be read`, () => {
    const { nodes, reading } = drawn(name);
    assert.ok(reading.nodes.length > 100);
    assert.ok(nodes.length <= 80, `${nodes.length}`);
  });

  test(`every value of ${name} is in exactly one group, and every group in one`, () => {
    const reading = read(trace(name));
    const { groups, home } = groupingOf(reading);
    const all = [...groups.values()];
    assert.deepEqual(all.flatMap(({ nodes }) => nodes).sort(), reading.nodes.map(({ id }) => id).sort());
    for (const { id, nodes, groups: inside, size, parent } of all) {
      for (const node of nodes) assert.equal(home.get(node), id);
      for (const one of inside) assert.equal(groups.get(one)?.parent, id);
      const sum = inside.reduce((total, one) => total + (groups.get(one)?.size ?? NaN), nodes.length);
      assert.equal(size, sum, id);
      if (parent !== null) assert.ok(inside.length + nodes.length > 1);
    }
  });

  test(`whatever is folded of ${name}, results still follow what they are made from`, () => {
    const reading = read(trace(name));
    const some = [...groupingOf(reading).groups.keys()].filter((id, at) => id && at % 2);
    for (const folds of [SHUT, AS_FITS, { ...SHUT, open: some }]) {
      const { nodes, edges } = drawnOf(reading, folds);
      const waits = new Map(nodes.map(({ id }) => [id, 0]));
      for (const { target } of edges.values()) waits.set(target, (waits.get(target) ?? 0) + 1);
      const ready = nodes.filter(({ id }) => !waits.get(id)).map(({ id }) => id);
      for (const id of ready) {
        for (const { source, target } of edges.values()) {
          if (source !== id) continue;
          waits.set(target, (waits.get(target) ?? 0) - 1);
          if (!waits.get(target)) ready.push(target);
        }
      }
      assert.equal(ready.length, nodes.length);
      assert.equal(layered(drawnOf(reading, folds), "LR").layout.boxes.size, nodes.length);
    }
  });
}

test("edges of one pair are one wire, and each edge knows its own", () => {
  const { edges, carried, shown, reading } = drawn("layers", SHUT);
  const pairs = [...edges.values()].map(({ source, target }) => `${source}>${target}`);
  assert.equal(new Set(pairs).size, pairs.length);
  for (const [index, edge] of reading.edges) {
    const wire = edges.get(carried.get(index) ?? -1);
    assert.equal(wire === undefined, shown.get(edge.source) === shown.get(edge.target));
    if (wire) assert.ok(wire.all.includes(index));
  }
});

test("two uses by the same result stay two wires where nothing is folded", () => {
  assert.equal(drawn("square").edges.size, 2);
});

test("a folded group has a value where one of its values is used outside", () => {
  const { byId, reading } = drawn("network", SHUT);
  const box = byId.get("/model([1.0, 2.0])");
  assert.ok(box?.kind === "group" && box.result);
  assert.ok(reading.byId.get(box.result)?.uses.some((index) => {
    const user = reading.edges.get(index)?.target ?? "";
    return !groupingOf(reading).home.get(user)?.startsWith("/model([1.0, 2.0])");
  }));
});

test("in less room less is seen, and a room that shows the same is passed over", () => {
  const { reading } = drawn("layers");
  const counts = [];
  for (let rooms = ROOMS; rooms.length; rooms = tighter(reading, AS_FITS, rooms)) {
    counts.push(drawnOf(reading, AS_FITS, rooms[0]).nodes.length);
  }
  assert.ok(counts.length > 1, `${counts}`);
  assert.deepEqual(counts, [...new Set(counts)].sort((a, b) => b - a));
  assert.deepEqual(tighter(reading, OPEN, ROOMS), []);
});

test("a few values are seen, each of them, in whatever room; the groups of more are folded", () => {
  assert.deepEqual(tighter(drawn("called-twice").reading, AS_FITS, ROOMS), []);
  const { reading } = drawn("network");
  const rooms = tighter(reading, AS_FITS, ROOMS);
  assert.ok(drawnOf(reading, AS_FITS, rooms[0]).nodes.length < reading.nodes.length / 2);
});

test("never more cards are drawn than can be, and it is said when something stays folded", () => {
  const { nodes, refused, reading } = drawn("layers", OPEN);
  assert.ok(reading.nodes.length > DRAWABLE);
  assert.ok(nodes.length <= DRAWABLE);
  assert.ok(refused);
  assert.ok(!drawn("row", OPEN).refused);
  assert.equal(drawn("row", OPEN).nodes.length, 501);
});

test("what somebody opened stays open, though it is no more than can be read by itself", () => {
  const reading = read(trace("row"));
  const [group] = [...groupingOf(reading).groups.keys()].filter(Boolean);
  const folds = decided(AS_FITS, [group], true);
  assert.ok(drawnOf(reading, folds).frames.has(group));
  assert.ok(!drawnOf(reading, decided(folds, [group], false)).frames.has(group));
});

test("names lead to a value, outer groups first", () => {
  const { reading } = drawn("network");
  const node = reading.nodes.find(({ name }) => name === "model[0][1].w[0]");
  const way = ["/model([1.0, 2.0])", "/model([1.0, 2.0])/layer 1", "/model([1.0, 2.0])/layer 1/neuron 2"];
  assert.deepEqual(around(groupingOf(reading), node?.id ?? ""), way);
});

test("folding is part of the state and of the address; another program begins anew", () => {
  const state = reduce(initialState({ source: "y" }), { type: "fold", groups: ["/model([1.0, 2.0])"], open: false });
  assert.deepEqual(state.folds, { base: "auto", open: [], shut: ["/model([1.0, 2.0])"] });
  assert.deepEqual(fromHash(toHash(state))?.folds, state.folds);
  const all = reduce(state, { type: "fold-all", open: true });
  assert.deepEqual(all.folds, OPEN);
  assert.deepEqual(fromHash(toHash(all))?.folds, OPEN);
  assert.deepEqual(reduce(all, { type: "edit", source: "z" }).folds, OPEN);
  const loaded = reduce(all, { type: "load", source: "z", inputs: {} });
  assert.deepEqual(loaded.folds, AS_FITS);
});

test("other numbers have the same shape, other structures and other folds another", () => {
  const other = structuredClone(trace("chain"));
  other.nodes[0].value = 17;
  assert.equal(drawn("chain").shape, drawnOf(read(other), AS_FITS).shape);
  assert.notEqual(drawn("chain").shape, drawn("square").shape);
  assert.notEqual(drawn("network").shape, drawn("network", SHUT).shape);
});
