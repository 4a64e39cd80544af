/** The trace as the page reads it: which nodes are drawn, and where everything hangs together.
 *
 * What does not reach the output (earlier turns of a training loop, unused numbers) is left out of
 * the drawing and of the steps. Pure.
 */
import { clipped, number } from "./format.js";
import { namesOf } from "./naming.js";

/** @typedef {import("./format.js").JsonNumber} JsonNumber */
/** @typedef {{id: string, kind: "input" | "constant" | "operation", name: string | null,
 *   version: number | null, operation: string | null, operands: string[], value: JsonNumber,
 *   grad: JsonNumber | null, span: [number, number] | null, group: string | null,
 *   warnings: string[]}} TraceNode */
/** @typedef {{source: string, target: string, operand: number, local: JsonNumber | null,
 *   contribution: JsonNumber | null, sides?: [JsonNumber, JsonNumber]}} TraceEdge
 *   `sides`: at a kink, the slopes below and above it; `local` is then a convention. */
/** @typedef {{phase: "forward", node: string}} ForwardStep */
/** @typedef {{phase: "backward", kind: "seed", node: string, after: JsonNumber}} SeedStep */
/** @typedef {{phase: "backward", kind: "accumulate", edge: number, node: string,
 *   upstream: JsonNumber, local: JsonNumber, contribution: JsonNumber, before: JsonNumber,
 *   after: JsonNumber}} AccumulateStep */
/** @typedef {ForwardStep | SeedStep | AccumulateStep} Step */
/** @typedef {{name: string, node: string, value: JsonNumber, grad: JsonNumber | null,
 *   initial: JsonNumber, defaulted: boolean, meant?: string, replaced?: JsonNumber}} Input
 *   `meant`: the name that one which nothing assigns may be a slip of; `replaced`: what the program
 *   assigns, where the page sets another number. */
/** @typedef {{schema: string, source: string, output: string, value: JsonNumber,
 *   nodes: TraceNode[], edges: TraceEdge[], steps: Step[], inputs: Input[],
 *   groups: {id: string, name: string, parent: string | null, said?: string}[], console: string[],
 *   history: {value: JsonNumber}[], warnings: string[]}} Trace */

/** A node that is drawn.
 * @typedef {TraceNode & {label: string, whole: string, uses: number[], makes: number[]}} DrawnNode
 *   `label`: what it is called, as far as a card has room for it; `whole`: all of it. `uses`: edges that lead from it; `makes`: edges that lead to it. */
/** What is drawn of a trace, whatever its numbers are.
 * @typedef {{places: Map<string, Pick<DrawnNode, "label" | "whole" | "uses" | "makes">>, edges: number[]}} Structure */
/** @typedef {{trace: Trace, structure: Structure, nodes: DrawnNode[], byId: Map<string, DrawnNode>,
 *   edges: Map<number, TraceEdge>, steps: Step[], forward: number, hidden: number}} Reading
 *   `structure`: one and the same while nothing but numbers changes. `forward`: how many steps belong to the
 *   forward pass. */

/** Returns the slope of the output along a node. The gradient of an input that nothing zeroed also holds what
 * earlier backward passes left: the slope is what the last pass added.
 * @param {Reading} reading @param {DrawnNode} node @returns {number} */
export function slopeOf({ edges }, node) {
  const grad = number(node.grad ?? 0);
  if (node.kind !== "input" || node.uses.length === 0) return grad;
  const added = node.uses.reduce((sum, index) => sum + number(edges.get(index)?.contribution ?? 0), 0);
  return Math.abs(added - grad) > 1e-9 * Math.abs(grad) ? added : grad; // rounded alike, if it is the same
}

/** Returns whether two graphs differ in nothing but numbers and the names of values.
 * @param {Reading} one @param {Reading} other */
export function isAlike({ nodes }, { nodes: others }) {
  /** @param {DrawnNode} node */
  const made = ({ id, kind, operation, operands }) => [id, kind, operation, ...operands].join();
  return nodes.length === others.length && nodes.every((node, index) => made(node) === made(others[index]));
}

/** @type {WeakMap<Reading, Map<string, DrawnNode[]>>} */
const named = new WeakMap();

/** Returns the inputs of one name that lead to the output: a name that is bound again, or a parameter of a
 * function that is called again, has several.
 * @param {Reading} reading @param {string} name @returns {DrawnNode[]} */
export function versionsOf(reading, name) {
  const known = named.get(reading) ?? new Map();
  if (!named.has(reading)) {
    named.set(reading, known);
    for (const node of reading.nodes) {
      if (node.kind === "input" && node.name !== null) known.set(node.name, [...(known.get(node.name) ?? []), node]);
    }
  }
  return known.get(name) ?? [];
}

/** Longest text on a card, in characters. */
const LABEL = 20;

/** Returns what is drawn of a trace, and its steps.
 * @param {Trace} trace @param {Reading | null} [before] whose structure serves, if only numbers are others:
 *   a slider is drawn while it moves @returns {Reading} */
