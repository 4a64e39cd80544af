/** Formulas: what a step computes, in symbols and numbers. A contribution is told in four: the rule in symbols, the upstream
 * gradient filled in, the local derivative filled in, the number. Pure.
 *
 * A line is made of pieces, so that a derivative can be a link to its node.
 */
import { equality, number, short } from "./format.js";
import { momentsOf } from "./moments.js";
import { bracketed, called, derivative, fill, latex, nested, slope, symbol } from "./symbols.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./trace.js").AccumulateStep} AccumulateStep */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {{name: string, symbol: string, glyph: string, operands: string[], infix: boolean,
 *   latex: string, partials: (string | null)[], python: {forward: string,
 *   partials: (string | null)[]}, note: string}} Operation */
/** @typedef {{node: string, step: number | null, name: string}} Link
 *   `step`: where what it names becomes known, if there is something to see there. */
/** @typedef {{latex: string, link?: Link, mark?: "added" | "now" | "ahead", caption?: string,
 *   sign?: true}} Piece  `sign`: it stands between others, and leads the one that follows. */
/** @typedef {{name: string, pieces: Piece[], aside?: Piece[], rounded?: boolean}} Stage
 *   `rounded`: it is what the line before it says, but for the digits that are not written. */

/** Uses of one value that a sum spells out; more are drawn together. */
const MOST = 4;

const ADDS = sign("\\mathrel{+}=");
const EQUALS = sign("=");
const NEARLY = sign("\\approx");
const PLUS = sign("+");
const TIMES = sign("\\cdot");
const ARRIVES = sign("\\rightarrow");

/** Returns the arithmetic of a step in one line, made of the pieces of its stages.
 * @param {Stage[]} stages @returns {Piece[]} */
export function inOneLine(stages) {
  const [last, filled] = [...stages].reverse();
  if (!filled?.aside) return last?.pieces ?? [];
  return [...filled.pieces, last.rounded ? NEARLY : EQUALS, ...last.pieces.slice(-1)];
}

/** Writes the formulas of one trace. */
export class Formulas {
  /** @param {Reading} reading @param {Map<string, Operation>} operations @param {Translate} t */
  constructor(reading, operations, t) {
    this.reading = reading;
    this.operations = operations;
    this.t = t;
    this.output = this.node(reading.trace.output);
  }

  /** @param {string} id @returns {DrawnNode} */
  node(id) {
    const node = this.reading.byId.get(id);
    if (!node) throw new Error(`missing node: ${id}`);
    return node;
  }

  /** @param {DrawnNode} node @returns {Operation} */
  operation({ operation }) {
    const row = this.operations.get(operation ?? "");
    if (!row) throw new Error(`missing operation: ${operation}`);
    return row;
  }

  /** @param {number} index @returns {{edge: import("./trace.js").TraceEdge, target: DrawnNode,
   *   source: DrawnNode}} */
  edge(index) {
    const edge = this.reading.edges.get(index);
    if (!edge) throw new Error(`missing edge: ${index}`);
    return { edge, target: this.node(edge.target), source: this.node(edge.source) };
  }

  /** @param {DrawnNode} node @returns {Stage[]} */
  forward(node) {
    const own = { latex: symbol(node) };
    const value = { latex: latex(number(node.value)) };
    if (node.kind === "constant") return [];
    if (node.operation === null) {
      return [{ name: this.t("stage.number"), pieces: [own, EQUALS, value] }];
    }
    const operands = node.operands.map((id) => this.node(id));
    const { latex: template } = this.operation(node);
    const symbols = { latex: fill(template, operands.map(nested)) };
    const numbers = { latex: fill(template, operands.map(({ value: one }) => bracketed(number(one)))) };
    return [
      { name: this.t("stage.rule"), pieces: [own, EQUALS, symbols] },
      { name: this.t("stage.number"), pieces: [own, EQUALS, numbers, EQUALS, value] },
    ];
  }

