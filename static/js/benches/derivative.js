/** Derivative: the gradient drawn as a graph of its own, and the way back. */
import { differentiated } from "../derivative.js";
import { number, short } from "../format.js";
import { outputName, variableOf, variablesOf } from "../subject.js";
import { button, Choice, group } from "../view/controls.js";
import { make } from "../view/dom.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {{before: {source: string, inputs: Record<string, number>, output: string | null,
 *   example: string | null}, source: string, slope: string, output: string, name: string}} Drawn
 *   A gradient that was drawn: the program before it, and the one that draws it. */

export class DerivativeBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel }) {
    const { document, t } = page;
    this.page = page;
    this.name = "";
    /** @type {Drawn[]} */
    this.drawn = [];
    const choice = new Choice(document, t("derivative.input"), [], (name) => {
      this.name = name;
      this.draw(page.state());
    });
    const go = button(document, t("derivative.draw"), () => this.#differentiate(), "main-action");
    const back = button(document, t("derivative.back"), () => this.#back());
    const now = make(document, "p", "summary");
    const bend = make(document, "p");
    now.setAttribute("role", "status");
    panel.append(group(document, [
      group(document, [choice.root, go, back]), now, bend, make(document, "p", "quiet", t("derivative.how")),
    ], "bench-words alone"));
    this.view = { choice, go, back, now, bend };
  }

  #differentiate() {
    const { dispatch, state, t } = this.page;
    const { source, inputs, output, example, reading, error } = state();
    const name = reading ? variableOf(variablesOf(reading), this.name)?.name : undefined;
    const of = reading ? outputName(reading) : null;
    if (error || of === null || name === undefined) return;
    const made = differentiated(source, of, name, t("derivative.comment"));
    this.drawn.push({ before: { source, inputs, output, example }, ...made, output: of, name });
    dispatch({ type: "load", source: made.source, inputs, output: made.slope, example: null });
  }

  #back() {
    const last = this.drawn.pop();
    const { dispatch, state } = this.page;
    if (last) dispatch({ type: "load", ...last.before, inputs: { ...last.before.inputs, ...state().inputs } });
  }

  leave() {}

  /** @param {State} state */
  draw(state) {
    const { t } = this.page;
    const { choice, go, back, now, bend } = this.view;
    const { reading } = state;
    if (!reading) return;
    const top = this.drawn[this.drawn.length - 1];
    if (top && state.source !== top.source) this.drawn = []; // somebody typed: it is another program now
    const drawn = this.drawn[this.drawn.length - 1];
    const variables = variablesOf(reading);
    const variable = variableOf(variables, this.name);
    const output = outputName(reading);
    back.hidden = !drawn;
    go.setAttribute("aria-disabled", String(output === null || !variable));
    bend.textContent = "";
    if (!variable) return void (now.textContent = t("bench.no-input"));
    this.name = variable.name;
    choice.offer(variables.map(({ name }) => ({ value: name, text: name })));
    choice.show(variable.name);
    if (output === null) return void (now.textContent = t("derivative.unnamed"));
    const { name, value, grad } = variable;
    if (drawn && drawn.slope === output && drawn.name === name) {
      const slope = short(number(reading.trace.value));
      now.textContent = t("derivative.second", { slope: drawn.slope, output: drawn.output, name, value: slope, second: short(grad) });
      bend.textContent = Number.isNaN(grad) ? "" : t(`derivative.${grad > 0 ? "convex" : grad < 0 ? "concave" : "straight"}`);
    } else {
      now.textContent = t("derivative.now", { output, name, slope: short(grad), value: short(value) });
    }
  }
}
