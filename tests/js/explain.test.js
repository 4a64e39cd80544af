import assert from "node:assert/strict";
import { test } from "node:test";
import { explain } from "../../static/js/explain.js";
import { subscript } from "../../static/js/format.js";
import { momentsOf } from "../../static/js/moments.js";
import { asLatex } from "../../static/js/formulas.js";
import { fill, latex, symbol, worded } from "../../static/js/symbols.js";
import { read } from "../../static/js/trace.js";
import katex from "../../static/vendor/katex.js";
import { operations, t, trace } from "./traces.js";

/** @param {string} name @param {number} step */
const told = (name, step) => explain(read(trace(name)), step, operations, t);

/** @param {{latex: string}[]} [pieces] */
const text = (pieces = []) => pieces.map((piece) => piece.latex).join(" ");

/** @param {{caption?: string}[]} pieces */
const captions = (pieces) => pieces.flatMap(({ caption }) => (caption ? [caption] : []));

test("a contribution is told in four stages", () => {
  const { stages } = told("chain", 13);
  const own = "\\frac{\\partial L}{\\partial a} \\mathrel{+}=";
  const local = "\\frac{\\partial \\left(a{\\cdot}b\\right)}{\\partial a}";
  assert.deepEqual(
    stages.map(({ pieces }) => text(pieces)),
    [
      `${own} \\frac{\\partial L}{\\partial \\left(a{\\cdot}b\\right)} \\cdot ${local}`,
      `${own} \\left(-2\\right) \\cdot ${local}`,
      `${own} \\left(-2\\right) \\cdot \\left(-3\\right)`,
      `${own} 6`,
    ],
  );
  assert.equal(text(stages[2].aside), `${local} = b = -3`);
});

test("a derivative leads to its node, and to where it became known", () => {
  const links = told("chain", 13).stages[0].pieces.flatMap(({ link }) => link ?? []);
  assert.deepEqual(links.map(({ node, step }) => [node, step]), [["n0", null], ["n2", 11], ["n2", null]]);
  const later = told("chain", 14).stages[0].pieces[2].link;
  assert.deepEqual([later?.node, later?.step], ["n2", 11]);
});

test("a local slope that is a number is said once", () => {
  assert.equal(text(told("chain", 12).stages[2].aside).match(/ = 1/g)?.length, 1);
});

test("a value used once has no sum", () => {
  assert.deepEqual(told("chain", 13).sum, []);
});

test("each of two uses has a slope of its own", () => {
  assert.equal(text(told("square", 4).stages[2].aside), "\\left.\\frac{\\partial y}{\\partial x}\\right|_{1} = x = 3");
  assert.equal(text(told("square", 5).stages[2].aside), "\\left.\\frac{\\partial y}{\\partial x}\\right|_{2} = x = 3");
});

test("a sum tells what was added from what is still to come", () => {
  const first = told("square", 4).sum;
  assert.deepEqual(first.flatMap(({ mark }) => mark ?? []), ["now", "ahead"]);
  assert.deepEqual(captions(first), ['sum.now {"value":"3"}', "sum.ahead {}", "sum.so_far {}"]);
  assert.equal(first.at(-1)?.latex, "3");
  const second = told("square", 5).sum;
  assert.deepEqual(second.flatMap(({ mark }) => mark ?? []), ["added", "now"]);
  assert.deepEqual(captions(second), ['sum.added {"value":"3"}', 'sum.now {"value":"3"}', "sum.complete {}"]);
  assert.equal(second.at(-1)?.latex, "6");
});

test("a sum over many uses spells out those around the present one", () => {
  const reading = read(trace("many-uses"));
  const uses = momentsOf(reading).uses.get("n1") ?? [];
  assert.equal(uses.length, 40);
  const { sum } = explain(reading, uses[10], operations, t);
  assert.equal(sum.filter(({ link, mark }) => link && mark).length, 4);
  assert.match(captions(sum)[0], /^sum.earlier/);
  assert.match(captions(sum).at(-2) ?? "", /^sum.later/);
});

test("a second use adds to what is there", () => {
  assert.ok(told("square", 5).sentences.some((sentence) => sentence.startsWith("explain.adds")));
});

test("what an earlier backward left is told apart", () => {
  const { sum, sentences } = told("twice", 4);
  assert.match(captions(sum)[0], /^sum.carried/);
  assert.ok(sentences.some((sentence) => sentence.startsWith("explain.carried")));
});

