/** Descend: the program's own inputs go downhill; the graph, the loss and a map of it follow. */
import { numbers, updatesOf } from "../descent.js";
import { listed, number, short } from "../format.js";
import { lossScene } from "../loss.js";
import { isData } from "../roles.js";
import { movableOf, outputLabel, outputName, writtenOf } from "../subject.js";
import { button, drawTable, group, scrolled, Tick } from "../view/controls.js";
import { make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";
import { Terrain } from "./terrain.js";
import { Trainable } from "./trainable.js";
import { Trainer } from "./trainer.js";
import { Slide } from "./slide.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../subject.js").Variable} Variable */

/** Rows of the table. */
const ROWS = 12;
/** The example that is offered where there is nothing that can go downhill. */
const VALLEY = "valley";

export class DescendBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server, kept }) {
    this.page = page;
    /** @type {boolean} */
    this.logarithmic = kept?.logarithmic ?? false;
    this.source = kept ? page.state().source : "";
    const again = () => this.draw(page.state());
    this.trainer = new Trainer(page, server, {
      wanted: () => this.#wanted(),
      changed: () => this.#follow(),
      failed: ({ message }) => (this.view.note.textContent = message),
      reset: (begun) => this.#reset(begun),
    }, { rate: 0.1, optimizer: "sgd", speed: "20", go: "descend.run" }, kept?.trainer);
    this.trainable = new Trainable(page, () => this.#variables().map(({ name }) => name), again, kept?.still);
    this.terrain = new Terrain(page, server, again, kept?.sides);
    this.slide = new Slide(page, server, again);
    this.view = this.#build(panel);
  }

  /** @param {HTMLElement} panel */
  #build(panel) {
    const { document, t } = this.page;
    const { trainer } = this;
    const status = make(document, "p", "summary");
    const remark = make(document, "p", "remark");
    const note = make(document, "p", "refusal");
    const apart = make(document, "p", "apart");
    const how = make(document, "p", "quiet");
    const valley = button(document, t("descend.load"), () => this.#load());
    for (const place of [status, note]) place.setAttribute("role", "status");
    const words = group(document, [
      trainer.view.buttons, status, valley, apart, remark, note, trainer.view.settings, this.trainable.root, how,
    ], "bench-words");
    const log = new Tick(document, t("descend.log"), (on) => {
      this.logarithmic = on;
      this.draw(this.page.state());
    });
    const left = group(document, [group(document, [log.root])], "bench-plot");
    const table = make(document, "table");
    const plots = group(document, [left, this.terrain.root, this.slide.root], "bench-plots");
    panel.append(group(document, [words, group(document, [plots, scrolled(document, t("descend.updates"), table)], "bench-side")], "bench"));
    const loss = new PlotView(left, { resize: () => this.draw(this.page.state()) });
    return { status, valley, apart, remark, note, how, log, table, loss };
  }

