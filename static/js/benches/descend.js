/** Descend: the program's own inputs go downhill; the graph, the loss and a map of it follow. */
import { fieldOf, isoline, relief } from "../contours.js";
import { holding, numbers, updatesOf } from "../descent.js";
import { number, short } from "../format.js";
import { axesOf, pathOf, sceneOf } from "../plot.js";
import { Question } from "../question.js";
import { rangeFor } from "../ranges.js";
import { outputLabel, subjectOf, variableOf, variablesOf } from "../subject.js";
import { button, Choice, drawTable, group, scrolled, Tick } from "../view/controls.js";
import { make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";
import { lossScene } from "../loss.js";
import { Trainer } from "./trainer.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../subject.js").Subject} Subject */
/** @typedef {import("../subject.js").Variable} Variable */
/** @typedef {import("../format.js").JsonNumber} JsonNumber */
/** @typedef {{axes: {name: string, points: number[]}[], value: JsonNumber[][]}} Swept */
/** @typedef {Subject & {over: {name: string, low: number, high: number, points: number}[]}} Asked */

const GRID = 60;
const LEVELS = 11;
/** Inputs that are offered at once, and rows of the table. */
const OFFERED = 40;
const ROWS = 12;

export class DescendBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server }) {
    this.page = page;
    /** What was chosen here: the names that are not trained, the axes of the map. */
    this.settings = { still: new Set(), filter: "", across: "", up: "", log: false };
    this.source = "";
    /** @type {{xs: [number, number], ys: [number, number]} | null} */
    this.domain = null;
    /** @type {{asked: Asked, swept: Swept} | null} */
    this.ground = null;
    /** @type {import("../plot.js").Axes | null} */
    this.axes = null;
    this.trainer = new Trainer(page, server, {
      wanted: () => this.#wanted(),
      changed: () => this.#follow(),
      failed: ({ message }) => (this.view.note.textContent = message),
    }, { rate: 0.1, optimizer: "sgd", speed: "20", go: "descend.run" });
    this.trainer.reset = () => this.#reset();
    this.sweep = /** @type {Question<Asked, Swept>} */ (
      new Question(server, "api/sweep", 60, (swept, asked) => {
        this.ground = { asked, swept };
        this.draw(page.state());
      }, () => {
        this.ground = null;
        this.draw(page.state());
      })
    );
    this.view = this.#build(panel);
  }

  /** @param {HTMLElement} panel */
  #build(panel) {
    const { document, t } = this.page;
    const { trainer } = this;
    const status = make(document, "p", "summary");
    const remark = make(document, "p", "remark");
    const note = make(document, "p", "refusal");
    for (const place of [status, note]) place.setAttribute("role", "status");
    const names = make(document, "fieldset", "names");
    const filter = make(document, "input");
    filter.type = "search";
    filter.placeholder = t("descend.filter");
    filter.setAttribute("aria-label", t("descend.filter"));
    filter.addEventListener("input", () => this.#change({ filter: filter.value }));
    const all = button(document, t("descend.all"), () => this.#change({ still: new Set() }));
    const none = button(document, t("descend.none"), () => this.#change({ still: new Set(this.#names()) }));
    const list = group(document, []);
    names.append(make(document, "legend", "", t("descend.trainable")), group(document, [filter, all, none]), list);
    const words = group(document, [
      trainer.view.buttons, status, remark, note, trainer.view.settings, names,
      make(document, "p", "quiet", t("descend.how")),
    ], "bench-words");
    const log = new Tick(document, t("descend.log"), (on) => this.#change({ log: on }));
    const across = new Choice(document, t("descend.across"), [], (name) => this.#change({ across: name }));
    const up = new Choice(document, t("descend.up"), [], (name) => this.#change({ up: name }));
    const hint = make(document, "span");
    const low = make(document, "span");
    const high = make(document, "span");
    const bar = make(document, "span", "legend-bar");
    const legend = group(document, [low, bar, high, hint], "legend quiet");
    const left = group(document, [group(document, [log.root])], "bench-plot");
    const right = group(document, [group(document, [across.root, up.root, legend])], "bench-plot");
    const table = make(document, "table");
    const plots = group(document, [left, right], "bench-plots");
    panel.append(group(document, [words, group(document, [plots, scrolled(document, t("descend.updates"), table)], "bench-side")], "bench"));
    const resize = () => this.draw(this.page.state());
    const loss = new PlotView(left, { resize });
    const map = new PlotView(right, { resize, press: (x, y) => this.#pick(x, y) });
    return { status, remark, note, names, filter, list, log, across, up, hint, low, bar, high, table, loss, map };
  }

  /** @param {Partial<typeof this.settings>} change */
  #change(change) {
    this.settings = { ...this.settings, ...change };
    if (change.across !== undefined || change.up !== undefined) this.domain = null;
    this.draw(this.page.state());
  }

  /** @returns {Variable[]} the inputs, with the numbers that they have now */
  #variables() {
    const { reading, inputs } = this.page.state();
    if (!reading) return [];
    return variablesOf(reading).map((one) => ({ ...one, value: inputs[one.name] ?? one.value }));
  }

  #names() {
    return this.#variables().map(({ name }) => name);
  }

  #wanted() {
    const { source, inputs, output, error } = this.page.state();
    if (error) return null;
    const variables = this.#variables();
    const now = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
    const trainable = variables.map(({ name }) => name).filter((name) => !this.settings.still.has(name));
    return { source, output, trainable, inputs: { ...inputs, ...now } };
  }

  /** The page's inputs follow the run, and with them the graph. */
  #follow() {
    const { last } = this.trainer.run;
    if (last) {
      const now = numbers(last.inputs);
      const { inputs } = this.page.state();
      const moved = Object.keys(now).some((name) => inputs[name] !== now[name]);
      if (moved && Object.values(now).every(Number.isFinite)) this.page.dispatch({ type: "put", inputs: now });
    }
    this.draw(this.page.state());
  }

  /** A hand at an input while it runs: who drags wants to see where it goes from there.
   * @param {State} state */
  #isTouched({ inputs }) {
    const { runner, run } = this.trainer;
    if (!runner.running || !run.last || run.shown < 0) return false;
    const shown = Object.entries(numbers(run.last.inputs));
    return shown.every(([, value]) => Number.isFinite(value)) && shown.some(([name, value]) => inputs[name] !== value);
  }

  #reset() {
    const begun = this.trainer.forget();
    this.domain = null;
    if (begun) this.page.dispatch({ type: "put", inputs: begun });
  }

  leave() {
    this.sweep.stop();
    if (this.trainer.runner.running) this.trainer.pause();
  }

  /** @param {number} x pixels @param {number} y */
  #pick(x, y) {
    const { axes, settings: { across, up } } = this;
    if (!axes || !across || !up) return;
    const [first, second] = [axes.x.invert(x), axes.y.invert(y)].map((value) => Number(value.toPrecision(3)));
    this.page.dispatch({ type: "put", inputs: { [across]: first, [up]: second } });
  }

  /** @param {State} state */
  draw(state) {
    const { reading } = state;
    if (!reading || !this.view) return;
    if (this.source !== state.source) {
      this.source = state.source;
      this.domain = null;
      this.settings = { ...this.settings, still: new Set(), across: "", up: "" };
      if (this.trainer.run.begun) return void this.trainer.forget();
    }
    if (this.#isTouched(state)) this.trainer.pause();
    const variables = this.#variables();
    this.trainer.draw();
    this.#drawNames(variables);
    this.#say(outputLabel(reading), number(reading.trace.value));
    const { loss, log } = this.view;
    log.show(this.settings.log);
    loss.draw(lossScene(loss.size, this.trainer.run.losses, this.settings.log, outputLabel(reading), this.page.t));
    this.#drawUpdates();
    this.#drawMap(state, outputLabel(reading), variables);
  }

  /** @param {string} output @param {number} value */
  #say(output, value) {
    const { t } = this.page;
    const { run, steps, settings: { rate, zero_grad } } = this.trainer;
    const { status, remark, note } = this.view;
    const start = run.losses[0]?.value ?? value;
    const now = run.losses[run.losses.length - 1]?.value ?? value;
    const nowhere = run.status === "diverged" && steps === 0;
    status.textContent = t(nowhere ? "descend.undefined" : `descend.${run.status}`, { output, step: steps, steps, start: short(start), value: short(now), rate: short(rate) });
    const unzeroed = !zero_grad && steps > 1 ? t("descend.unzeroed", { step: steps }) : "";
    const risen = zero_grad && steps > 1 && now > start && run.status !== "diverged" ? t("descend.risen", { output }) : "";
    remark.textContent = unzeroed || risen;
    if (run.status === "running") note.textContent = "";
  }

  /** @param {Variable[]} variables */
  #drawNames(variables) {
    const { document } = this.page;
    const { names, filter, list } = this.view;
    const { still } = this.settings;
    const many = variables.length > 8;
    names.classList.toggle("many", many);
    filter.hidden = !many;
    const shown = variables.filter(({ name }) => name.includes(this.settings.filter)).slice(0, OFFERED);
    const key = JSON.stringify(shown.map(({ name }) => [name, still.has(name)]));
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    const focused = document.activeElement?.getAttribute("data-name");
    list.replaceChildren(...shown.map(({ name }) => {
      const tick = new Tick(document, name, (on) => {
        const kept = new Set(this.settings.still);
        if (on) kept.delete(name);
        else kept.add(name);
        this.#change({ still: kept });
      });
      tick.show(!still.has(name));
      tick.input.dataset.name = name;
      return tick.root;
    }));
    const again = [...list.querySelectorAll("input")].find((input) => input.dataset.name === focused);
    if (focused && again) again.focus();
  }

  #drawUpdates() {
    const { t } = this.page;
    const { run } = this.trainer;
    const { table } = this.view;
    const rows = updatesOf(run, ROWS);
    table.hidden = !rows.length;
    if (!rows.length) return;
    const all = Object.keys(run.last?.inputs ?? {}).length;
    const more = all > rows.length ? ` ${t("descend.updates.more", { shown: rows.length, all })}` : "";
    const heads = ["name", "before", "grad"].map((key) => t(`descend.updates.${key}`));
    const after = ["update", "after"].map((key) => t(`descend.updates.${key}`));
    const memory = rows[0].memory.map(([key]) => key);
    const cell = (/** @type {number} */ value) => ({ text: short(value), kind: "number" });
    drawTable(table, t("descend.updates") + more, [...heads, ...memory, ...after], rows.map((row) => ({
      cells: [{ text: row.name }, ...[row.before, row.grad, ...row.memory.map(([, value]) => value), row.update, row.after].map(cell)],
    })));
  }

  /** @param {State} state @param {string} output @param {Variable[]} variables */
  #drawMap(state, output, variables) {
    const { t } = this.page;
    const { view } = this;
    const two = variables.length > 1;
    view.hint.textContent = t(two ? "descend.map.hint" : "descend.map.two");
    view.map.root.hidden = !two;
    for (const part of [view.across.root, view.up.root, view.low, view.bar, view.high]) part.hidden = !two;
    if (!two) return;
    const across = /** @type {Variable} */ (variableOf(variables, this.settings.across));
    const others = variables.filter(({ name }) => name !== across.name);
    const up = /** @type {Variable} */ (variableOf(others, this.settings.up));
    this.settings = { ...this.settings, across: across.name, up: up.name };
    view.across.offer(options(variables));
    view.up.offer(options(others));
    view.across.show(across.name);
    view.up.show(up.name);
    const { xs, ys } = this.#domainOf(across.value, up.value);
    const subject = subjectOf(state);
    if (subject) this.#askGround(subject, across.name, up.name, xs, ys);
    const { ground } = this;
    const fits = ground && ground.swept.axes[0].name === across.name && ground.swept.axes[1].name === up.name;
    const axes = axesOf(view.map.size, xs, ys);
    this.axes = axes;
    const path = this.trainer.run.path.map((row) => /** @type {[number, number]} */ ([row[across.name] ?? across.value, row[up.name] ?? up.value]));
    const line = pathOf(axes, path);
    const drawn = fits ? painted(axes, ground.swept) : { curves: [], field: null, low: NaN, high: NaN };
    const marks = [{ key: "spot", kind: "spot", x: axes.x.at(across.value), y: axes.y.at(up.value) }];
    if (path.length) marks.unshift({ key: "start", kind: "start", x: axes.x.at(path[0][0]), y: axes.y.at(path[0][1]) });
    const values = { output, across: across.name, up: up.name, x: short(across.value), y: short(up.value), low: short(drawn.low), high: short(drawn.high) };
    const walked = path.length > 1 ? ` ${t("descend.map.path", { count: this.trainer.steps })}` : "";
    view.map.draw(sceneOf(axes, { title: t("descend.map", values) + walked, xTitle: across.name, yTitle: up.name }, {
      field: drawn.field,
      curves: [...drawn.curves, { key: "path-under", path: line }, { key: "path", path: line }],
      marks,
    }));
    const scaled = Number.isFinite(drawn.low);
    view.low.textContent = scaled ? values.low : "";
    view.high.textContent = scaled ? values.high : "";
  }

  /** @param {number} x @param {number} y */
  #domainOf(x, y) {
    const known = this.domain ?? { xs: rangeAround(x), ys: rangeAround(y) };
    const { xs, ys } = known;
    const grown = { xs: holding(xs, x), ys: holding(ys, y) };
    // The same numbers are the same object, so that the axes rest while a point moves between them.
    this.domain = grown.xs[0] === xs[0] && grown.ys[0] === ys[0] ? known : grown;
    return this.domain;
  }

  /** @param {Subject} subject @param {string} across @param {string} up
   * @param {[number, number]} xs @param {[number, number]} ys */
  #askGround(subject, across, up, xs, ys) {
    const inputs = Object.fromEntries(Object.entries(subject.inputs).filter(([name]) => name !== across && name !== up));
    const over = [
      { name: across, low: xs[0], high: xs[1], points: GRID },
      { name: up, low: ys[0], high: ys[1], points: GRID },
    ];
    this.sweep.ask({ ...subject, inputs, over });
  }
}

/** @param {Variable[]} variables */
function options(variables) {
  return variables.map(({ name }) => ({ value: name, text: name }));
}

/** @param {number} value @returns {[number, number]} */
function rangeAround(value) {
  const centre = Number.isFinite(value) ? value : 0;
  const half = Math.max(3, 0.6 * rangeFor(centre).high);
  return [centre - half, centre + half];
}

/** @param {import("../plot.js").Axes} axes @param {Swept} swept */
function painted(axes, swept) {
  const [xs, ys] = swept.axes.map(({ points }) => points);
  const grid = swept.value.map((column) => column.map(number));
  const { levels, paint, low, high } = relief(grid, LEVELS);
  const curves = levels.map((level, i) => ({ key: `level l${i}`, path: pathOf(axes, isoline(xs, ys, grid, level)) }));
  return { curves, field: fieldOf(grid, paint), low, high };
}
