import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

/** @param {string} program @returns {string[]} what is called how, without constants */
const names = (program) => read(trace(program)).nodes.flatMap(({ whole }) => whole || []);

test("a value without a name is called by the text that computes it", () => {
  assert.deepEqual(names("chain"), ["a", "b", "a*b", "c", "a*b + c", "f", "L"]);
  const descent = names("lesson-descent-begin").filter((name) => name.startsWith("w*2"));
  assert.deepEqual(descent, ["w*2", "w*2 + b", "w*2 + b - 7"]);
});

test("what a text computes in each turn and each call is numbered", () => {
  assert.deepEqual(names("called-twice"), [
    "p", "(x*x)₁", "(x*x + 1)₁", "x", "(x*x)₂", "(x*x + 1)₂", "tanh(x*x + 1)",
  ]);
});

test("a number belongs to a whole text, and squares are written as one writes them", () => {
  const xor = names("lesson-xor-begin");
  for (const name of ["net(x)₁", "tanh(net(x))₄", "(tanh(net(x)) - y)₂", "(tanh(net(x)) - y)²₃"]) {
    assert.ok(xor.includes(name), `${name} of ${xor}`);
  }
});

test("within a neuron each value is called by its part in it", () => {
  const first = names("network").filter((name) => /^model.0..1..(?!w.\d.$|b$)/.test(name));
  assert.deepEqual(first, [
    "model[0][1].w[0]*x", "model[0][1].Σ[0]", "model[0][1].w[1]*x", "model[0][1].Σ", "model[0][1].relu",
  ]);
});

test("of several values that one text computes it names the last, the others are numbered", () => {
  assert.deepEqual(names("summed"), ["a", "b", "c", "(i*i)₁", "(i*i)₂", "(i*i)₃", "v₁", "sum(i*i for i in [a, b, c])", "y"]);
  assert.deepEqual(names("softmax").slice(-3), ["v₈", "softmax([a, b])", "y"]);
});

for (const program of ["lesson-xor-begin", "training", "layers", "turns", "softmax", "called-twice", "taken"]) {
  test(`no two values of ${program} have one name`, () => {
    const all = names(program);
    assert.deepEqual(all.filter((name, index) => all.indexOf(name) < index), []);
  });
}

test("numbers begin with what is drawn, however much went before", () => {
  assert.deepEqual(names("lesson-xor-begin").filter((name) => /^v[₀-₉]+$/u.test(name)), ["v₁", "v₂"]);
});

test("a program that calls something v has another letter for the rest", () => {
  assert.deepEqual(names("taken").slice(0, 5), ["v", "v₂", "a", "b", "u₁"]);
});

test("a name that is too long for a card is shortened in the middle", () => {
  const summed = read(trace("summed")).nodes.find(({ whole }) => whole.startsWith("sum("));
  assert.equal(summed?.label, "sum(i*i fo…a, b, c])");
});
