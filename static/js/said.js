/** Said: each step in one sentence, for who hears the page instead of seeing it. Pure. */
import { number, short } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {import("./messages.js").Translate} Translate */

/** Returns what a step does.
 * @param {Reading} reading @param {Step | null} step @param {Translate} t @returns {string} */
export function said(reading, step, t) {
  if (step === null) return t("said.beginning");
  const node = reading.byId.get(step.node);
  const value = short(number(node?.value ?? "NaN"));
  const name = node?.whole || t("node.called.constant", { value });
  if (step.phase === "forward") return t("said.forward", { name, value });
  if (step.kind === "seed") return t("said.seed", { name, grad: short(number(step.after)) });
  const target = reading.byId.get(reading.edges.get(step.edge)?.target ?? "")?.whole ?? "";
  const contribution = short(number(step.contribution));
  return t("said.backward", { name, target, contribution, grad: short(number(step.after)) });
}