  /** @param {DrawnNode} node @param {number} after @returns {Stage[]} */
  seed(node, after) {
    const pieces = [this.#gradient(node, null), EQUALS, { latex: latex(after) }];
    return [{ name: this.t("stage.number"), pieces }];
  }

  /** @param {AccumulateStep} step @param {number} now  the step's number @returns {Stage[]} */
  contribution(step, now) {
    const { edge, target, source } = this.edge(step.edge);
    const own = this.#gradient(source, now);
    const local = this.#slope(target, source, edge.operand);
    const value = { latex: bracketed(number(step.local)) };
    const upstream = { latex: bracketed(number(step.upstream)) };
    const rule = this.localRule(target, edge.operand);
    const same = rule === latex(number(step.local));
    const { t } = this;
    return [
      { name: t("stage.rule"), pieces: [own, ADDS, this.#gradient(target, now), TIMES, local] },
      { name: t("stage.upstream"), pieces: [own, ADDS, upstream, TIMES, local] },
      {
        name: t("stage.local"),
        pieces: [own, ADDS, upstream, TIMES, value],
        aside: [local, EQUALS, { latex: rule }, ...(same ? [] : [EQUALS, { latex: latex(number(step.local)) }])],
      },
      {
        name: t("stage.number"),
        pieces: [own, ADDS, { latex: latex(number(step.contribution)) }],
        rounded: equality(number(step.upstream), number(step.local)) === "≈",
      },
    ];
  }

  /** Returns the rule of one operand's slope, with the names of the program.
   * @param {DrawnNode} target @param {number} operand @returns {string} */
  localRule(target, operand) {
    const operands = target.operands.map((id) => nested(this.node(id)));
    return fill(this.operation(target).partials[operand] ?? "", operands, nested(target));
  }

  /** Returns the sum over the uses of a node: those that were added, the one that is added now, those
   * still to come. Empty where nothing is summed.
   * @param {AccumulateStep} step @param {number} now @returns {Piece[]} */
  sum(step, now) {
    const moments = momentsOf(this.reading).uses.get(step.node) ?? [];
    const carried = number(this.#at(moments[0]).before);
    if (moments.length < 2 && carried === 0) return [];
    const place = moments.indexOf(now);
    const [first, last] = around(place, moments.length);
    const terms = moments.slice(first, last).map((moment) => this.#term(moment, now));
    const { t } = this;
    if (first > 0) {
      const before = number(this.#at(moments[first]).before);
      terms.unshift({ latex: bracketed(before), mark: "added", caption: t(first === 1 ? "sum.earlier.one" : "sum.earlier", { count: first }) });
    } else if (carried !== 0) {
      terms.unshift({ latex: bracketed(carried), mark: "added", caption: t("sum.carried") });
    }
    const more = moments.length - last;
    if (more > 0) terms.push({ latex: "\\cdots", mark: "ahead", caption: t("sum.later", { count: more }) });
    const complete = place === moments.length - 1;
    /** @type {Piece} */
    const total = {
      latex: latex(number(step.after)),
      caption: complete ? t("sum.complete") : t("sum.so_far"),
    };
    const added = terms.flatMap((term, index) => (index ? [PLUS, term] : [term]));
    return [this.#gradient(this.node(step.node), now), EQUALS, ...added, complete ? EQUALS : ARRIVES, total];
  }

  /** @param {number} moment @returns {AccumulateStep} */
  #at(moment) {
    return /** @type {AccumulateStep} */ (this.reading.steps[moment - 1]);
  }

  /** @param {number} moment @param {number} now @returns {Piece} one use of a node, as a product */
  #term(moment, now) {
    const step = this.#at(moment);
    const { edge, target, source } = this.edge(step.edge);
    const value = short(number(step.contribution));
    /** @type {Piece["mark"]} */
    const mark = moment < now ? "added" : moment === now ? "now" : "ahead";
    const captions = {
      added: () => this.t("sum.added", { value }),
      now: () => this.t("sum.now", { value }),
      ahead: () => this.t("sum.ahead"),
    };
    return {
      latex: `${derivative(this.output, target)} \\cdot ${slope(target, source, edge.operand)}`,
      link: { node: target.id, step: moment, name: this.t("link.use", { target: called(target, this.t) }) },
      mark,
      caption: captions[mark](),
    };
  }

  /** @param {DrawnNode} node @param {number | null} now
   * @returns {Piece} ∂output/∂node, a link to where it became known */
  #gradient(node, now) {
    const moment = momentsOf(this.reading).grads.get(node.id) ?? null;
    const step = moment !== null && now !== null && moment < now ? moment : null;
    const name = this.t("link.gradient", { name: called(node, this.t) });
    return { latex: derivative(this.output, node), link: { node: node.id, step, name } };
  }

  /** @param {DrawnNode} target @param {DrawnNode} source @param {number} operand
   * @returns {Piece} ∂target/∂source, a link to the target, whose rule it is */
  #slope(target, source, operand) {
    const name = this.t("link.local", { target: called(target, this.t), name: called(source, this.t) });
    return { latex: slope(target, source, operand), link: { node: target.id, step: null, name } };
  }
}

/** Returns a piece that stands between others.
 * @param {string} latex @returns {Piece} */
export function sign(latex) {
  return { latex, sign: true };
}

/** @param {number} place @param {number} count
 * @returns {[number, number]} the uses around a place that are spelt out */
function around(place, count) {
  const first = Math.max(0, Math.min(place - 1, count - MOST));
  return [first, Math.min(count, first + MOST)];
}

/** Returns stages and sum as one LaTeX formula, aligned at the equals signs.
 * @param {Stage[]} stages @param {Piece[]} sum @returns {string} */
export function asLatex(stages, sum) {
  const lines = stages.map(({ pieces, aside }) =>
    aside ? `${aligned(pieces)}, \\qquad ${joined(aside)}` : aligned(pieces),
  );
  if (sum.length) lines.push(aligned(sum));
  return `\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}`;
}

/** @param {Piece[]} pieces */
function aligned([first, ...rest]) {
  return `${first.latex} &${joined(rest)}`;
}

/** @param {Piece[]} pieces */
function joined(pieces) {
  return pieces.map(({ latex }) => latex).join(" ");
}
