/** Explain: what a step does, in words and in formulas. Pure. */
import { number, short } from "./format.js";
import { pace } from "./meaning.js";
import { momentsOf } from "./moments.js";
import { Formulas, asLatex, inOneLine } from "./formulas.js";
import { quoted } from "./symbols.js";
import { warningsBy } from "./trace.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./trace.js").AccumulateStep} AccumulateStep */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {import("./formulas.js").Operation} Operation */
/** @typedef {import("./formulas.js").Stage} Stage */
/** @typedef {import("./formulas.js").Piece} Piece */
/** @typedef {{title: string, sentences: string[], warnings: string[], stages: Stage[],
 *   brief: Piece[], sum: Piece[], latex: string}} Explanation
 *   `brief`: the arithmetic in one line. `sum`: over the uses of a value that is used several times.
 *   `latex`: all formulas in one. */

/** Returns a step told, or what to expect before the first one.
 * @param {Reading} reading @param {number} now  how many steps are taken
 * @param {Map<string, Operation>} operations @param {Translate} t @returns {Explanation} */
export function explain(reading, now, operations, t) {
  const formulas = new Formulas(reading, operations, t);
  const step = now > 0 ? reading.steps[now - 1] : null;
  const told =
    step === null
      ? beginning(formulas, t)
      : step.phase === "forward"
        ? forward(formulas, formulas.node(step.node), t)
        : step.kind === "seed"
          ? seed(formulas, formulas.node(step.node), number(step.after), t)
          : accumulate(formulas, step, now, t);
  const sum = told.sum ?? [];
  const latex = told.stages.length ? asLatex(told.stages, sum) : "";
  return { warnings: [], ...told, brief: inOneLine(told.stages), sum, latex };
}

/** @typedef {{title: string, sentences: string[], warnings?: string[], stages: Stage[],
 *   sum?: Piece[]}} Told */

/** @param {Formulas} formulas @param {Translate} t @returns {Told} */
function beginning(formulas, t) {
  return {
    title: t("explain.beginning.title"),
    sentences: [t("explain.beginning", { output: quoted(formulas.output, t) })],
    stages: [],
  };
}

/** @param {Formulas} formulas @param {DrawnNode} node @param {Translate} t @returns {Told} */
function forward(formulas, node, t) {
  const value = short(number(node.value));
  const name = quoted(node, t);
  const told = { warnings: warningsBy(node, false), stages: formulas.forward(node) };
  if (node.kind === "input") {
    const title = t("explain.input.title", { name, value });
    return { ...told, title, sentences: [t("explain.input", { name, value })] };
  }
  if (node.kind === "constant") {
    const title = t("explain.constant.title", { name, value });
    return { ...told, title, sentences: [t("explain.constant", { name, value })] };
  }
  const operands = node.operands.map((id) => quoted(formulas.node(id), t)).join(t("list.and"));
  const title = t("explain.forward.title", { name });
  const text = node.operands.length > 1 ? "explain.forward" : "explain.forward.one";
  return { ...told, title, sentences: [t(text, { name, value, operands })] };
}

/** @param {Formulas} formulas @param {DrawnNode} node @param {number} after @param {Translate} t
 * @returns {Told} */
function seed(formulas, node, after, t) {
  const name = quoted(node, t);
  return {
    title: t("explain.seed.title", { name }),
    sentences: [t("explain.seed", { name })],
    stages: formulas.seed(node, after),
  };
}

/** @param {Formulas} formulas @param {AccumulateStep} step @param {number} now @param {Translate} t
 * @returns {Told} */
function accumulate(formulas, step, now, t) {
  const { target, source } = formulas.edge(step.edge);
  const name = quoted(source, t);
  const before = number(step.before);
  const sentences = [
    t("explain.accumulate", {
      target: quoted(target, t),
      name,
      upstream: short(number(step.upstream)),
      pace: pace(number(step.local), name, t),
      contribution: short(number(step.contribution)),
    }),
    formulas.operation(target).note,
  ];
  if (before !== 0) {
    const numbers = { name, before: short(before), after: short(number(step.after)) };
    const carried = momentsOf(formulas.reading).uses.get(source.id)?.[0] === now;
    sentences.push(carried ? t("explain.carried", numbers) : t("explain.adds", numbers));
  }
  return {
    title: t("explain.accumulate.title", { target: quoted(target, t), name }),
    sentences,
    warnings: [...new Set([...target.warnings, ...source.warnings])],
    stages: formulas.contribution(step, now),
    sum: formulas.sum(step, now),
  };
}
