/** Reasons: why a gradient is 0, why a number is nan or infinite. Pure.
 *
 * A gradient dies, or goes wrong, at certain edges; these may lie far from the value that is asked
 * about, so each reason names its place.
 */
import { number, short } from "./format.js";
import { quoted } from "./symbols.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./trace.js").TraceEdge} TraceEdge */
/** @typedef {import("./formulas.js").Operation} Operation */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {{text: string, node: string}} Reason  `node`: where to look. */

/** So many are told; in a large network a gradient dies in many places. */
const MOST = 3;

/** Returns why the gradient of a node is 0, nan or infinite; nothing for an ordinary one.
 * @param {Reading} reading @param {DrawnNode} node @param {Map<string, Operation>} operations
 * @param {Translate} t @returns {Reason[]} */
export function whyGradient(reading, node, operations, t) {
  const grad = number(node.grad ?? 0);
  if (node.kind === "constant" || (Number.isFinite(grad) && grad !== 0)) return [];
  const search = new Search(reading, operations, t);
  return grad === 0 ? search.zero(node) : search.odd(node);
}

/** Returns why the value of a node is nan or infinite, if it came from elsewhere.
 * @param {Reading} reading @param {DrawnNode} node @param {Translate} t @returns {Reason[]} */
export function whyValue(reading, node, t) {
  let origin = node;
  for (;;) {
    const odd = origin.operands
      .map((id) => reading.byId.get(id))
      .find((operand) => operand && !Number.isFinite(number(operand.value)));
    if (!odd) break;
    origin = odd;
  }
  if (origin === node || Number.isFinite(number(node.value))) return [];
  const values = { value: short(number(node.value)), name: quoted(origin, t), odd: short(number(origin.value)) };
  return [{ text: [t("reason.value", values), ...warned(origin, t)].join(" "), node: origin.id }];
}

class Search {
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

  /** @param {DrawnNode} node @returns {Reason[]} */
  zero(node) {
    const isZero = (/** @type {number} */ grad) => grad === 0;
    return this.#origins(node, isZero).map((place) =>
      "cancelling" in place ? this.#cancelled(place.cancelling) : this.#stopped(place),
    );
  }

  /** @param {DrawnNode} node @returns {Reason[]} */
  odd(node) {
    const isOdd = (/** @type {number} */ grad) => !Number.isFinite(grad);
    return this.#origins(node, isOdd).map((place) =>
      "cancelling" in place ? this.#cancelled(place.cancelling) : this.#broken(place),
    );
  }

  /** Follows the gradient towards the output, while it is as it is at the node.
   * @param {DrawnNode} node @param {(grad: number) => boolean} alike
   * @returns {(TraceEdge | {cancelling: DrawnNode})[]} where it becomes so */
  #origins(node, alike) {
    /** @type {(TraceEdge | {cancelling: DrawnNode})[]} */
    const found = [];
    const waiting = new Set([node]);
    for (const one of waiting) {
      if (found.length >= MOST) break;
      const uses = one.uses.flatMap((index) => this.reading.edges.get(index) ?? []);
      const same = uses.filter(({ contribution }) => alike(number(contribution ?? 0)));
      if (!same.length || (alike(0) && same.length < uses.length)) found.push({ cancelling: one });
      else {
        for (const edge of same) {
          const target = this.node(edge.target);
          if (alike(number(target.grad ?? 0))) waiting.add(target);
          else found.push(edge);
        }
      }
    }
    return found.slice(0, MOST);
  }

  /** @param {TraceEdge} edge @returns {Reason} where a gradient meets a slope of 0 */
  #stopped({ target: id, source: from, operand, local, sides }) {
    const [target, source] = [this.node(id), this.node(from)];
    const names = { target: quoted(target, this.t), source: quoted(source, this.t) };
    const reason = (/** @type {string} */ text) => ({ text, node: id });
    const operation = this.operations.get(target.operation ?? "");
    if (!operation || local === null) return reason(this.t("reason.held", names));
    if (number(local) !== 0) return reason(this.t("reason.tiny", names));
    const other = operation.operands.indexOf(operation.python.partials[operand] ?? "");
    if (other >= 0) {
      const factor = quoted(this.node(target.operands[other]), this.t);
      return reason(this.t("reason.factor", { ...names, factor }));
    }
    const operands = target.operands.map((operandId) => this.node(operandId));
    const moving = operands.filter(({ kind }) => kind !== "constant");
    const at = (moving.length ? moving : operands)
      .map((one) => (one.kind === "constant" ? short(number(one.value)) : `${quoted(one, this.t)} = ${short(number(one.value))}`))
      .join(", ");
    const values = { operation: operation.symbol, at, note: operation.note };
    if (sides) return reason(this.t("reason.kink", values));
    // A rule by cases switches something off; any other is only level at this point.
    const byCases = operation.partials[operand]?.includes("{cases}");
    return reason(byCases ? this.t("reason.off", values) : this.t("reason.flat", values));
  }

  /** @param {TraceEdge} edge @returns {Reason} where a gradient meets a slope that is no number */
  #broken({ target: id, source, local }) {
    const target = this.node(id);
    const values = {
      target: quoted(target, this.t),
      source: quoted(this.node(source), this.t),
      local: short(number(local ?? "NaN")),
    };
    return { text: [this.t("reason.odd", values), ...warned(target, this.t)].join(" "), node: id };
  }

  /** @param {DrawnNode} node @returns {Reason} where contributions add up to nothing */
  #cancelled(node) {
    const terms = node.uses
      .flatMap((index) => this.reading.edges.get(index)?.contribution ?? [])
      .map((contribution) => short(number(contribution)))
      .join(this.t("list.and"));
    return { text: this.t("reason.cancel", { name: quoted(node, this.t), terms }), node: node.id };
  }
}

/** @param {DrawnNode} node @param {Translate} t @returns {string[]} */
function warned({ warnings }, t) {
  return warnings.map((warning) => t("explain.warning", { warning }));
}
