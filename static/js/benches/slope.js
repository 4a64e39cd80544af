/** Slope: the output as a curve over one input, its tangent, and a secant that turns into it. */
import { courseIn, meaningOf, numbersOf, remarkOf } from "../account.js";
import { number, short } from "../format.js";
import { errorScene } from "../rounding.js";
import { secantScene } from "../secant.js";
import { sidesOf } from "../sides.js";
import { fromSlider, isStraight, LEAST_H, MOST_H, tangentOf, toSlider } from "../slope.js";
import { outputLabel, subjectOf, variableOf, variablesOf } from "../subject.js";
import { Choice, group, named, Slider } from "../view/controls.js";
import { make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";
import { CLOSE, endsOf, FAR, reachOf, settled } from "../stretch.js";
import { Probe } from "./probe.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../trace.js").Reading} Reading */
/** @typedef {import("../subject.js").Variable} Variable */
/** @typedef {import("../account.js").Finding} Finding */

export class SlopeBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server, kept }) {
    this.page = page;
    /** What was chosen here. */
    this.settings = { name: "", centre: 0, zoom: 0, h: 1, ...kept };
    /** @type {import("../plot.js").Axes | null} */
    this.axes = null;
    /** @type {import("../plot.js").Axes | null} */
    this.errorAxes = null;
    this.probe = new Probe(server, {
      answered: () => this.draw(page.state()),
      failed: (message) => this.#remark({ text: message, warns: true }),
    });
    this.view = this.#build(panel);
  }

  /** @param {HTMLElement} panel */
  #build(panel) {
    const { document, t } = this.page;
    const choice = new Choice(document, t("slope.input"), [], (name) => this.#change({ name, zoom: 0 }));
    const h = new Slider(document, t("slope.h"), { low: toSlider(LEAST_H), high: toSlider(MOST_H), step: 0.01 },
      (place) => this.#change({ h: fromSlider(place) }));
    const zoom = new Slider(document, t("slope.range"), { low: CLOSE, high: FAR, step: 0.05 },
      (place) => this.#change({ zoom: place, centre: this.#variable()?.value ?? 0 }));
    const numbers = make(document, "dl", "numbers");
    const remark = make(document, "p", "slope-remark");
    const meaning = make(document, "p");
    const course = make(document, "p", "summary course");
    for (const place of [course, remark]) place.setAttribute("role", "status");
    const words = group(document, [
      group(document, [choice.root, h.root, zoom.root]),
      numbers, remark, meaning, course, make(document, "p", "quiet", t("slope.how")),
    ], "bench-words");
    const plots = make(document, "div", "bench-plots");
    named(plots, t("bench.slope"));
    panel.append(group(document, [words, plots], "bench"));
    const resize = () => this.draw(this.page.state());
    const main = new PlotView(plots, { resize, drag: (key, x) => this.#drag(key, x) }, "wide");
    const error = new PlotView(plots, { resize, press: (x) => this.#pickH(x), drag: (_, x) => this.#pickH(x) });
    return { choice, h, zoom, numbers, remark, meaning, course, main, error };
  }

  /** @param {Partial<typeof this.settings>} change */
  #change(change) {
    this.settings = { ...this.settings, ...change };
    if (change.name !== undefined) this.settings.centre = this.#variable()?.value ?? 0;
    this.draw(this.page.state());
  }

  #variable() {
    const { reading } = this.page.state();
    return reading ? variableOf(variablesOf(reading), this.settings.name) : undefined;
  }

  /** @param {string} key @param {number} x pixels */
  #drag(key, x) {
    const variable = this.#variable();
    if (!this.axes || !variable) return;
    const at = this.axes.x.invert(x);
    if (key === "ahead") this.#change({ h: fromSlider(toSlider(at - variable.value)) });
    else {
      const [low, high] = this.axes.x.domain;
      const value = Number(Math.min(high, Math.max(low, at)).toPrecision(4));
      this.page.dispatch({ type: "set", name: variable.name, value });
    }
  }

  /** @param {number} x pixels */
  #pickH(x) {
    if (this.errorAxes) this.#change({ h: fromSlider(toSlider(this.errorAxes.x.invert(x))) });
  }

  keep() {
    return this.settings;
  }

  leave() {
    this.probe.stop();
  }

  /** @param {State} state */
  draw(state) {
    const { reading } = state;
    if (!reading) return;
    const variables = variablesOf(reading);
    const variable = variableOf(variables, this.settings.name);
    if (!variable) return this.#remark({ text: this.page.t("bench.no-input"), warns: true });
    this.settings = settled(this.settings, variable);
    const { h } = this.settings;
    this.view.choice.offer(variables.map(({ name }) => ({ value: name, text: name })));
    this.view.choice.show(variable.name);
    this.view.h.show(toSlider(h), short(h));
    this.view.zoom.show(this.settings.zoom, `± ${short(reachOf(this.settings, variable.value))}`);
    const ends = endsOf(this.settings, variable.value);
    const subject = subjectOf(state);
    if (subject && Number.isFinite(variable.value)) this.probe.ask(subject, variable, ends, h);
    const finding = this.#finding(reading, variable);
    this.#say(finding);
    this.#drawCurve(finding, ends);
    this.#drawErrors(finding);
  }

  /** @param {Reading} reading @param {Variable} variable @returns {Finding} what is known of the slope now */
  #finding(reading, variable) {
    const { name, value: x, last, grad, node } = variable;
    const { h } = this.settings;
    const drawn = reading.byId.get(node);
    const sides = drawn && last === x ? sidesOf(reading, drawn) : null;
    const tangent = tangentOf({ ...variable, reaches: drawn !== undefined }, sides ?? this.probe.closeBy(variable));
    const samples = this.probe.over(name) ?? { xs: [], ys: [], slopes: [] };
    return {
      output: outputLabel(reading), name, x, y: number(reading.trace.value), h, ...this.probe.secant(x, h),
      ...tangent, last, grad, sides, samples, straight: isStraight(samples.xs, samples.ys),
    };
  }

  /** @param {Finding} finding */
  #say(finding) {
    const { document, t } = this.page;
    this.view.numbers.replaceChildren(...numbersOf(finding, t).flatMap(({ term, text, kind }) =>
      [make(document, "dt", kind, term), make(document, "dd", kind, text)]));
    this.#remark(remarkOf(finding, this.probe.notes.get(finding.name) ?? "", t));
    this.view.meaning.textContent = meaningOf(finding, t);
    this.view.course.textContent = courseIn(finding, t);
  }

  /** @param {{text: string, warns: boolean}} remark */
  #remark({ text, warns }) {
    this.view.remark.textContent = text;
    this.view.remark.classList.toggle("remark", warns);
  }

  /** @param {Finding} finding @param {[number, number]} ends */
  #drawCurve(finding, ends) {
    const { t } = this.page;
    const { axes, scene } = secantScene(this.view.main.size, finding, ends, courseIn(finding, t), t);
    this.axes = axes;
    this.view.main.draw(scene);
  }

  /** @param {Finding} finding */
  #drawErrors({ name, output, h, measured, slope, by }) {
    // The check moves a number where its gradient is taken: on this curve that says nothing.
    this.view.error.root.hidden = by !== "gradient";
    const series = this.probe.series.find((one) => one.name === name);
    const now = { h, error: Math.abs(measured - slope) };
    const { axes, scene } = errorScene(this.view.error.size, series, { name, output, now }, this.page.t);
    this.errorAxes = axes;
    this.view.error.draw(scene);
  }
}
