/** Slope: the output as a curve over one input, its tangent, and a secant that turns into it. */
import { number, sentence, short } from "../format.js";
import { axesOf, legend, pathOf, sceneOf } from "../plot.js";
import { Question } from "../question.js";
import { rangeFor } from "../ranges.js";
import { errorScene } from "../rounding.js";
import { extent } from "../scales.js";
import { along, closeTo, courseOf, curveOf, fromSlider, LEAST_H, lineThrough, MOST_H, tangentOf, toSlider } from "../slope.js";
import { outputLabel, subjectOf, variableOf, variablesOf } from "../subject.js";
import { Choice, group, named, Slider } from "../view/controls.js";
import { make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../subject.js").Subject} Subject */
/** @typedef {import("../format.js").JsonNumber} JsonNumber */
/** @typedef {{axes: {name: string, points: number[]}[], value: JsonNumber[],
 *   grad: Record<string, JsonNumber[]>}} Swept */
/** @typedef {Subject & {over: {name: string, low: number, high: number, points: number}[]}} Asked */
/** @typedef {{series: Series[], inputs: {name: string, note: string | null}[]}} Checked */
/** @typedef {import("../rounding.js").Series} Series */
/** @typedef {import("../subject.js").Variable} Variable */
/** @typedef {import("../slope.js").Tangent} Tangent */

const POINTS = 201;
/** How far one can look closer, and from how far away, as powers of ten of the usual range. */
const CLOSE = -4;
const FAR = 1;

export class SlopeBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server, kept }) {
    this.page = page;
    /** What was chosen here. */
    this.settings = { name: "", centre: 0, zoom: 0, h: 1, ...kept };
    /** @type {{asked: Asked, swept: Swept} | null} */
    this.curve = null;
    /** @type {import("../plot.js").Axes | null} */
    this.axes = null;
    /** @type {import("../plot.js").Axes | null} */
    this.errorAxes = null;
    /** @type {{x: number, ahead: number, here: number} | null} */
    this.secant = null;
    /** @type {{name: string, x: number, left: number, right: number} | null} slopes close to the input */
    this.around = null;
    /** @type {Series[]} */
    this.series = [];
    /** @type {Map<string, string>} what the check says of an input */
    this.notes = new Map();
    const again = () => this.draw(page.state());
    const fail = (/** @type {import("../state.js").ErrorDetail} */ error) => this.#refuse(error.message);
    this.sweep = /** @type {Question<Asked, Swept>} */ (
      new Question(server, "api/sweep", 30, (swept, asked) => {
        this.curve = { asked, swept };
        again();
      }, fail)
    );
    this.pair = /** @type {Question<Asked, Swept>} */ (
      new Question(server, "api/sweep", 10, ({ value }, { over: [{ low }] }) => {
        this.secant = { x: low, here: number(value[0]), ahead: number(value[1]) };
        again();
      }, fail)
    );
    this.close = /** @type {Question<Asked, Swept>} */ (
      new Question(server, "api/sweep", 30, ({ axes: [{ name, points }], value }) => {
        const [low, here, high] = value.map(number);
        const [left, right] = [(here - low) / (points[1] - points[0]), (high - here) / (points[2] - points[1])];
        this.around = { name, x: points[1], left, right };
        again();
      }, fail)
    );
    this.errors = /** @type {Question<Subject & {series: true}, Checked>} */ (
      new Question(server, "api/check", 250, ({ series, inputs }) => {
        this.series = series;
        this.notes = new Map(inputs.map(({ name, note }) => [name, note === null ? "" : sentence(server.say(note))]));
        again();
      }, () => {})
    );
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
    const meaning = make(document, "p");
    const summary = make(document, "p", "summary");
    const note = make(document, "p", "refusal");
    for (const place of [summary, note]) place.setAttribute("role", "status");
    const words = group(document, [
      group(document, [choice.root, h.root, zoom.root]),
      numbers, note, meaning, summary, make(document, "p", "quiet", t("slope.how")),
    ], "bench-words");
    const plots = make(document, "div", "bench-plots");
    named(plots, t("bench.slope"));
    panel.append(group(document, [words, plots], "bench"));
    const resize = () => this.draw(this.page.state());
    const main = new PlotView(plots, { resize, drag: (key, x) => this.#drag(key, x) }, "wide");
    const error = new PlotView(plots, { resize, press: (x) => this.#pickH(x), drag: (_, x) => this.#pickH(x) });
    return { choice, h, zoom, numbers, meaning, summary, note, main, error };
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
    for (const question of [this.sweep, this.pair, this.close, this.errors]) question.stop();
  }

  /** @param {string} message */
  #refuse(message) {
    this.view.note.textContent = message;
  }

  /** @param {State} state */
  draw(state) {
    const { reading } = state;
    if (!reading) return;
    const variables = variablesOf(reading);
    const variable = variableOf(variables, this.settings.name);
    if (!variable) return this.#refuse(this.page.t("bench.no-input"));
    this.#settle(variable);
    this.view.choice.offer(variables.map(({ name }) => ({ value: name, text: name })));
    this.view.choice.show(variable.name);
    this.view.h.show(toSlider(this.settings.h), short(this.settings.h));
    this.view.zoom.show(this.settings.zoom, `± ${short(this.#half(variable.value))}`);
    const subject = subjectOf(state);
    if (subject && Number.isFinite(variable.value)) this.#ask(subject, variable);
    const near = this.around?.name === variable.name && Math.abs(this.around.x - variable.value) < closeTo(variable.value);
    const tangent = tangentOf({ ...variable, reaches: reading.byId.has(variable.node) }, near ? this.around : null);
    this.#drawCurve(reading, variable, tangent);
    this.#drawErrors(variable, outputLabel(reading), tangent);
  }

  /** The axis stays where it is while the input moves within it.
   * @param {Variable} variable */
  #settle({ name, value }) {
    const [low, high] = this.#domain(value);
    // A range that was right for 1e300 is none for 2, although 2 is within it.
    const fits = high - low <= 50 * Math.max(3, rangeFor(value).high) * 10 ** this.settings.zoom;
    const inside = value >= low && value <= high && fits;
    if (name === this.settings.name && (inside || !Number.isFinite(value))) return;
    this.settings = { ...this.settings, name, centre: Number.isFinite(value) ? value : 0 };
  }

  /** @param {number} value @returns {[number, number]} */
  #domain(value) {
    const half = this.#half(value);
    // Ends that are round numbers: the middle gives way a little.
    const middle = Number((Math.round((4 * this.settings.centre) / half) * (half / 4)).toPrecision(9));
    return [middle - half, middle + half];
  }

