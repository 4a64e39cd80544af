/** Highlight: what lights up with a value. Pointing shows its neighbours; choosing it, everything
 * that it depends on and everything that depends on it. Pure.
 */
import { neighbours } from "./trace.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {import("./fold.js").Folded} Folded */
/** @typedef {{lit: Set<string>, chosen: Set<string>, selected: string | null,
 *   relations: Map<string, "ancestor" | "descendant">}} Highlight
 *   All by what stands for them in the drawing. */

/** Returns what lights up.
 * @param {Reading} reading @param {Folded} drawn @param {string[]} pointed
 * @param {string | null} selected @returns {Highlight} */
export function highlightOf(reading, drawn, pointed, selected) {
  const hovered = pointed.length === 1 && pointed[0] === selected ? [] : pointed;
  /** @param {Iterable<string>} ids */
  const seen = (ids) => new Set([...ids].map((id) => drawn.shown.get(id) ?? id));
  const chosen = hovered.length || selected === null ? hovered : [selected];
  const relations = new Map();
  const lit = hovered.length ? seen(hovered.flatMap((id) => [...neighbours(reading, id)])) : new Set();
  if (!hovered.length && selected !== null) {
    for (const id of seen(descendants(reading, selected))) relations.set(id, "descendant");
    for (const id of seen(ancestors(reading, selected))) relations.set(id, "ancestor");
    for (const id of seen([selected])) relations.delete(id);
    for (const id of [...relations.keys(), ...seen([selected])]) lit.add(id);
  }
  const own = selected === null ? null : (drawn.shown.get(selected) ?? null);
  return { lit, chosen: seen(chosen), selected: own, relations };
}

/** Returns where the source lights up: with what is pointed at, else with what is chosen, else with the
 * operation that the step is about. At the end of both passes nothing is under way.
 * @param {Reading | null} reading @param {string} source what the editor shows @param {number} step
 * @param {string[]} pointed @param {string | null} selected @returns {[number, number][]} */
export function litText(reading, source, step, pointed, selected) {
  if (!reading || reading.trace.source !== source) return []; // in another text a place means nothing
  const now = step < reading.steps.length ? reading.steps[step - 1] : undefined;
  const chosen = selected ?? (now && (operationOf(reading, now) ?? now.node));
  const ids = pointed.length || !chosen ? pointed : [chosen];
  return ids.map((id) => reading.byId.get(id)?.span ?? null).filter((span) => span !== null);
}

/** Returns the result whose operation passes its gradient on in a step, if the step is of that kind.
 * @param {Reading} reading @param {Step} step @returns {string | undefined} */
function operationOf(reading, step) {
  return step.phase === "backward" && step.kind === "accumulate" ? reading.edges.get(step.edge)?.target : undefined;
}

/** Returns what a value was made from, however indirectly.
 * @param {Reading} reading @param {string} id @returns {Set<string>} */
export function ancestors(reading, id) {
  return reached(id, (one) => reading.byId.get(one)?.operands ?? []);
}

/** Returns what was made from a value, however indirectly.
 * @param {Reading} reading @param {string} id @returns {Set<string>} */
export function descendants(reading, id) {
  return reached(id, (one) =>
    (reading.byId.get(one)?.uses ?? []).flatMap((index) => reading.edges.get(index)?.target ?? []),
  );
}

/** @param {string} from @param {(id: string) => string[]} next @returns {Set<string>} */
function reached(from, next) {
  const found = new Set([from]);
  for (const id of found) for (const one of next(id)) found.add(one);
  found.delete(from);
  return found;
}
