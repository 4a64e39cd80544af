/** Knobs: what stands beside the slider of each input: its number, its gradient, and what is odd about it. Pure. */
import { number, short, sign } from "./format.js";
import { versionsOf } from "./trace.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./trace.js").Input} Input */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {{name: string, value: number, shown: string, grad: string, gradSign: string,
 *   note: string, slip: string, written: string, changed: boolean}} Knob
 *   `slip`: that its name may be misspelt; `written`: what the program says instead of the number that was
 *   set here; `changed`: one was, other than the program's. */

/** So many values of one name are listed with their gradients. */
const MOST = 2;

/** Returns the knobs of all inputs.
 * @param {State} state @param {Frame} frame @param {Translate} t @returns {Knob[]} */
export function knobsOf({ reading, inputs: set }, frame, t) {
  if (!reading) return [];
  const { source, output, inputs } = reading.trace;
  const apart = /\.data\b/.test(source) ? "reason.written" : "reason.independent";
  return dataFirst(inputs).map((input) => {
    const { name, initial, value: last, defaulted, meant, replaced } = input;
    const versions = versionsOf(reading, name);
    const isOne = versions.length === 1 && last === initial;
    const grad = isOne ? (frame.grads.get(versions[0].id) ?? null) : null;
    const value = set[name] ?? number(initial);
    const isWritten = name in set && replaced !== undefined;
    const changed = name in set && !(isWritten && number(replaced) === value);
    const note = versions.length
      ? isOne ? "" : listed(versions, frame, t)
      : t(apart, { name, output: reading.byId.get(output)?.label ?? "" });
    const lone = defaulted && meant === undefined ? t("inputs.defaulted") : "";
    return {
      name, value, changed, shown: short(value), grad: short(grad), gradSign: sign(grad),
      note: [lone, note].filter(Boolean).join("; "),
      slip: defaulted && meant !== undefined ? t("inputs.slip", { name, meant }) : "",
      written: changed && isWritten ? t("inputs.written", { value: short(number(replaced)) }) : "",
    };
  });
}

/** Returns what each value of one name passes on: the slider has no single gradient then.
 * @param {DrawnNode[]} versions @param {Frame} frame @param {Translate} t @returns {string} */
function listed(versions, frame, t) {
  const shown = versions.slice(-MOST).map(({ id, label, value }) =>
    t("inputs.version", { name: label, value: short(number(value)), grad: short(frame.grads.get(id) ?? null) || "…" }),
  );
  const more = versions.length - shown.length;
  return [...(more > 0 ? [t("inputs.versions", { count: more })] : []), ...shown].join("; ");
}

/** Returns inputs with those in front that have a name of their own: of a network's weights only some
 * are shown, and one looks for the data among them.
 * @param {Input[]} inputs */
function dataFirst(inputs) {
  const own = (/** @type {Input} */ { name }) => !name.includes("[");
  return [...inputs.filter(own), ...inputs.filter((input) => !own(input))];
}
