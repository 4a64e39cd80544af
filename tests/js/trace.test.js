import assert from "node:assert/strict";
import { test } from "node:test";
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
