import assert from "node:assert/strict";
import { test } from "node:test";
import { portable } from "../../static/js/descent.js";
import { packed, placeOf, programAt, unpacked } from "../../static/js/handover.js";

const lesson = (/** @type {string} */ comment) => ({
  id: "neuron", begin: { source: `# ${comment}\nx = 1` }, solution: { source: `# ${comment}\nx = 2` },
});
const example = (/** @type {string} */ comment) => ({ id: "square", source: `y = x*x  # ${comment}` });

test("numbers that JSON does not know arrive as they were", () => {
  const kept = { run: { losses: [1, NaN, Infinity, -Infinity] }, text: "NaN", none: null };
  assert.deepEqual(unpacked(packed(kept)), kept);
});

test("what was not kept, or cannot be read, is nothing", () => {
  assert.deepEqual(unpacked(null), {});
  assert.deepEqual(unpacked("{"), {});
});

test("a program of the page follows the language, and one that was changed stays", () => {
  const english = /** @type {const} */ ([[example("a product")], [lesson("data")]]);
  const french = /** @type {const} */ ([[example("un produit")], [lesson("données")]]);
  const moved = (/** @type {string} */ source) =>
    programAt(placeOf(source, ...english), ...french) ?? source;
  assert.equal(moved("y = x*x  # a product"), "y = x*x  # un produit");
  assert.equal(moved("# data\nx = 1"), "# données\nx = 1");
  assert.equal(moved("# data\nx = 2"), "# données\nx = 2");
  assert.equal(moved("# data\nx = 3"), "# data\nx = 3");
});

test("the path of a long run is carried in a bearable size, with the same ends", () => {
  const row = (/** @type {number} */ at) =>
    Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`w${i}`, at]));
  const path = Array.from({ length: 1_000 }, (_, at) => row(at));
  /** @type {import("../../static/js/descent.js").Run} */
  const run = { begun: null, first: 0, shown: -1, losses: [], path, before: null, last: null, status: "paused" };
  const carried = portable(run).path;
  assert.ok(carried.length <= 66, `${carried.length}`);
  assert.deepEqual([carried[0].w0, carried[carried.length - 1].w0], [0, 999]);
});