  /** @param {number} value @returns {number} */
  #half(value) {
    const { centre, zoom } = this.settings;
    return Math.max(3, rangeFor(Number.isFinite(centre) ? centre : value).high * 0.8) * 10 ** zoom;
  }

  /** @param {Subject} subject @param {Variable} variable */
  #ask(subject, { name, value }) {
    this.view.note.textContent = this.notes.get(name) ?? "";
    const [low, high] = this.#domain(value);
    const others = Object.fromEntries(Object.entries(subject.inputs).filter(([other]) => other !== name));
    this.sweep.ask({ ...subject, inputs: others, over: [{ name, low, high, points: POINTS }] });
    const ahead = value + this.settings.h;
    this.pair.ask({ ...subject, inputs: others, over: [{ name, low: value, high: ahead, points: 2 }] });
    const near = closeTo(value);
    this.close.ask({ ...subject, inputs: others, over: [{ name, low: value - near, high: value + near, points: 3 }] });
    this.errors.ask({ ...subject, series: true });
  }

  /** @param {import("../trace.js").Reading} reading @param {Variable} variable @param {Tangent} tangent */
  #drawCurve(reading, variable, tangent) {
    const { t } = this.page;
    const { name, value: x } = variable;
    const { slope } = tangent;
    const output = outputLabel(reading);
    const y = number(reading.trace.value);
    const { h } = this.settings;
    const { ahead, measured } = this.#secantAt(x);
    this.#say(output, variable, { y, tangent, measured, ahead });
    const known = this.curve?.asked.over[0].name === name ? this.curve : null;
    const xs = known ? known.swept.axes[0].points : [];
    const ys = known ? known.swept.value.map(number) : [];
    const slopes = known ? known.swept.grad[name].map(number) : [];
    const domain = this.#domain(x);
    const axes = axesOf(this.view.main.size, domain, extent(ys, y));
    this.axes = axes;
    const marks = [{ key: "here", kind: "here", x: axes.x.at(x), y: axes.y.at(y), handle: true }];
    if (Number.isFinite(ahead)) {
      marks.push({ key: "ahead", kind: "ahead", x: axes.x.at(x + h), y: axes.y.at(ahead), handle: true });
    }
    const finite = marks.filter((mark) => Number.isFinite(mark.x) && Number.isFinite(mark.y));
    const summary = this.#summary(output, name, x, slope, xs, ys);
    this.view.summary.textContent = summary;
    /** @type {[string, string][]} */
    const lines = [["secant-name", t("slope.secant", { slope: short(measured) })]];
    if (!Number.isNaN(slope)) lines.unshift(["tangent-name", t("slope.tangent", { slope: short(slope) })]);
    const curve = curveOf(xs, ys, slopes);
    this.view.main.draw(
      sceneOf(axes, { title: summary, xTitle: name, yTitle: output }, {
        curves: [
          { key: "tangent", path: pathOf(axes, lineThrough([x, y], slope, domain)) },
          { key: "secant", path: pathOf(axes, lineThrough([x, y], measured, domain)) },
          { key: "rise", path: pathOf(axes, [[x, y], [x + h, y], [x + h, ahead]]) },
          { key: "values", path: pathOf(axes, curve) },
        ],
        marks: finite,
        labels: legend(axes, [...along([x, y], slope, domain), ...along([x, y], measured, domain), ...curve], lines),
      }),
    );
  }

  /** @param {number} x @returns {{ahead: number, measured: number}} the output at h from there, and the slope to it */
  #secantAt(x) {
    const { ahead, here } = this.secant?.x === x ? this.secant : { ahead: NaN, here: NaN };
    return { ahead, measured: (ahead - here) / this.settings.h };
  }

  /** @param {string} output @param {Variable} variable
   * @param {{y: number, tangent: Tangent, measured: number, ahead: number}} found */
  #say(output, { name, value: x, last, grad }, { y, tangent: { slope, by }, measured, ahead }) {
    const { document, t } = this.page;
    const { h } = this.settings;
    const own = by === "gradient" ? "slope.gradient" : "slope.close";
    /** @type {[string, string, string][]} */
    const rows = [
      [t(own, { output, name }), Number.isNaN(slope) && by !== "gradient" ? "–" : short(slope), "gradient-number"],
      [t("slope.quotient", { output, name }), short(measured), "measured-number"],
      [t("slope.difference"), short(Math.abs(measured - slope)), ""],
    ];
    this.view.numbers.replaceChildren(
      ...rows.flatMap(([term, text, kind]) => [make(document, "dt", kind, term), make(document, "dd", kind, text)]),
    );
    const values = { output, name, x: short(x), y: short(y), h: short(h), ahead: short(ahead),
      change: short(ahead - y), slope: short(measured), last: short(last), grad: short(grad) };
    const why = last === x ? "slope.apart" : "slope.later";
    const told = by === "gradient" ? "slope.meaning" : by === "kink" ? "slope.edge" : why;
    this.view.meaning.textContent = Number.isFinite(ahead) ? t(told, values) : "";
  }

  /** @param {string} output @param {string} name @param {number} x @param {number} grad
   * @param {number[]} xs @param {number[]} ys @returns {string} */
  #summary(output, name, x, grad, xs, ys) {
    const { t } = this.page;
    const seen = xs.map((_, i) => i).filter((i) => Number.isFinite(ys[i]));
    if (!seen.length) return "";
    const [first, last] = [seen[0], seen[seen.length - 1]];
    const shown = seen.map((i) => ys[i]);
    const values = {
      output, name, x: short(x), slope: short(grad), low: short(xs[first]), high: short(xs[last]),
      from: short(ys[first]), to: short(ys[last]), least: short(Math.min(...shown)), most: short(Math.max(...shown)),
    };
    const gaps = seen.length < xs.length ? ` ${t("slope.gaps", { output })}` : "";
    return `${t(`slope.${courseOf(ys)}`, values)}${gaps}`;
  }

  /** @param {Variable} variable @param {string} output @param {Tangent} tangent */
  #drawErrors({ name, value }, output, { slope, by }) {
    // The check moves a number where its gradient is taken: on this curve that says nothing.
    this.view.error.root.hidden = by !== "gradient";
    const series = this.series.find((one) => one.name === name);
    const now = { h: this.settings.h, error: Math.abs(this.#secantAt(value).measured - slope) };
    const { axes, scene } = errorScene(this.view.error.size, series, { name, output, now }, this.page.t);
    this.errorAxes = axes;
    this.view.error.draw(scene);
  }
}
