/** Explain: what a step does, in words, in symbols and with numbers. Pure. */
import { number, short } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {import("./trace.js").AccumulateStep} AccumulateStep */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {{name: string, symbol: string, glyph: string, operands: string[], infix: boolean,
 *   latex: string, partials: (string | null)[], note: string}} Operation */
/** @typedef {{title: string, sentences: string[], formulas: string[]}} Explanation */

const GREEK = new Set(
  ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau " +
    "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega").split(" "),
);

/** Returns a step told, or what to expect before the first one.
 * @param {Reading} reading @param {Step | null} step @param {Map<string, Operation>} operations
 * @param {Translate} t @returns {Explanation} */
export function explain(reading, step, operations, t) {
  const told = new Telling(reading, operations, t);
  if (step === null) return told.beginning();
  if (step.phase === "forward") return told.forward(told.node(step.node));
  return step.kind === "seed" ? told.seed(told.node(step.node), number(step.after)) : told.accumulate(step);
}

/** Tells the steps of one trace. */
class Telling {
  /** @param {Reading} reading @param {Map<string, Operation>} operations @param {Translate} t */
  constructor(reading, operations, t) {
    this.reading = reading;
    this.operations = operations;
    this.t = t;
  }

  /** @param {string} id @returns {DrawnNode} */
  node(id) {
    const node = this.reading.byId.get(id);
    if (!node) throw new Error(`missing node: ${id}`);
    return node;
  }

  /** @returns {Explanation} */
  beginning() {
    return {
      title: this.t("explain.beginning.title"),
      sentences: [this.t("explain.beginning", { output: this.called(this.output()) })],
      formulas: [],
    };
  }

  output() {
    return this.node(this.reading.trace.output);
  }

  /** @param {DrawnNode} node @returns {Explanation} */
  forward(node) {
    const value = short(number(node.value));
    const name = this.called(node);
    const own = symbol(node);
    if (node.operation === null) {
      return {
        title: this.t(node.kind === "input" ? "explain.input.title" : "explain.constant.title", { name, value }),
        sentences: [this.t(node.kind === "input" ? "explain.input" : "explain.constant", { name, value })],
        formulas: node.kind === "input" ? [`${own} = ${latex(number(node.value))}`] : [],
      };
    }
    const operands = node.operands.map((id) => this.node(id));
    const { latex: template } = this.operation(node.operation);
    const symbols = fill(template, operands.map(nested));
    const numbers = fill(template, operands.map((operand) => bracketed(number(operand.value))));
    return {
      title: this.t("explain.forward.title", { name }),
      sentences: [
        this.t("explain.forward", { name, value, operands: this.list(operands) }),
        ...this.warnings(node),
      ],
      formulas: [`${own} = ${symbols}`, `${own} = ${numbers} = ${latex(number(node.value))}`],
    };
  }

  /** @param {DrawnNode} node @param {number} after @returns {Explanation} */
  seed(node, after) {
    const name = this.called(node);
    const own = this.gradient(node);
    return {
      title: this.t("explain.seed.title", { name }),
      sentences: [this.t("explain.seed", { name })],
      formulas: [`${own} = ${latex(after)}`],
    };
  }

  /** @param {AccumulateStep} step @returns {Explanation} */
  accumulate(step) {
    const edge = this.reading.edges.get(step.edge);
    if (!edge) throw new Error(`missing edge: ${step.edge}`);
    const target = this.node(edge.target);
    const source = this.node(edge.source);
    const operation = this.operation(target.operation ?? "");
    const partial = fill(
      operation.partials[edge.operand] ?? "",
      target.operands.map((id) => nested(this.node(id))),
      nested(target),
    );
    const own = this.gradient(source);
    const both = `\\frac{\\partial ${nested(target)}}{\\partial ${nested(source)}}`;
    // In x·x each use has a slope of its own: the edge's, not that of the whole square.
    const uses = target.operands.filter((id) => id === source.id).length;
    const local = uses > 1 ? `\\left.${both}\\right|_{${edge.operand + 1}}` : both;
    const before = number(step.before);
    const name = this.called(source);
    const sentences = [
      this.t("explain.accumulate", {
        target: this.called(target),
        name,
        upstream: short(number(step.upstream)),
        local: short(number(step.local)),
        contribution: short(number(step.contribution)),
      }),
      operation.note,
    ];
    if (before !== 0) {
      sentences.push(
        this.t(this.carried(step) ? "explain.carried" : "explain.adds", { name, before: short(before), after: short(number(step.after)) }),
      );
    }
    const product = `${bracketed(number(step.upstream))} \\cdot ${bracketed(number(step.local))}`;
    const contribution = number(step.contribution);
    const sum = `${latex(before)} + ${bracketed(contribution)} = ${latex(number(step.after))}`;
    return {
      title: this.t("explain.accumulate.title", { target: this.called(target), name }),
      sentences: [...sentences, ...this.warnings(source)],
      formulas: [
        `${own} \\mathrel{+}= ${this.gradient(target)} \\cdot ${local}`,
        `${local} = ${partial}`,
        `${own} \\mathrel{+}= ${product} = ${latex(contribution)}` +
          (before === 0 ? "" : `, \\qquad ${sum}`),
      ],
    };
  }

