import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, fill, latex, symbol } from "../../static/js/explain.js";
import { read } from "../../static/js/trace.js";
import katex from "../../static/vendor/katex.js";
import { operations, t, trace } from "./traces.js";

/** @param {string} name @param {number} step */
const told = (name, step) => {
  const reading = read(trace(name));
  return explain(reading, step ? reading.steps[step - 1] : null, operations, t);
};

test("a contribution is told in symbols, then with numbers", () => {
  const { formulas } = told("chain", 13);
  assert.equal(
    formulas[0],
    "\\frac{\\partial L}{\\partial a} \\mathrel{+}= " +
      "\\frac{\\partial L}{\\partial \\left(\\texttt{a*b}\\right)} \\cdot " +
      "\\frac{\\partial \\left(\\texttt{a*b}\\right)}{\\partial a}",
  );
  assert.equal(formulas[1], "\\frac{\\partial \\left(\\texttt{a*b}\\right)}{\\partial a} = b");
  assert.equal(
    formulas[2],
    "\\frac{\\partial L}{\\partial a} \\mathrel{+}= \\left(-2\\right) \\cdot \\left(-3\\right) = 6",
  );
});

test("a second use adds to what is there", () => {
  const { formulas, sentences } = told("square", 5);
  assert.equal(formulas[1], "\\left.\\frac{\\partial y}{\\partial x}\\right|_{2} = x");
  assert.equal(
    formulas[2],
    "\\frac{\\partial y}{\\partial x} \\mathrel{+}= 1 \\cdot 3 = 3, \\qquad 3 + 3 = 6",
  );
  assert.ok(sentences.some((sentence) => sentence.startsWith("explain.adds")));
});

test("the seed is one", () => {
  assert.deepEqual(told("chain", 8).formulas, ["\\frac{\\partial L}{\\partial L} = 1"]);
});

test("odd numbers are told with their reason", () => {
  assert.ok(told("dead", 2).sentences.some((sentence) => sentence.includes("minus infinity")));
});

test("names become what a formula calls them", () => {
  const node = read(trace("chain")).nodes[0];
  const named = (/** @type {string} */ name, version = 1) => symbol({ ...node, name, label: name, version });
  assert.equal(named("x1"), "x_{1}");
  assert.equal(named("alpha"), "\\alpha");
  assert.equal(named("loss", 3), "\\mathit{loss}_{3}");
  assert.equal(named("w[0]"), "\\texttt{w[0]}");
  assert.equal(named("a_b"), "\\texttt{a\\_b}");
});

test("templates are filled in place", () => {
  assert.equal(fill("\\frac{@out}{@1}", ["a", "b"], "c"), "\\frac{c}{b}");
  assert.equal(latex(-1.5e-7), "-1.5 \\cdot 10^{-7}");
});

for (const name of ["chain", "square", "fan-out", "readme", "network", "dead", "accents"]) {
  test(`KaTeX can set every formula of ${name}`, () => {
    const reading = read(trace(name));
    for (let step = 0; step <= reading.steps.length; step += 1) {
      for (const formula of told(name, step).formulas) {
        katex.renderToString(formula, { throwOnError: true, strict: false });
      }
    }
  });
}

test("KaTeX can set every rule of the table", () => {
  for (const { latex: forward, partials } of operations.values()) {
    for (const rule of [forward, ...partials]) {
      if (rule !== null) katex.renderToString(fill(rule, ["a", "b", "c"], "y"), { throwOnError: true });
    }
  }
});
