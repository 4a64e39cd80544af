import assert from "node:assert/strict";
import { test } from "node:test";
import { AS_FITS, decided, drawnOf } from "../../static/js/fold.js";
import { read } from "../../static/js/trace.js";
import { travelsOf } from "../../static/js/travels.js";
import { trace } from "./traces.js";

const chain = read(trace("chain"));

test("the values of its operands travel into an operation, along an edge each", () => {
  const made = chain.steps.findIndex((step) => step.node === "n6");
  const travels = travelsOf(chain, drawnOf(chain, AS_FITS), made, made + 1);
  assert.deepEqual(travels.map(({ text, backwards }) => [text, backwards]), [["4", false], ["-2", false]]);
});

test("a contribution travels back along its edge, the seed and what is given nowhere", () => {
  const drawn = drawnOf(chain, AS_FITS);
  const seed = chain.steps.findIndex((step) => step.phase === "backward");
  assert.deepEqual(travelsOf(chain, drawn, 0, 1), []);
  assert.deepEqual(travelsOf(chain, drawn, seed, seed + 1), []);
  const [travel] = travelsOf(chain, drawn, seed + 1, seed + 2);
  assert.equal(travel.backwards, true);
  assert.equal(chain.edges.get(travel.index)?.target, "n6");
});

test("what stays within a folded box does not travel", () => {
  const reading = read(trace("network"));
  const all = travelsOf(reading, drawnOf(reading, AS_FITS), 0, reading.steps.length);
  const shut = drawnOf(reading, decided(AS_FITS, ["/model([1.0, 2.0])"], false));
  const seen = travelsOf(reading, shut, 0, reading.steps.length);
  assert.ok(seen.length > 0 && seen.length < all.length);
  assert.ok(seen.every(({ index }) => shut.edges.has(index)));
});
