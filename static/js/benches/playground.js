/** Playground: a network learns a set of points, and each point leads down into the graph of its row.
 *
 * The program of the page describes one row. Training runs it on all rows at once; a point that is
 * chosen puts its row and the numbers of this moment into the page's inputs, so that the graph, the
 * sliders and the steps show that row.
 */
import { fieldOf, isoline, sides } from "../contours.js";
import { numbers } from "../descent.js";
import { number, short } from "../format.js";
import { lossScene } from "../loss.js";
import { around, GRID, hits, neighbour, planOf, programFor, rowOf, SCORE } from "../playground.js";
import { axesOf, pathOf, sceneOf } from "../plot.js";
import { Question } from "../question.js";
import { extent } from "../scales.js";
import { button, group, Tick } from "../view/controls.js";
import { element, make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";
import { Bridge, pairs } from "./bridge.js";
import { DataChoice } from "./data.js";
import { Trainer } from "./trainer.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../csv.js").Columns} Columns */
/** @typedef {import("../playground.js").Plan} Plan */
/** @typedef {import("../descent.js").Entry} Entry */
/** @typedef {import("../format.js").JsonNumber} JsonNumber */
/** @typedef {{axes: {name: string, points: number[]}[], value: JsonNumber[] | JsonNumber[][]}} Swept */
/** @typedef {{source: string, inputs: Record<string, number>, output: string,
 *   over: {name: string, low: number, high: number, points: number}[]}} Asked */
/** @typedef {import("./trainer.js").Wanted & {steps: number}} AskedMean */

/** Milliseconds between two looks of the graph at a row while the network learns. */
const GLANCE = 300;

export class PlaygroundBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server, open, shut }) {
    this.page = page;
    this.log = false;
    /** @type {Columns | null} */
    this.columns = null;
    /** @type {number | null} */
    this.row = null;
    /** @type {Swept | null} */
    this.surface = null;
    /** @type {{value: number, grads: Record<string, number>} | null} */
    this.mean = null;
    this.glanced = 0;
    this.source = "";
    /** @type {[number, number][]} */
    this.places = [];
    const again = () => this.draw(page.state());
    this.sweep = /** @type {Question<Asked, Swept>} */ (
      new Question(server, "api/sweep", 90, (swept, { over }) => {
        const features = this.columns ? planOf(this.columns).features : [];
        if (over.some(({ name }, i) => name !== features[i])) return; // of data that was there before
        this.surface = swept;
        again();
      }, ({ code, message }) => this.#refuse(code === "unknown_name" ? page.t("playground.score") : message))
    );
    this.average = /** @type {Question<AskedMean, {history: Entry[]}>} */ (
      new Question(server, "api/descend", 60, ({ history: [{ value, grads }] }) => {
        this.mean = { value: number(value), grads: numbers(grads) };
        again();
      }, ({ message }) => this.#refuse(message))
    );
    this.trainer = new Trainer(page, server, {
      wanted: () => this.#wanted(),
      changed: () => this.#follow(),
      failed: ({ message }) => this.#refuse(message),
    }, { rate: 0.02, optimizer: "adam", speed: "20", go: "playground.train" });
    this.trainer.reset = () => this.#put(this.trainer.forget() ?? {});
    this.bridge = new Bridge(page, () => this.#toGraph(shut), () => this.#return(open));
    this.view = this.#build(panel);
    this.data = new DataChoice(page, server, {
      taken: (columns) => this.#take(columns),
      refused: (message) => this.#refuse(message),
    });
    this.view.choice.append(this.data.view.data.root, this.view.load);
    this.view.choice.after(this.data.view.made, this.data.view.own);
  }

  /** @param {HTMLElement} panel */
  #build(panel) {
    const { document, t } = this.page;
    const { trainer } = this;
    const load = button(document, t("playground.load"), () => this.#load());
    const choice = group(document, []);
    const status = make(document, "p", "summary");
    const accuracy = make(document, "p");
    const note = make(document, "p", "refusal");
    for (const place of [status, note]) place.setAttribute("role", "status");
    const words = group(document, [
      choice, trainer.view.buttons, status, accuracy, note,
      trainer.view.settings, make(document, "p", "quiet", t("playground.how")),
    ], "bench-words");
    const log = new Tick(document, t("descend.log"), (on) => {
      this.log = on;
      this.draw(this.page.state());
    });
    const key = make(document, "p", "quiet key");
    const left = group(document, [key], "bench-plot broad");
    const right = group(document, [group(document, [log.root])], "bench-plot");
    panel.append(group(document, [words, group(document, [group(document, [left, right], "bench-plots"), this.bridge.root], "bench-side")], "bench"));
    const resize = () => this.draw(this.page.state());
    const map = new PlotView(left, {
      resize,
      choose: (row) => this.#show(Number(row)),
      walk: (row, right, down) => String(neighbour(this.places, Number(row), [right, down])),
    });
    const loss = new PlotView(right, { resize });
    return { choice, load, status, accuracy, note, log, key, map, loss };
  }

  // -- data -------------------------------------------------------------------------------------

  /** @param {Columns} columns */
  #take(columns) {
    const was = this.trainer.runner.running;
    this.columns = columns;
    this.row = null;
    this.mean = null;
    this.surface = null;
    this.trainer.forget();
    if (was && !this.#missing().length) this.trainer.start();
    else this.draw(this.page.state());
  }

  /** @param {string} text */
  #refuse(text) {
    if (this.view) this.view.note.textContent = text;
  }

  /** Puts a program for the data into the editor. */
  #load() {
    if (!this.columns) return;
    history.pushState(null, "", location.href); // so that Back returns to what was there
    this.page.dispatch({ type: "load", source: programFor(planOf(this.columns)), inputs: {}, example: null });
  }

