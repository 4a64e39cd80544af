import assert from "node:assert/strict";
import { test } from "node:test";
import { groupingOf } from "../../static/js/fold.js";
import { neighbours, nodesAt, read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

test("what does not reach the output is neither drawn nor stepped", () => {
  const reading = read(trace("dead"));
  assert.deepEqual(reading.nodes.map(({ label }) => label), ["x", "y"]);
  assert.equal(reading.hidden, 3);
  assert.equal(reading.steps.length, 2 + 1 + 1);
  assert.equal(reading.forward, 2);
});

test("a value used twice by one result has two edges", () => {
  const reading = read(trace("square"));
  assert.equal(reading.edges.size, 2);
  assert.deepEqual(reading.byId.get("n0")?.uses, [0, 1]);
  assert.deepEqual(reading.byId.get("n1")?.makes, [0, 1]);
});

test("a card is labelled by its name, its version, or its text in the source", () => {
  const labels = read(trace("chain")).nodes.map(({ label }) => label);
  assert.deepEqual(labels, ["a", "b", "a*b", "c", "a*b + c", "f", "L"]);
  const versions = read(trace("readme")).nodes.map(({ label }) => label);
  assert.ok(versions.includes("c₂"));
  assert.ok(versions.includes("d₃"));
});

test("a place in the source finds the smallest text around it", () => {
  const reading = read(trace("chain"));
  assert.deepEqual(nodesAt(reading, 5), ["n0"]);
  assert.deepEqual(nodesAt(reading, 9), ["n4"]);
  assert.deepEqual(nodesAt(reading, 14), ["n6"]);
  assert.deepEqual(nodesAt(reading, 0), []);
});

test("labels count code points as the server does", () => {
  const reading = read(trace("accents"));
  assert.deepEqual(reading.nodes.map(({ label }) => label), ["é", "", "β"]);
  assert.deepEqual(nodesAt(reading, [..."é = 2 # 😀\nβ = é * 3"].length), ["n1"]);
});

test("neighbours are operands and results", () => {
  assert.deepEqual([...neighbours(read(trace("chain")), "n4")].sort(), ["n2", "n3", "n4", "n6"]);
});

test("while only numbers change, what hangs together and its groups are found out once", () => {
  for (const name of ["chain", "network", "turns", "readme"]) {
    const moved = structuredClone(trace(name));
    for (const node of moved.nodes) if (node.kind !== "constant") Object.assign(node, { value: 7, grad: -1 });
    for (const edge of moved.edges) edge.contribution = 0.5;
    const before = read(trace(name));
    const after = read(moved, before);
    assert.equal(after.structure, before.structure);
    assert.equal(groupingOf(after), groupingOf(before));
    assert.deepEqual(after, read(moved));
  }
});

test("whatever else changes is found out anew", () => {
  /** @type {((other: import("../../static/js/trace.js").Trace) => void)[]} */
  const changes = [
    (other) => { other.output = "n4"; },
    (other) => { other.source += " "; },
    ({ nodes }) => { nodes[0].name = "z"; },
    ({ nodes }) => { nodes[2].operands.reverse(); },
    ({ nodes }) => { nodes[2].operation = "add"; },
    ({ nodes }) => { nodes[2].span = [0, 1]; },
    ({ nodes }) => { nodes[2].group = "g0"; },
    ({ nodes }) => { Object.assign(nodes[0], { kind: "constant" }); },
    ({ edges }) => { edges.pop(); },
    ({ groups }) => { groups.push({ id: "g0", name: "f", parent: null }); },
  ];
  const before = read(trace("chain"));
  for (const change of changes) {
    const other = structuredClone(trace("chain"));
    change(other);
    assert.deepEqual(read(other, before), read(other), String(change));
    assert.notEqual(read(other, before).structure, before.structure, String(change));
  }
});