  /** @returns {Variable[]} the inputs that can be moved, with the numbers that they have now */
  #variables() {
    const { reading, inputs } = this.page.state();
    if (!reading) return [];
    return movableOf(reading).map((one) => ({ ...one, value: inputs[one.name] ?? one.value }));
  }

  /** @returns {boolean} whether the program moves whatever is to be moved: there is nothing to run then */
  #goesItself() {
    const { reading } = this.page.state();
    return reading !== null && writtenOf(reading).length > 0 && movableOf(reading).every(({ name }) => isData(name));
  }

  #wanted() {
    const { source, inputs, output, error } = this.page.state();
    if (this.#goesItself()) return null;
    if (error) {
      this.view.note.textContent = this.page.t("bench.failed");
      return null;
    }
    const now = Object.fromEntries(this.#variables().map(({ name, value }) => [name, value]));
    return { source, output, trainable: this.trainable.trained(), inputs: { ...inputs, ...now } };
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

  /** Puts a program into the editor whose output has a least value. What comes next is to run. */
  #load() {
    const valley = this.page.examples.find(({ id }) => id === VALLEY);
    if (!valley) return;
    this.page.go({ source: valley.source, inputs: valley.inputs });
    this.trainer.view.run.focus();
  }

  /** @param {Record<string, number>} begun */
  #reset(begun) {
    this.terrain.recentre();
    this.slide.forget();
    this.page.dispatch({ type: "put", inputs: begun });
  }

  keep() {
    const { logarithmic, trainable, terrain, trainer } = this;
    return { logarithmic, still: trainable.chosen, sides: terrain.chosen, trainer: trainer.keep() };
  }

  leave() {
    this.terrain.leave();
    this.slide.leave();
    this.trainer.rest();
  }

  /** @param {State} state */
  draw(state) {
    const { reading } = state;
    if (!reading || !this.view) return;
    if (this.source !== state.source) {
      this.source = state.source;
      this.terrain.forget();
      this.slide.forget();
      this.trainable.forget();
      this.view.note.textContent = "";
      if (this.trainer.run.begun) return void this.trainer.forget();
    }
    if (this.#isTouched(state)) this.trainer.pause();
    const goesItself = this.#goesItself();
    this.trainer.draw(!goesItself);
    for (const part of [this.trainer.view.settings, this.trainable.root]) part.hidden = goesItself;
    const sides = goesItself ? 0 : this.#variables().length;
    this.terrain.root.hidden = sides < 2;
    this.slide.root.hidden = sides !== 1;
    this.view.log.show(this.logarithmic);
    this.#drawUpdates();
    const written = listed(writtenOf(reading));
    this.view.apart.textContent = written && !goesItself ? this.page.t("descend.apart", { names: written }) : "";
    if (goesItself) this.#drawWay(reading, written);
    else this.#drawRun(state, outputLabel(reading), number(reading.trace.value));
  }

  /** @param {State} state @param {string} output @param {number} value */
  #drawRun(state, output, value) {
    const { still } = this.trainable;
    const variables = this.#variables().sort((a, b) => Number(still.has(a.name)) - Number(still.has(b.name)));
    const { run, steps } = this.trainer;
    this.trainable.draw();
    this.#say(output, value);
    this.view.how.textContent = this.page.t("descend.how");
    this.#drawLosses(run.losses, output);
    if (variables.length === 1) this.slide.draw(state, output, variables[0], run, steps);
    else this.terrain.draw(state, output, variables, run.path, steps);
  }

  /** Draws the way that the program goes by itself.
   * @param {import("../trace.js").Reading} reading @param {string} names */
  #drawWay(reading, names) {
    const { t } = this.page;
    const output = outputName(reading) ?? outputLabel(reading);
    const losses = reading.trace.history.map(({ value }, index) => ({ step: index + 1, value: number(value) }));
    const way = losses.length > 1 ? `${t("descend.written.way", { output, count: losses.length })} ` : "";
    this.view.status.textContent = t("descend.written", { names });
    this.view.how.textContent = way + t("descend.written.how", { output });
    this.view.remark.textContent = "";
    this.view.valley.hidden = false;
    this.#drawLosses(losses, output);
  }

  /** @param {import("../descent.js").Loss[]} losses @param {string} output */
  #drawLosses(losses, output) {
    const { loss } = this.view;
    loss.draw(lossScene(loss.size, losses, this.logarithmic, output, this.page.t));
  }

  /** @param {string} output @param {number} value */
  #say(output, value) {
    const { t } = this.page;
    const { run, steps, settings: { rate, zero_grad } } = this.trainer;
    const { status, remark, note } = this.view;
    const start = run.losses[0]?.value ?? value;
    const now = run.losses[run.losses.length - 1]?.value ?? value;
    const nowhere = run.status === "diverged" && steps === 0;
    const last = run.losses.findLast((loss) => Number.isFinite(loss.value))?.value ?? start;
    const endless = run.status === "diverged" && last < start;
    this.view.valley.hidden = !endless;
    status.textContent = t(nowhere ? "descend.undefined" : endless ? "descend.unbounded" : `descend.${run.status}`, { output, step: steps, steps, start: short(start), value: short(now), rate: short(rate) });
    const unzeroed = !zero_grad && steps > 1 ? t("descend.unzeroed", { step: steps }) : "";
    const risen = zero_grad && steps > 1 && now > start && run.status !== "diverged" ? t("descend.risen", { output }) : "";
    remark.textContent = unzeroed || risen;
    if (run.status === "running") note.textContent = "";
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
}
