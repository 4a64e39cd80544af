/** Inspect: what the engine stores of one value, what its gradient means, and why it is as it is. Pure. */
import { full, number, short } from "./format.js";
import { kinked, meaning, moves } from "./meaning.js";
import { momentsOf, nextUse } from "./moments.js";
import { whyGradient, whyValue } from "./reasons.js";
import { sidesOf } from "./sides.js";
import { stepOf } from "./state.js";
import { called, quoted } from "./symbols.js";
import { slopeOf, warningsBy } from "./trace.js";
import { triable } from "./trial.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./formulas.js").Operation} Operation */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {import("./reasons.js").Reason} Reason */
/** @typedef {{name: string, text: string, number?: boolean,
 *   links?: {node: string, name: string}[]}} Field */
/** @typedef {{node: string, name: string, title: string, pinned: boolean, visitable: boolean, known: string, fields: Field[],
 *   rule: string[], stored: string, meaning: string[], how: string, why: {title: string, reasons: Reason[]}[],
 *   warnings: string[], tryable: boolean, trial: string[]}} Inspection
 *   `pinned`: it was selected, and does not follow the step. `visitable`: there is a use of it to go
 *   to. `known`: its name and its numbers, in one line. `how`: how what it means is known. */

/** Returns the value that is looked at: the selected one, or the one of the current step.
 * @param {State} state @param {Frame} frame @returns {DrawnNode | null} */
export function lookedAt({ reading, selected }, frame) {
  const id = selected ?? frame.current?.node;
  return (id !== undefined && reading?.byId.get(id)) || null;
}

/** Returns what is to be said of a value, as far as it is known at a step.
 * @param {State} state @param {Frame} frame @param {DrawnNode} node
 * @param {Map<string, Operation>} operations @param {Translate} t @returns {Inspection} */
export function inspect(state, frame, node, operations, t) {
  const { reading } = state;
  if (!reading) throw new Error("missing trace");
  const { grads } = momentsOf(reading);
  const next = nextUse(reading, node.id, stepOf(state));
  const known = frame.values.has(node.id);
  const complete = (grads.get(node.id) ?? Infinity) <= stepOf(state);
  const operation = node.operation === null ? null : (operations.get(node.operation) ?? null);
  const output = reading.byId.get(reading.trace.output);
  const isOutput = output === node;
  /** @type {Inspection["why"]} */
  const why = [];
  if (known) why.push({ title: t("why.value"), reasons: whyValue(reading, node, t) });
  if (complete && !isOutput) {
    const grad = short(number(node.grad ?? 0));
    why.push({ title: t("why.gradient", { grad }), reasons: whyGradient(reading, node, operations, t) });
  }
  const mine = state.trial !== null && state.trial.name === node.name && isInput(state, node);
  const told = complete && output && !isOutput && !mine && node.kind !== "constant";
  const name = called(node, t);
  return {
    node: node.id,
    name,
    title: node.kind === "constant" ? t("inspect.constant", { value: short(number(node.value)) }) : t("inspect.title", { name }),
    pinned: state.selected === node.id,
    visitable: next !== null && next !== stepOf(state),
    known: knownOf(frame, node, t),
    fields: fields(state, frame, node, operation, t),
    rule: operation ? rule(operation) : [],
    stored: t(operation ? "inspect.stored.operation" : "inspect.stored.given"),
    ...(told ? saidOf(reading, node, output, t) : { meaning: [], how: "" }),
    why: why.filter(({ reasons }) => reasons.length),
    warnings: known ? warningsBy(node, frame.grads.has(node.id)) : [],
    tryable: complete && !mine && [node.grad ?? 0, reading.trace.value].map(number).every(Number.isFinite) && isInput(state, node),
    trial: mine && state.trial && output ? tried(state.trial, quoted(output, t), t) : [],
  };
}

/** @param {Frame} frame @param {DrawnNode} node @param {Translate} t @returns {string} */
function knownOf({ values, grads }, node, t) {
  if (node.kind === "constant") return t("node.spoken.constant", { value: short(number(node.value)) });
  const [value, grad] = [values.get(node.id), grads.get(node.id)];
  return t("inspect.known", {
    name: quoted(node, t),
    value: value === undefined ? t("node.value.unknown") : t("node.value", { value: short(value) }),
    grad: grad === undefined ? t("node.grad.unknown") : t("node.grad", { grad: short(grad) }),
  });
}

/** @param {State} state @param {DrawnNode} node @returns {boolean} whether it can be raised by its name */
function isInput(state, node) {
  return node.name !== null && triable(state, node.name)?.node === node;
}