  // -- training ---------------------------------------------------------------------------------

  /** @returns {string[]} columns that are no inputs of the program */
  #missing() {
    const { reading, source } = this.page.state();
    if (!this.columns || reading?.trace.source !== source) return [];
    const known = new Set(reading.trace.inputs.map(({ name }) => name));
    return Object.keys(this.columns).filter((name) => !known.has(name));
  }

  /** @returns {Record<string, number>} the numbers of what is trained, at this moment */
  #now() {
    const { reading, inputs } = this.page.state();
    const { runner, run } = this.trainer;
    if (runner.running && run.last) return numbers(run.last.inputs);
    const columns = this.columns ?? {};
    const trained = (reading?.trace.inputs ?? []).filter(({ name }) => !(name in columns));
    return Object.fromEntries(trained.map(({ name, initial }) => [name, inputs[name] ?? number(initial)]));
  }

  /** @returns {import("./trainer.js").Wanted | null} */
  #wanted() {
    const { source, output, error, reading } = this.page.state();
    if (error || !this.columns || reading?.trace.source !== source) return null;
    const missing = this.#missing();
    if (missing.length) {
      this.#refuse(this.page.t("playground.foreign", { names: missing.join(", ") }));
      return null;
    }
    const inputs = this.#now();
    return { source, output, inputs, trainable: Object.keys(inputs), data: this.columns };
  }

  #follow() {
    const { run, runner } = this.trainer;
    const now = Date.now();
    const due = this.row !== null && now - this.glanced > GLANCE;
    if (run.last && (due || (!runner.running && run.begun))) {
      this.glanced = now;
      this.#put(numbers(run.last.inputs));
    }
    this.draw(this.page.state());
  }

  /** @param {Record<string, number>} inputs */
  #put(inputs) {
    const all = { ...inputs, ...(this.row !== null && this.columns ? rowOf(this.columns, this.row) : {}) };
    const known = this.page.state().inputs;
    const moved = Object.keys(all).some((name) => known[name] !== all[name]);
    if (moved && Object.values(all).every(Number.isFinite)) this.page.dispatch({ type: "put", inputs: all });
  }

  /** @param {number} row */
  #show(row) {
    if (!this.columns || this.#missing().length) return void this.#wanted();
    this.row = row;
    this.mean = null;
    this.#put(this.#now());
    this.draw(this.page.state());
  }

  /** The whole stage for one row: the button on it leads back.
   * @param {() => void} shut */
  #toGraph(shut) {
    shut();
    const stage = element(this.page.document, "graph-area", HTMLElement);
    stage.scrollIntoView({ block: "start", behavior: this.page.calm() ? "auto" : "smooth" });
    stage.focus({ preventScroll: true });
  }

  /** @param {() => Promise<void>} open */
  async #return(open) {
    await open();
    const { root } = this.view.map;
    root.scrollIntoView({ block: "nearest", behavior: this.page.calm() ? "auto" : "smooth" });
    /** @type {SVGElement | null} */ (root.querySelector(".mark.chosen"))?.focus({ preventScroll: true });
  }

  leave() {
    this.sweep.stop();
    this.average.stop();
    if (this.trainer.runner.running) this.trainer.pause();
  }

  // -- drawing ----------------------------------------------------------------------------------

  /** @param {State} state */
  draw(state) {
    if (!this.data) return;
    if (this.source !== state.source) {
      this.source = state.source;
      this.row = null;
      this.surface = null;
      this.mean = null;
      if (this.trainer.run.begun) return void this.trainer.forget();
      this.#refuse("");
    }
    const { view, columns, log } = this;
    view.log.show(log);
    this.trainer.draw();
    view.loss.draw(lossScene(view.loss.size, this.trainer.run.losses, log, this.page.t("playground.loss"), this.page.t));
    if (!columns) return;
    const plan = planOf(columns);
    this.#ask(state, columns, plan);
    this.#say(columns, plan);
    this.#drawMap(state, columns, plan);
    const { row } = this;
    const chosen = row === null ? null : { row, of: plan.rows, values: rowOf(columns, row), mean: this.#meanNow() };
    this.bridge.draw(state, chosen);
  }

  /** @returns {import("./bridge.js").Mean | null} the mean over all rows, if it is known: gradients that
   * nothing zeroes are a sum over steps, too */
  #meanNow() {
    const { runner, run, settings } = this.trainer;
    if (!runner.running) return this.mean;
    if (!run.last || !settings.zero_grad) return null;
    return { value: number(run.last.value), grads: numbers(run.last.grads) };
  }

  /** @param {State} state @param {Columns} columns @param {Plan} plan */
  #ask(state, columns, { features }) {
    const { source, error, reading } = state;
    if (error || reading?.trace.source !== source || this.#missing().length) return;
    const inputs = this.#now();
    if (!Object.values(inputs).every(Number.isFinite)) return;
    const [first, second, ...others] = features;
    for (const name of others) inputs[name] = columns[name].reduce((a, b) => a + b, 0) / columns[name].length;
    const over = [first, second].filter((name) => name !== undefined).map((name) => {
      const [low, high] = around(columns[name]);
      return { name, low, high, points: second === undefined ? 3 * GRID : GRID };
    });
    this.sweep.ask({ source, inputs, output: SCORE, over });
    const wanted = this.row === null || this.trainer.runner.running ? null : this.#wanted();
    if (wanted) this.average.ask({ ...wanted, steps: 0 });
  }

  /** @param {Columns} columns @param {Plan} plan */
  #say(columns, plan) {
    const { t } = this.page;
    const { view } = this;
    const { run, steps, settings: { rate } } = this.trainer;
    const missing = this.#missing();
    view.load.classList.toggle("main-action", missing.length > 0);
    const losses = run.losses;
    const values = {
      output: t("playground.loss"), step: steps, steps, rate: short(rate), rows: plan.rows,
      count: Object.keys(this.#now()).length,
      start: short(losses[0]?.value ?? null), value: short(losses[losses.length - 1]?.value ?? null),
    };
    const ready = missing.length ? t("playground.foreign", { names: missing.join(", ") }) : t("playground.ready", values);
    const { reading, source } = this.page.state();
    const stale = reading?.trace.source !== source; // what is wrong with the program is said beside it
    view.status.textContent = stale ? "" : run.status === "ready" ? ready : t(`descend.${run.status}`, values);
    view.accuracy.textContent = "";
    if (this.surface && plan.classes && plan.features.length === 2) {
      const found = hits(columns, plan, planeOf(this.surface));
      const share = Math.round((100 * found) / plan.rows);
      view.accuracy.textContent = t("playground.accuracy", { hits: found, rows: plan.rows, share });
    }
  }

  /** @param {State} state @param {Columns} columns @param {Plan} plan */
  #drawMap(state, columns, plan) {
    const { t } = this.page;
    const { view, surface } = this;
    const [first, second] = plan.features;
    const flat = second === undefined;
    const up = flat ? plan.label : second;
    const line = flat && surface ? /** @type {JsonNumber[]} */ (surface.value).map(number) : [];
    const ys = flat ? extent([...around(columns[up]), ...line]) : around(columns[up]);
    const axes = axesOf(view.map.size, around(columns[first]), ys);
    this.places = columns[first].map((x, row) => [axes.x.at(x), axes.y.at(columns[up][row])]);
    const marks = this.places.map(([x, y], row) => {
      const high = columns[plan.label][row] > plan.middle;
      const values = pairs(rowOf(columns, row));
      return {
        key: String(row), kind: plan.classes ? (high ? "high" : "low") : "datum", x, y, chosen: row === this.row,
        shape: /** @type {"circle" | "square"} */ (high || !plan.classes ? "circle" : "square"),
        text: t("playground.point", { row: row + 1, values }),
      };
    });
    const named = { across: first, up, rows: plan.rows };
    const drawn = surface && !flat ? this.#ground(state, axes, surface, plan) : { field: null, curves: [] };
    if (flat) drawn.curves = [{ key: "fit", path: pathOf(axes, (surface?.axes[0].points ?? []).map((x, i) => [x, line[i]])) }];
    const title = `${t(flat ? "playground.fit" : "playground.map", named)} ${view.accuracy.textContent}`;
    view.map.draw(sceneOf(axes, { title, xTitle: first, yTitle: up }, { ...drawn, marks }));
    const sidesOf = ["high", "low"].map((side) =>
      t(`playground.legend.${side}`, { label: plan.label, value: short(side === "high" ? plan.high : plan.low) }));
    view.key.textContent = plan.classes ? sidesOf.join(" · ") : "";
  }

  /** @param {State} state @param {import("../plot.js").Axes} axes @param {Swept} surface @param {Plan} plan
   * @returns {{field: import("../plot.js").Field, curves: import("../plot.js").Curve[]}} */
  #ground({ theme }, axes, surface, { middle }) {
    const { xs, ys, grid } = planeOf(surface);
    const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    const edge = pathOf(axes, isoline(xs, ys, grid, middle));
    return { field: fieldOf(grid, sides(grid, middle, dark)), curves: [{ key: "edge", path: edge }] };
  }

}

/** @param {Swept} surface */
function planeOf({ axes, value }) {
  const [xs, ys] = axes.map(({ points }) => points);
  const grid = /** @type {JsonNumber[][]} */ (value).map((column) => column.map(number));
  return { xs, ys, grid };
}
