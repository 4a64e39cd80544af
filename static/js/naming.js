/** Naming: what each value of a drawing is called, on its card as in every sentence and formula: by its
 * name, by the text that computes it, by its part in a neuron, or by its turn among the others. What would
 * be called the same is numbered, so that no two have one name. Pure.
 */
import { subscript } from "./format.js";
import { holdsTogether } from "./typeset.js";

/** @typedef {import("./trace.js").TraceNode} TraceNode */
/** @typedef {import("./trace.js").Trace} Trace */

/** What the group is called that one neuron computes in. */
const NEURON = "neuron";
/** A weight, after the neuron that it belongs to. */
const WEIGHT = /^(.*)\.w\[(\d+)\]$/;
/** What the rest is called; the first of these that is no name of the program's. */
const LETTERS = ["v", "u", "z", "value"];

/** Returns what values are called: nothing, if they are constants.
 * @param {TraceNode[]} nodes  those that are drawn @param {Trace} trace @returns {Map<string, string>} */
export function namesOf(nodes, { source, groups }) {
  const neurons = new Set(groups.flatMap(({ id, name }) => (name === NEURON ? [id] : [])));
  const [parts, texts] = [partsOf(nodes, neurons), textsOf(nodes, [...source], neurons)];
  const own = new Set(nodes.map(({ name }) => name));
  const letter = LETTERS.find((one) => !own.has(one)) ?? "";
  const stems = nodes.map(({ id }) => texts.get(id) ?? parts.get(id) ?? letter);
  const counts = tally(stems);
  const turns = new Map();
  return new Map(nodes.map(({ id, kind, name, version }, index) => {
    if (name !== null) return [id, version !== null && version > 1 ? name + subscript(version) : name];
    if (kind === "constant") return [id, ""];
    const stem = stems[index];
    if (stem !== letter && counts.get(stem) === 1) return [id, stem];
    const turn = (turns.get(stem) ?? 0) + 1;
    turns.set(stem, turn);
    return [id, (!texts.has(id) || holdsTogether(stem) ? stem : `(${stem})`) + subscript(turn)];
  }));
}

/** Finds the texts that compute one value each. Of several that a text computes one after another it names
 * the last: a sum, not what is summed.
 * @param {TraceNode[]} nodes @param {string[]} letters of the source @param {Set<string>} neurons
 * @returns {Map<string, string>} */
function textsOf(nodes, letters, neurons) {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const inner = new Set();
  for (const { operands, span, group } of nodes) {
    for (const operand of operands) {
      const one = known.get(operand);
      const isNear = one && (one.group === group || neurons.has(one.group ?? ""));
      if (isNear && one.span?.[0] === span?.[0] && one.span?.[1] === span?.[1]) inner.add(operand);
    }
  }
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const { id, kind, name, span } of nodes) {
    if (kind !== "operation" || name !== null || !span || inner.has(id)) continue;
    found.set(id, written(letters.slice(...span).join("")));
  }
  return found;
}

/** @param {string} text of a program @returns {string} in one line, with squares and cubes as one writes them */
function written(text) {
  const line = text.replace(/\s+/g, " ");
  return line.replace(/ ?\*\* ?([23])(?![\w.]| ?\*\*)/g, (_, power) => (power === "2" ? "²" : "³"));
}

/** Names what neurons compute by their weights: of `n[0]` the products `n[0].w[0]*x`, the sums up to each of
 * them, `n[0].Σ[0]`, the whole sum `n[0].Σ`, and what the activation makes of it, `n[0].tanh`.
 * @param {TraceNode[]} nodes @param {Set<string>} neurons @returns {Map<string, string>} */
function partsOf(nodes, neurons) {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const within = nodes.filter(({ kind, name, group }) => kind === "operation" && name === null && neurons.has(group ?? ""));
  /** @param {TraceNode} node @returns {RegExpMatchArray | null} the weight that it is a product with */
  const weightOf = ({ operands }) => known.get(operands[0])?.name?.match(WEIGHT) ?? null;
  /** The last weight of each group. @type {Map<string | null, RegExpMatchArray>} */
  const weights = new Map();
  for (const node of within) {
    const weight = weightOf(node);
    if (weight) weights.set(node.group, weight);
  }
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const node of within) {
    const last = weights.get(node.group);
    const weight = weightOf(node);
    const [, added] = node.operands.map((id) => known.get(id));
    if (!last) continue;
    if (weight) found.set(node.id, `${weight[0]}*x`);
    else if (!added) found.set(node.id, `${last[1]}.${node.operation}`);
    else {
      const upTo = weightOf(added)?.[2] ?? last[2];
      found.set(node.id, upTo === last[2] ? `${last[1]}.Σ` : `${last[1]}.Σ[${upTo}]`);
    }
  }
  return found;
}

/** @param {string[]} texts @returns {Map<string, number>} how often each occurs */
function tally(texts) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
