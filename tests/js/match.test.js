import assert from "node:assert/strict";
import { test } from "node:test";
import { isKnown, missingOf, obstacleTo, trainedOf } from "../../static/js/match.js";
import { initialState, reduce } from "../../static/js/state.js";
import { t, trace } from "./traces.js";

const COLUMNS = { a: [1, 2], L: [3, 4] };

/** @param {Record<string, number>} [inputs] the chain rule by hand, whose inputs are a, b, c and f */
function chain(inputs = {}) {
  const state = initialState({ source: trace("chain").source, inputs });
  return reduce(state, { type: "traced", request: 1, trace: trace("chain") });
}

test("a column that is no input is missing, as soon as the inputs are known", () => {
  assert.deepEqual(missingOf(chain(), COLUMNS), ["L"]);
  assert.deepEqual(missingOf(chain(), null), []);
  const edited = reduce(chain(), { type: "edit", source: "y = x" });
  assert.ok(isKnown(chain()) && !isKnown(edited));
  assert.deepEqual(missingOf(edited, COLUMNS), []);
});

test("what is no column is trained, with the numbers that the page has", () => {
  assert.deepEqual(trainedOf(chain({ b: 7 }), COLUMNS), { b: 7, c: 10, f: -2 });
});

test("the reason why nothing is trained is the first that counts", () => {
  const own = { a: [1], b: [2] };
  assert.equal(obstacleTo(chain(), own, false, t), null);
  assert.equal(obstacleTo(chain(), null, false, t), "");
  assert.match(obstacleTo(chain(), own, true, t) ?? "", /^playground.refused/);
  assert.match(obstacleTo(chain(), COLUMNS, false, t) ?? "", /^playground.foreign .*"names":"L"/);
  assert.match(obstacleTo(chain(), { a: [1], b: [1], c: [1], f: [1] }, false, t) ?? "", /^playground.nothing/);
  assert.match(obstacleTo({ ...chain(), error: { code: "", message: "" } }, own, true, t) ?? "", /^bench.failed/);
});