test("a name stands apart from the words of a sentence; one value arrives, not several", () => {
  assert.match(told("chain", 5).sentences[0], /^explain\.forward .*"operands":"`a\*b`list\.and \{\}`c`"/);
  assert.match(told("dead", 2).sentences[0], /^explain\.forward\.one .*"operands":"`x`"/);
});

test("the seed is one", () => {
  assert.equal(text(told("chain", 8).stages[0].pieces), "\\frac{\\partial L}{\\partial L} = 1");
});

test("odd numbers and kinks are told with their reason, at the value and at what follows from it", () => {
  assert.ok(told("dead", 2).warnings.some((warning) => warning.includes("minus infinity")));
  assert.ok(told("kink", 4).warnings.some((warning) => warning.includes("a kink")));
});

test("formulas are copied as one, aligned", () => {
  const { stages, sum, latex: copied } = told("square", 5);
  assert.equal(copied, asLatex(stages, sum));
  assert.equal(copied.split("\\\\\n").length, 5);
  assert.match(copied, /^\\begin{aligned}\n\\frac{\\partial y}{\\partial x} &\\mathrel{\+}=/);
});

test("names become what a formula calls them", () => {
  const node = read(trace("chain")).nodes[0];
  const named = (/** @type {string} */ name, version = 1) => symbol({ ...node, name, whole: version > 1 ? name + subscript(version) : name, version });
  assert.equal(named("x1"), "x_{1}");
  assert.equal(named("alpha"), "\\alpha");
  assert.equal(named("loss", 3), "\\mathit{loss}_{3}");
  assert.equal(named("w[0]", 2), "w_{0,\\,2}");
});

test("templates are filled in place", () => {
  assert.equal(fill("\\frac{@out}{@1}", ["a", "b"], "c"), "\\frac{c}{b}");
  assert.equal(latex(-1.5e-7), "-1.5 \\cdot 10^{-7}");
});

for (const name of ["chain", "square", "fan-out", "readme", "network", "dead", "accents", "twice", "called-twice", "summed"]) {
  test(`KaTeX can set every formula of ${name}, piece by piece and as a whole`, () => {
    const reading = read(trace(name));
    for (let step = 0; step <= reading.steps.length; step += 1) {
      const { stages, sum, latex: whole } = told(name, step);
      const pieces = [...stages.flatMap((stage) => [...stage.pieces, ...(stage.aside ?? [])]), ...sum];
      for (const formula of [...pieces.map((piece) => piece.latex), whole]) {
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

test("the arithmetic of a step is one line, made of what its stages say", () => {
  const own = "\\frac{\\partial L}{\\partial a} \\mathrel{+}=";
  assert.equal(text(told("chain", 13).brief), `${own} \\left(-2\\right) \\cdot \\left(-3\\right) = 6`);
  const forward = told("chain", 3);
  assert.deepEqual(forward.brief, forward.stages[forward.stages.length - 1].pieces);
  assert.deepEqual(told("chain", 0).brief, []);
});

test("a rule by cases has its words in the language of the page", () => {
  const relu = operations.get("relu");
  assert.ok(relu);
  const french = worded(relu, (key) => ({ "formula.if": "si", "formula.otherwise": "sinon" })[key] ?? key);
  assert.match(french.partials[0] ?? "", /\\text\{si \}.*\\text\{sinon\}/);
  assert.doesNotMatch(french.partials[0] ?? "", /otherwise|\{if/);
});

test("an operand in brackets has those of the rule, and keeps its own beside a sign", () => {
  const minus = "\\left(-1\\right)";
  const sum = "\\left(a{+}b\\right)";
  assert.equal(fill("\\ln\\left(@0\\right)", [minus]), "\\ln\\left(-1\\right)");
  assert.equal(fill("\\max\\left(@0, @1\\right)", [sum, minus]), "\\max\\left(a{+}b, -1\\right)");
  assert.equal(fill("\\frac{@0}{@1}", [minus, sum]), "\\frac{-1}{a{+}b}");
  assert.equal(fill("{@0}^{@1}", [minus, minus]), `{${minus}}^{-1}`);
  assert.equal(fill("@0 - @1", [minus, minus]), `${minus} - ${minus}`);
  const pairs = `${minus} \\cdot ${minus}`;
  assert.equal(fill("\\ln\\left(@0\\right)", [pairs]), `\\ln\\left(${pairs}\\right)`);
});
