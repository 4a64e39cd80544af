import assert from "node:assert/strict";
import { test } from "node:test";
import { dataBesideWeights, isData } from "../../static/js/roles.js";

test("data beside weights stays as it is", () => {
  assert.deepEqual(dataBesideWeights(["x1", "x2", "y", "w1", "w2", "b"]), ["x1", "x2", "y"]);
  assert.deepEqual(dataBesideWeights(["xs[0]", "ys[0]", "poids", "biais"]), ["xs[0]", "ys[0]"]);
  assert.deepEqual(dataBesideWeights(["x", "model[0][1].w[1]", "model[0][1].b"]), ["x"]);
  assert.deepEqual(dataBesideWeights(["W[0][1]", "X_train[0]", "y_true"]), ["X_train[0]", "y_true"]);
});

test("where there are no weights, all that there is goes downhill", () => {
  assert.deepEqual(dataBesideWeights(["x", "y"]), []);
  assert.deepEqual(dataBesideWeights(["a", "b", "c", "f"]), []);
  assert.deepEqual(dataBesideWeights([]), []);
});

test("a name that only begins as data does is not data", () => {
  for (const name of ["xw", "yield", "theta", "total", "w", "inputting", "tanh"]) assert.equal(isData(name), false, name);
  for (const name of ["x", "X", "t0", "target", "y_hat", "x[3]", "cible", "données", "étiquettes"]) assert.equal(isData(name), true, name);
});
