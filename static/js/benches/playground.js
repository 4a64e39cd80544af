/** Playground: a network learns a set of points, and each point leads down into the graph of its row.
 *
 * The program of the page describes one row. Training runs it on all rows at once; a point that is
 * chosen puts its row and the numbers of this moment into the page's inputs, so that the graph, the
 * sliders and the steps show that row.
 */
import { fieldOf, isoline, sides } from "../contours.js";
import { parsed } from "../csv.js";
import { numbers } from "../descent.js";
import { number, short } from "../format.js";
import { around, GRID, hits, neighbour, planOf, programFor, rowOf, SCORE, sharesOf } from "../playground.js";
import { axesOf, pathOf, sceneOf } from "../plot.js";
import { Question } from "../question.js";
import { extent } from "../scales.js";
import { button, Choice, drawTable, Field, group, scrolled, Tick } from "../view/controls.js";
import { element, make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";
import { lossScene } from "../loss.js";
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

const DATA = ["moons", "circles", "xor", "spiral", "blobs", "linear"];
const OWN = "own";
const SHARES = 8;
/** Milliseconds between two looks of the graph at a row while the network learns. */
const GLANCE = 300;

export class PlaygroundBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server, open, shut }) {
    this.page = page;
    this.server = server;
    /** What was chosen here. */
    this.settings = { data: DATA[0], rows: 100, noise: 0.1, seed: 42, csv: "x1,x2,y\n0,0,-1\n0,1,1\n1,0,1\n1,1,-1", log: false };
    /** @type {Columns | null} */
    this.columns = null;
    /** @type {number | null} */
    this.row = null;
    /** @type {Swept | null} */
    this.surface = null;
    /** @type {{value: number, grads: Record<string, number>} | null} */
    this.mean = null;
    this.wish = 0;
    this.glanced = 0;
    this.source = "";
    /** @type {[number, number][]} */
    this.places = [];
    const again = () => this.draw(page.state());
    this.sweep = /** @type {Question<Asked, Swept>} */ (
      new Question(server, "api/sweep", 90, (swept) => {
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
    this.view = this.#build(panel, open, shut);
    this.#fetch();
  }

  /** @param {HTMLElement} panel @param {() => Promise<void>} open @param {() => void} shut */
  #build(panel, open, shut) {
    const { document, t } = this.page;
    const { trainer } = this;
    const { rows, noise, seed, csv } = this.settings;
    const data = new Choice(document, t("playground.data"),
      [...DATA, OWN].map((name) => ({ value: name, text: t(`playground.data.${name}`) })), (name) => this.#choose({ data: name }));
    const count = new Field(document, t("playground.rows"), { low: 2, high: 1000, whole: true }, (value) => this.#choose({ rows: value }));
    const spread = new Field(document, t("playground.noise"), { low: 0, high: 10 }, (value) => this.#choose({ noise: value }));
    const chance = new Field(document, t("playground.seed"), { whole: true }, (value) => this.#choose({ seed: value }));
    count.show(rows);
    spread.show(noise);
    chance.show(seed);
    const made = group(document, [count.root, spread.root, chance.root], "controls fields");
    const text = make(document, "textarea");
    text.value = csv;
    text.rows = 5;
    text.spellcheck = false;
    const label = make(document, "label", "own");
    label.append(make(document, "span", "quiet", t("playground.csv")), text);
    const own = group(document, [label, button(document, t("playground.use"), () => this.#choose({ csv: text.value }))], "own");
    const load = button(document, t("playground.load"), () => this.#load());
    const status = make(document, "p", "summary");
    const accuracy = make(document, "p");
    const note = make(document, "p", "refusal");
    for (const place of [status, note]) place.setAttribute("role", "status");
    const words = group(document, [
      group(document, [data.root, load]), made, own, trainer.view.buttons, status, accuracy, note,
      trainer.view.settings, make(document, "p", "quiet", t("playground.how")),
    ], "bench-words");
    const log = new Tick(document, t("descend.log"), (on) => {
      this.settings = { ...this.settings, log: on };
      this.draw(this.page.state());
    });
    const key = make(document, "p", "quiet key");
    const left = group(document, [key], "bench-plot broad");
    const right = group(document, [group(document, [log.root])], "bench-plot");
    const bridge = make(document, "p");
    bridge.setAttribute("role", "status");
    const show = button(document, "", () => this.#toGraph(shut));
    const table = make(document, "table");
    const settled = make(document, "p");
    const told = group(document, [bridge, settled, show], "bridge");
    const below = group(document, [told, scrolled(document, t("playground.shares"), table)], "bridge-rows");
    panel.append(group(document, [words, group(document, [group(document, [left, right], "bench-plots"), below], "bench-side")], "bench"));
    const resize = () => this.draw(this.page.state());
    const map = new PlotView(left, {
      resize,
      choose: (row) => this.#show(Number(row)),
      walk: (row, right, down) => String(neighbour(this.places, Number(row), [right, down])),
    });
    const loss = new PlotView(right, { resize });
    const back = button(document, "", () => this.#return(open), "back-to-playground");
    back.hidden = true;
    element(document, "graph-area", HTMLElement).querySelector(".canvas")?.append(back);
    return { data, made, own, load, status, accuracy, note, log, key, bridge, settled, show, table, map, loss, back };
  }

  // -- data -------------------------------------------------------------------------------------

  /** @param {Partial<typeof this.settings>} change */
  #choose(change) {
    this.settings = { ...this.settings, ...change };
    this.#fetch();
  }

  async #fetch() {
    const { data, rows, noise, seed, csv } = this.settings;
    const wish = (this.wish += 1);
    this.#refuse("");
    if (data === OWN) return this.#read(csv);
    try {
      const response = await this.server.fetch(`api/datasets/${data}?${new URLSearchParams({ rows: `${rows}`, noise: `${noise}`, seed: `${seed}` })}`);
      const answer = await response.json();
      if (wish !== this.wish) return;
      if (response.ok) this.#take(answer.columns);
      else this.#refuse(this.server.told(answer.error).message);
    } catch {
      if (wish === this.wish) this.#refuse(this.server.unreachable);
    }
  }

  /** @param {string} text */
  #read(text) {
    const found = parsed(text);
    if ("columns" in found) this.#take(found.columns);
    else this.#refuse(this.page.t(`playground.csv.${found.problem}`, { line: found.line, text: found.text }));
    this.draw(this.page.state());
  }

  /** @param {Columns} columns */
  #take(columns) {
    const was = this.trainer.runner.running;
    this.columns = columns;
    this.row = null;
    this.mean = null;
    this.surface = null;
    this.trainer.forget();
    if (was && !this.#missing().length) this.trainer.start();
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
    if (!this.view) return;
    if (this.source !== state.source) {
      this.source = state.source;
      this.row = null;
      this.surface = null;
      this.mean = null;
      if (this.trainer.run.begun) return void this.trainer.forget();
      this.#refuse("");
    }
    const { view, columns } = this;
    const { data, log } = this.settings;
    view.data.show(data);
    view.made.hidden = data === OWN;
    view.own.hidden = data !== OWN;
    view.log.show(log);
    this.trainer.draw();
    view.loss.draw(lossScene(view.loss.size, this.trainer.run.losses, log, this.page.t("playground.loss"), this.page.t));
    if (!columns) return;
    const plan = planOf(columns);
    this.#ask(state, columns, plan);
    this.#say(columns, plan);
    this.#drawMap(state, columns, plan);
    this.#drawBridge(state, columns, plan);
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
    view.status.textContent = run.status === "ready" ? ready : t(`descend.${run.status}`, values);
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

  /** @param {State} state @param {Columns} columns @param {Plan} plan */
  #drawBridge(state, columns, { rows }) {
    const { t } = this.page;
    const { view, row, mean: asked } = this;
    const { reading } = state;
    const chosen = row === null || !reading ? null : rowOf(columns, row);
    view.show.hidden = view.table.hidden = view.back.hidden = chosen === null;
    view.settled.textContent = "";
    if (row === null || !chosen || !reading) {
      view.bridge.textContent = t("playground.bridge");
      return;
    }
    const { runner, run } = this.trainer;
    const mean = runner.running && run.last ? { value: number(run.last.value), grads: numbers(run.last.grads) } : asked;
    view.show.textContent = t("playground.to-graph", { row: row + 1 });
    view.back.textContent = t("playground.back", { row: row + 1 });
    view.bridge.textContent = t("playground.row", {
      row: row + 1, values: pairs(chosen), loss: short(number(reading.trace.value)),
      mean: mean ? short(mean.value) : "…", rows,
    });
    const grads = Object.fromEntries(reading.trace.inputs.map(({ name, grad }) => [name, number(grad ?? 0)]));
    const learns = Object.entries(grads).some(([name, grad]) => !(name in chosen) && grad !== 0);
    view.settled.textContent = learns || state.request !== state.answered ? "" : t("playground.settled");
    const heads = [t("playground.shares.name"), t("playground.shares.row", { row: row + 1 }), t("playground.shares.mean", { rows })];
    drawTable(view.table, t("playground.shares"), heads, sharesOf(grads, mean?.grads ?? {}, SHARES).map((share) => ({
      cells: [{ text: share.name }, { text: short(share.row), kind: "number" }, { text: short(share.mean), kind: "number" }],
    })));
  }
}

/** @param {Record<string, number>} row @returns {string} its numbers, by name */
function pairs(row) {
  return Object.entries(row).map(([name, value]) => `${name} = ${short(value)}`).join(", ");
}

/** @param {Swept} surface */
function planeOf({ axes, value }) {
  const [xs, ys] = axes.map(({ points }) => points);
  const grid = /** @type {JsonNumber[][]} */ (value).map((column) => column.map(number));
  return { xs, ys, grid };
}
