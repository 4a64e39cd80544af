/** The inputs: a slider and a number for each, with its gradient as far as it is known. */
import { number, short, sign } from "../format.js";
import { element } from "../view/dom.js";
import { InputsView } from "../view/inputs.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */

export class InputsDrawing {
  /** @param {Page} page */
  constructor({ document, dispatch, t }) {
    this.view = new InputsView(
      element(document, "inputs", HTMLElement),
      (name, value) => dispatch({ type: "set", name, value }),
      (name) => dispatch({ type: "unset", name }),
      t,
    );
    this.t = t;
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw({ reading, inputs: set }, before, frame) {
    if (!reading || !frame) return;
    const { source, output: id } = reading.trace;
    const output = reading.byId.get(id)?.label ?? "";
    const apart = /\.data\b/.test(source) ? "reason.written" : "reason.independent";
    this.view.draw(
      dataFirst(reading.trace.inputs).map(({ name, node, initial, value: last, defaulted }) => {
        // What the program changed as it ran has another gradient than what the slider sets.
        const grad = last === initial ? (frame.grads.get(node) ?? null) : null;
        const value = set[name] ?? number(initial);
        const changed = name in set;
        const notes = [
          ...(defaulted ? [this.t("inputs.defaulted")] : []),
          ...(reading.byId.has(node) ? [] : [this.t(apart, { name, output })]),
        ];
        return { name, value, shown: short(value), grad: short(grad), gradSign: sign(grad), note: notes.join("; "), changed };
      }),
    );
  }
}

/** Returns inputs with those in front that have a name of their own: of a network's weights only some
 * are shown, and one looks for the data among them.
 * @param {import("../trace.js").Input[]} inputs */
function dataFirst(inputs) {
  const own = (/** @type {import("../trace.js").Input} */ { name }) => !name.includes("[");
  return [...inputs.filter(own), ...inputs.filter((input) => !own(input))];
}
