import assert from "node:assert/strict";
import { test } from "node:test";
import { holdsTogether, typeset } from "../../static/js/typeset.js";

/** @type {[string, string][]} */
const SET = [
  ["x1", "x_{1}"],
  ["x1₂", "x_{1,\\,2}"],
  ["loss₃", "\\mathit{loss}_{3}"],
  ["learning_rate", "\\mathit{learning\\_rate}"],
  ["alpha*x", "\\alpha {\\cdot}x"],
  ["w*2 + b - 7", "w{\\cdot}2{+}b{-}7"],
  ["(x*x)₂", "(x{\\cdot}x)_{2}"],
  ["(tanh(x) - y)²₁", "(\\operatorname{tanh}(x){-}y)^{2}_{1}"],
  ["x**-1 + a**b", "x^{-1}{+}a^{b}"],
  ["n[0].w[1]₃₀", "n_{0}\\mathord{.}w_{1,\\,30}"],
  ["net[0][12].Σ[1]₃", "\\mathit{net}_{0,\\,12}\\mathord{.}Σ_{1,\\,3}"],
  ["X[i] - s[1:]", "\\texttt{X[i] - s[1:]}"],
  ["softmax(a)[0]", "\\operatorname{softmax}(a)_{0}"],
  ["tanh(w*…b + c)", "\\operatorname{tanh}(w{\\cdot}\\ldots b{+}c)"],
];
for (const [text, latex] of SET) test(`${text} is set as arithmetic`, () => assert.equal(typeset(text), latex));

for (const text of ["x**(a + b)", "a if b else c", 'W["a"]', "1e-3*x", "two words", "a**b**c", "x**2.real"]) {
  test(`${text} stays as it was typed`, () => assert.match(typeset(text), /^\\texttt\{[^{}]*\}$/));
}

test("a text that falls apart is told from one that holds together", () => {
  for (const text of ["x", "c₂", "tanh(a - b)", "n[0].w[0]", "(a - b)²", "(a*b)₁"]) assert.ok(holdsTogether(text), text);
  for (const text of ["a*b", "-x", "x²", "(a) + (b)", "tanh(a … b"]) assert.ok(!holdsTogether(text), text);
});
