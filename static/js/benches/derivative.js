/** Derivative: the gradient drawn as a graph of its own, and the way back. */
import { differentiated } from "../derivative.js";
import { number, short } from "../format.js";
import { axesOf, legend, pathOf, sceneOf } from "../plot.js";
import { Inquiry } from "../inquiry.js";
import { rangeFor } from "../ranges.js";
import { extent } from "../scales.js";
import { outputName, subjectOf, variableOf, variablesOf } from "../subject.js";
import { button, Choice, group, named } from "../view/controls.js";
import { make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../format.js").JsonNumber} JsonNumber */
/** @typedef {{axes: {name: string, points: number[]}[], value: JsonNumber[],
 *   grad: Record<string, JsonNumber[]>}} Swept */
/** @typedef {import("../subject.js").Subject & {over: {name: string, low: number, high: number,
 *   points: number}[]}} Asked */
/** @typedef {{before: {source: string, inputs: Record<string, number>, output: string | null},
 *   source: string, slope: string, output: string, name: string}} Drawn
 *   A gradient that was drawn: the program before it, and the one that draws it. */

const POINTS = 161;
/** Of so many inputs it is said how fast the gradient changes with them. */
const TOLD = 6;
/** Larger graphs are differentiated twice only for who asks to have it drawn. */
const LARGE = 1_000;

export class DerivativeBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server, kept }) {
    const { document, t } = page;
    this.page = page;
    /** @type {string} */
    this.name = kept?.name ?? "";
    /** @type {Drawn[]} */
    this.drawn = kept?.drawn ?? [];
    const choice = new Choice(document, t("derivative.input"), [], (name) => {
      this.name = name;
      this.draw(page.state());
    });
    const go = button(document, t("derivative.draw"), () => this.#differentiate(), "main-action");
    const back = button(document, t("derivative.back"), () => this.#back());
    const now = make(document, "p", "summary");
    const bend = make(document, "p");
    now.setAttribute("role", "status");
    const words = group(document, [
      group(document, [choice.root, go, back]), now, bend, make(document, "p", "quiet", t("derivative.how")),
    ], "bench-words");
    const plots = make(document, "div", "bench-plots");
    named(plots, t("bench.derivative"));
    panel.append(group(document, [words, plots], "bench derivative"));
    const again = () => this.draw(page.state());
    const plot = new PlotView(plots, { resize: again });
    /** @type {Swept | null} */
    this.swept = null;
    this.sweep = /** @type {Inquiry<Asked, Swept>} */ (
      new Inquiry(server, "api/sweep", 60, (swept) => {
        this.swept = swept;
        again();
      }, ({ message }) => (bend.textContent = message))
    );
    /** What the gradient's own gradients are, and of which program that is.
     * @type {{source: string, inputs: {name: string, grad: JsonNumber | null}[]} | null} */
    this.second = null;
    this.rates = /** @type {Inquiry<import("../subject.js").Subject, import("../trace.js").Trace>} */ (
      new Inquiry(server, "api/trace", 60, ({ inputs }, { source }) => {
        this.second = { source, inputs };
        again();
      }, () => (this.second = null))
    );
    this.view = { choice, go, back, now, bend, plot };
  }

  #differentiate() {
    const { go, state, t } = this.page;
    const { source, inputs, output, reading, error } = state();
    const name = reading ? variableOf(variablesOf(reading), this.name)?.name : undefined;
    const of = reading ? outputName(reading) : null;
    if (error || of === null || name === undefined) return;
    const made = differentiated(source, of, name, t("derivative.comment"));
    this.drawn.push({ before: { source, inputs, output }, ...made, output: of, name });
    go({ source: made.source, inputs, output: made.slope });
  }