/** @param {State} state @param {Frame} frame @param {DrawnNode} node
 * @param {Operation | null} operation @param {Translate} t @returns {Field[]} */
function fields({ reading }, frame, node, operation, t) {
  const value = frame.values.get(node.id);
  const operands = node.operands.flatMap((id) => reading?.byId.get(id) ?? []);
  const line = lineOf(reading?.trace.source ?? "", node.span);
  return [
    { name: "data", number: true, text: value === undefined ? t("inspect.unknown") : full(value) },
    { name: "grad", number: true, text: node.kind === "constant" ? t("inspect.none.gradient") : gradient(reading, frame, node, t) },
    { name: "op", text: operation ? operation.symbol : t("inspect.none") },
    {
      name: t("inspect.operands"),
      text: operands.length ? "" : t("inspect.none"),
      links: operands.map(({ id, label, value: one }) => ({ node: id, name: label || short(number(one)) })),
    },
    { name: "label", text: node.name ?? t("inspect.none") },
    { name: t("inspect.line"), text: line ? `${line.number}: ${line.text}` : t("inspect.none") },
  ];
}

/** @param {State["reading"]} reading @param {Frame} frame @param {DrawnNode} node @param {Translate} t */
function gradient(reading, frame, node, t) {
  const grad = frame.grads.get(node.id);
  if (grad === undefined || !reading) return t("inspect.unknown");
  const moments = momentsOf(reading).uses.get(node.id) ?? [];
  const arrived = moments.filter((moment) => moment <= frame.step).length;
  const values = { grad: full(grad), arrived, count: moments.length };
  return arrived < moments.length ? t("inspect.partial", values) : full(grad);
}

/** @param {Operation} operation @returns {string[]} its lines of the table, as Python */
function rule({ operands, python }) {
  const partials = operands.flatMap((name, index) => {
    const text = python.partials[index];
    return text === null ? [] : [`∂out/∂${name} = ${text}`];
  });
  return [`out = ${python.forward}`, ...partials];
}

/** @param {NonNullable<State["reading"]>} reading @param {DrawnNode} node @param {DrawnNode} output
 * @param {Translate} t @returns {{meaning: string[], how: string}} what a change of a value does, and how that
 * is known */
function saidOf(reading, node, output, t) {
  const names = { name: quoted(node, t), output: quoted(output, t) };
  const reached = number(output.value);
  if (!Number.isFinite(reached)) return { meaning: [t("meaning.undefined", { ...names, value: short(reached) })], how: "" };
  const grad = number(node.grad ?? 0);
  const numbers = { value: number(node.value), grad: slopeOf(reading, node) };
  if (!Number.isFinite(numbers.grad)) return { meaning: [meaning({ ...names, ...numbers }, t)], how: "" };
  const count = momentsOf(reading).uses.get(node.id)?.length ?? 0;
  const how = count > 1 ? t("meaning.sum", { ...names, count }) : t("meaning.product", names);
  const kept = { ...names, grad: short(grad), slope: short(numbers.grad), left: short(grad - numbers.grad) };
  const sides = sidesOf(reading, node);
  const carried = numbers.grad === grad || !Number.isFinite(grad) ? [] : [t("meaning.carried", kept)];
  if (sides) return { meaning: [kinked({ ...names, ...numbers }, sides, t), ...carried], how: "" };
  return { meaning: [meaning({ ...names, ...numbers }, t), ...carried], how };
}

/** @param {NonNullable<State["trial"]>} trial @param {string} output @param {Translate} t
 * @returns {string[]} predicted beside actual */
function tried({ name: given, value, before, predicted, kink, after }, output, t) {
  const name = `\`${given}\``;
  const told = [
    t("trial.predicted", { name, value: full(value), output, change: moves(predicted, t), to: short(before + predicted) }),
  ];
  if (after === null) return told;
  const actual = after - before;
  told.push(t("trial.actual", { output, change: moves(actual, t), to: short(after) }));
  const rest = actual - predicted;
  const bent = Math.abs(rest) > 1e-9 * Math.max(1, Math.abs(before));
  if (kink !== null) told.push(t("trial.kink", { name, right: short(kink) }));
  if (kink !== null && !bent) return told;
  return [...told, bent ? t("trial.rest", { rest: short(Math.abs(rest)) }) : t("trial.straight", { name })];
}

/** @param {string} source @param {[number, number] | null} span in code points
 * @returns {{number: number, text: string} | null} the line in which a piece of source begins */
function lineOf(source, span) {
  if (!span) return null;
  const letters = [...source];
  const lines = letters.slice(0, span[0]).join("").split("\n");
  return { number: lines.length, text: source.split("\n")[lines.length - 1].trim() };
}