export function read(trace, before = null) {
  const structure = before && isBuiltAlike(trace, before.trace) ? before.structure : structureOf(trace);
  /** @type {Map<string, DrawnNode>} */
  const byId = new Map();
  for (const node of trace.nodes) {
    const place = structure.places.get(node.id);
    if (place) byId.set(node.id, { ...node, ...place });
  }
  // A constant cannot change: what would flow to it is of no use to anybody.
  const steps = trace.steps.filter(
    ({ phase, node }) =>
      byId.has(node) && (phase === "forward" || byId.get(node)?.kind !== "constant"),
  );
  return {
    trace,
    structure,
    nodes: [...byId.values()],
    byId,
    edges: new Map(structure.edges.map((index) => [index, trace.edges[index]])),
    steps,
    forward: steps.filter((step) => step.phase === "forward").length,
    hidden: trace.nodes.length - byId.size,
  };
}

/** @param {Trace} trace @returns {Structure} */
function structureOf(trace) {
  const reaching = reached(trace);
  const drawn = trace.nodes.filter(({ id }) => reaching.has(id));
  const names = namesOf(drawn, trace);
  /** @type {Structure} */
  const structure = { places: new Map(), edges: [] };
  const { places, edges } = structure;
  for (const { id } of drawn) {
    const whole = names.get(id) ?? "";
    places.set(id, { whole, label: clipped(whole, LABEL), uses: [], makes: [] });
  }
  trace.edges.forEach(({ source, target }, index) => {
    if (!reaching.has(target)) return;
    edges.push(index);
    places.get(target)?.makes.push(index);
    places.get(source)?.uses.push(index);
  });
  return structure;
}

/** @param {Trace} one @param {Trace} other @returns {boolean} whether they differ in nothing but numbers; those of
 * constants, too, are the same */
function isBuiltAlike(one, other) {
  return (
    one.source === other.source &&
    one.output === other.output &&
    isEach(one.groups, other.groups, (a, b) => a.id === b.id && a.name === b.name && a.parent === b.parent) &&
    isEach(one.edges, other.edges, (a, b) => a.source === b.source && a.target === b.target) &&
    isEach(one.nodes, other.nodes, isMadeAlike)
  );
}

/** @param {TraceNode} one @param {TraceNode} other */
function isMadeAlike(one, other) {
  return (
    one.id === other.id &&
    one.kind === other.kind &&
    one.operation === other.operation &&
    one.name === other.name &&
    one.version === other.version &&
    one.group === other.group &&
    one.span?.[0] === other.span?.[0] &&
    one.span?.[1] === other.span?.[1] &&
    (one.kind !== "constant" || one.value === other.value) &&
    isEach(one.operands, other.operands, Object.is)
  );
}

/** @template T @param {T[]} ones @param {T[]} others @param {(one: T, other: T) => boolean} isSame */
function isEach(ones, others, isSame) {
  return ones.length === others.length && ones.every((one, index) => isSame(one, others[index]));
}

/** @param {Trace} trace @returns {Set<string>} ids of the nodes that the output was made from */
function reached(trace) {
  const operands = new Map(trace.nodes.map((node) => [node.id, node.operands]));
  const found = new Set([trace.output]);
  for (const id of found) for (const operand of operands.get(id) ?? []) found.add(operand);
  return found;
}

/** Returns what may be said of a value by now. Where the value is a number and its gradient is none, the last
 * warning is about the gradient, of which nothing is said before it is known.
 * @param {{kind: string, value: JsonNumber, grad: JsonNumber | null, warnings: string[]}} node
 * @param {boolean} isGradKnown @returns {string[]} */
export function warningsBy(node, isGradKnown) {
  const ofGradient = node.kind !== "constant" && Number.isFinite(number(node.value)) && !Number.isFinite(number(node.grad ?? 0));
  return ofGradient && !isGradKnown ? node.warnings.slice(0, -1) : node.warnings;
}

/** Returns the ids of a node and of what it is made from and makes: what lights up with it.
 * @param {Reading} reading @param {string} id @returns {Set<string>} */
export function neighbours(reading, id) {
  const node = reading.byId.get(id);
  const found = new Set([id]);
  for (const index of [...(node?.uses ?? []), ...(node?.makes ?? [])]) {
    const edge = reading.edges.get(index);
    if (edge) found.add(edge.source).add(edge.target);
  }
  return found;
}

/** Returns the ids of the nodes whose text is the smallest around a place in the source.
 * @param {Reading} reading @param {number} place @returns {string[]} */
export function nodesAt(reading, place) {
  /** @type {string[]} */
  let best = [];
  let size = Infinity;
  for (const { id, span } of reading.nodes) {
    if (!span || place < span[0] || place > span[1]) continue;
    const length = span[1] - span[0];
    if (length < size) [best, size] = [[], length];
    if (length === size) best.push(id);
  }
  return best;
}