  #back() {
    const last = this.drawn.pop();
    const { go, state } = this.page;
    if (last) go({ ...last.before, inputs: { ...last.before.inputs, ...state().inputs } });
    if (this.view.back.hidden) this.view.go.focus(); // who came by the keyboard goes on from here
  }

  keep() {
    const { name, drawn } = this;
    return { name, drawn };
  }

  leave() {
    this.sweep.stop();
    this.rates.stop();
  }

  /** Says how fast the gradient changes with each input, the chosen one first, without having it drawn.
   * @param {State} state @param {string} output @param {string} name @returns {string} */
  #rates(state, output, name) {
    const { t } = this.page;
    const subject = subjectOf(state);
    if (subject && (state.reading?.nodes.length ?? 0) <= LARGE) {
      const { source, slope } = differentiated(subject.source, output, name, "");
      this.rates.ask({ ...subject, source, output: slope });
    }
    const { source } = differentiated(state.reading?.trace.source ?? "", output, name, "");
    if (this.second?.source !== source) return "";
    const inputs = [...this.second.inputs].sort((a, b) => Number(b.name === name) - Number(a.name === name));
    const told = inputs.slice(0, TOLD).map((one) => t("derivative.rate", { name: one.name, rate: short(number(one.grad ?? 0)) }));
    return t("derivative.rates", { rates: `${told.join(", ")}${inputs.length > TOLD ? ", …" : ""}` });
  }

  /** The output and its gradient, side by side: where the one is flat, the other is 0.
   * @param {State} state @param {import("../subject.js").Variable} variable @param {string} output */
  #drawCurves(state, { name, value, grad }, output) {
    const { t } = this.page;
    const { plot } = this.view;
    const subject = subjectOf(state);
    const half = Math.max(3, 0.8 * rangeFor(Number.isFinite(value) ? value : 0).high);
    if (subject && Number.isFinite(value)) {
      const inputs = Object.fromEntries(Object.entries(subject.inputs).filter(([other]) => other !== name));
      this.sweep.ask({ ...subject, inputs, over: [{ name, low: -half, high: half, points: POINTS }] });
    }
    const swept = this.swept?.axes[0].name === name ? this.swept : null;
    const xs = swept?.axes[0].points ?? [];
    const [values, slopes] = [swept?.value ?? [], swept?.grad[name] ?? []].map((row) => row.map(number));
    const axes = axesOf(plot.size, [-half, half], extent([...values, ...slopes]));
    const [curve, slope] = [values, slopes].map((ys) =>
      xs.map((x, i) => /** @type {import("../plot.js").Point} */ ([x, ys[i]])));
    const marks = [number(state.reading?.trace.value ?? NaN), grad]
      .map((y, i) => ({ key: String(i), kind: "spot", x: axes.x.at(value), y: axes.y.at(y) }))
      .filter(({ y }) => Number.isFinite(y));
    plot.draw(sceneOf(axes, { title: t("derivative.curves", { output, name }), xTitle: name, yTitle: "" }, {
      curves: [{ key: "values", path: pathOf(axes, curve) }, { key: "secant", path: pathOf(axes, slope) }],
      marks,
      labels: legend(axes, [...curve, ...slope], [["value-name", output], ["secant-name", `∂${output}/∂${name}`]]),
    }));
  }

  /** @param {State} state */
  draw(state) {
    const { t } = this.page;
    const { choice, go, back, now, bend } = this.view;
    const { reading } = state;
    if (!reading) return;
    // Somebody went back, or typed: then it is another program now.
    this.drawn.length = 1 + this.drawn.findLastIndex(({ source }) => source === state.source);
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
    this.#drawCurves(state, variable, output);
    if (drawn && drawn.slope === output && drawn.name === name) {
      const slope = short(number(reading.trace.value));
      now.textContent = t("derivative.second", { slope: drawn.slope, output: drawn.output, name, value: slope, second: short(grad) });
      bend.textContent = Number.isNaN(grad) ? "" : t(`derivative.${grad > 0 ? "convex" : grad < 0 ? "concave" : "straight"}`);
    } else {
      now.textContent = t("derivative.now", { output, name, slope: short(grad), value: short(value) });
      bend.textContent = this.#rates(state, output, name);
    }
  }
}
