/** Permalink: program, inputs and step as an address, and back. Pure. */

/** @typedef {import("./fold.js").Folds} Folds */
/** @typedef {{source: string, inputs: Record<string, number>, output: string | null,
 *   step: number | null, direction: "LR" | "TB" | null,
 *   pace: import("./moments.js").Pace | null, folds?: Folds}} Linked
 *   What the address leaves open is null. */

/** Returns the part of the address after `#`.
 * @param {Linked} linked @returns {string} */
export function toHash({ source, inputs, output, step, direction, pace, folds }) {
  const parameters = new URLSearchParams({ source });
  for (const [name, value] of Object.entries(inputs)) parameters.append("set", `${name}=${value}`);
  if (output !== null) parameters.set("output", output);
  if (step !== null) parameters.set("step", String(step));
  if (direction === "TB") parameters.set("direction", direction);
  if (pace === "node") parameters.set("steps", pace);
  if (folds && folds.base !== "auto") parameters.set("groups", folds.base);
  for (const group of folds?.open ?? []) parameters.append("open", group);
  for (const group of folds?.shut ?? []) parameters.append("shut", group);
  return `#${parameters}`;
}

/** Returns what an address holds, or null if it holds no program.
 * @param {string} hash @returns {Linked | null} */
export function fromHash(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const source = parameters.get("source");
  if (source === null) return null;
  /** @type {Record<string, number>} */
  const inputs = {};
  for (const pair of parameters.getAll("set")) {
    const split = pair.lastIndexOf("=");
    const value = Number(pair.slice(split + 1));
    if (split > 0 && Number.isFinite(value)) inputs[pair.slice(0, split)] = value;
  }
  const step = Number(parameters.get("step") ?? NaN);
  return {
    source,
    inputs,
    output: parameters.get("output"),
    step: Number.isInteger(step) && step >= 0 ? step : null,
    direction: parameters.get("direction") === "TB" ? "TB" : null,
    pace: parameters.get("steps") === "node" ? "node" : null,
    ...foldsOf(parameters),
  };
}

/** @param {URLSearchParams} parameters @returns {{folds?: Folds}} what somebody decided, if anything */
function foldsOf(parameters) {
  const groups = parameters.get("groups");
  const base = groups === "open" || groups === "shut" ? groups : "auto";
  const [open, shut] = [parameters.getAll("open"), parameters.getAll("shut")];
  return base === "auto" && !open.length && !shut.length ? {} : { folds: { base, open, shut } };
}