  /** Tells whether what a node already had is from before this backward pass.
   * @param {AccumulateStep} step @returns {boolean} */
  carried(step) {
    const first = this.reading.steps.find(
      (other) => other.phase === "backward" && other.kind === "accumulate" && other.node === step.node,
    );
    return first === step;
  }

  /** @param {string} name @returns {Operation} */
  operation(name) {
    const operation = this.operations.get(name);
    if (!operation) throw new Error(`missing operation: ${name}`);
    return operation;
  }

  /** @param {DrawnNode} node @returns {string} */
  gradient(node) {
    return `\\frac{\\partial ${nested(this.output())}}{\\partial ${nested(node)}}`;
  }

  /** @param {DrawnNode} node @returns {string} */
  called(node) {
    return node.label || this.t("node.called.constant", { value: short(number(node.value)) });
  }

  /** @param {DrawnNode[]} nodes @returns {string} */
  list(nodes) {
    return nodes.map((node) => this.called(node)).join(this.t("list.and"));
  }

  /** @param {DrawnNode} node @returns {string[]} */
  warnings(node) {
    return node.warnings.map((warning) => this.t("explain.warning", { warning }));
  }
}

/** Returns a node's name as LaTeX: the same text that its card shows.
 * @param {DrawnNode} node @returns {string} */
export function symbol(node) {
  if (node.kind === "constant") return latex(number(node.value));
  if (node.name === null) {
    return /^v[₀-₉]+$/.test(node.label) ? `v_{${node.id.slice(1)}}` : typed(node.label);
  }
  const version = node.version !== null && node.version > 1 ? node.version : null;
  const match = node.name.match(/^([\p{L}]+)_?(\d*)$/u);
  if (!match) return typed(node.label);
  const [, stem, index] = match;
  const below = [index, version].filter(Boolean).join(",\\,");
  const written = GREEK.has(stem)
    ? `\\${stem}`
    : stem.length > 1
      ? `\\mathit{${stem}}`
      : stem;
  return below ? `${written}_{${below}}` : written;
}

/** @param {DrawnNode} node @returns {string} its symbol, as part of a longer formula */
function nested(node) {
  const text = symbol(node);
  const whole = node.name !== null || node.kind === "constant" || text.startsWith("v_");
  return whole && !text.startsWith("-") ? text : `\\left(${text}\\right)`;
}

/** @param {string} text @returns {string} program text within a formula */
function typed(text) {
  const special = { "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" };
  const escaped = text.replace(/[\\#$%&_{}^~]/g, (letter) =>
    letter in special ? special[/** @type {keyof typeof special} */ (letter)] : `\\${letter}`,
  );
  return `\\texttt{${escaped.replace("…", "\\ldots{}")}}`;
}

/** Puts operands into a template of the table.
 * @param {string} template @param {string[]} operands @param {string} [out] @returns {string} */
export function fill(template, operands, out = "") {
  return template.replace(/@(\d|out)/g, (_, place) =>
    place === "out" ? out : operands[Number(place)],
  );
}

/** Returns a number as LaTeX.
 * @param {number} value @returns {string} */
export function latex(value) {
  if (Number.isNaN(value)) return "\\text{nan}";
  if (!Number.isFinite(value)) return value > 0 ? "\\infty" : "-\\infty";
  const [mantissa, exponent] = short(value).split("e");
  return exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}

/** @param {number} value @returns {string} */
function bracketed(value) {
  const text = latex(value);
  return text.startsWith("-") || text.includes(" ") ? `\\left(${text}\\right)` : text;
}
