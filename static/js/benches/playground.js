/** Playground: a network learns a set of points, and each point leads down into the graph of its row.
 *
 * The program of the page describes one row. Training runs it on all rows at once; a point that is
 * chosen puts its row and the numbers of this moment into the page's inputs, so that the graph, the
 * sliders and the steps show that row.
 */
import { numbers } from "../descent.js";
import { short } from "../format.js";
import { lossScene } from "../loss.js";
import { isKnown, missingOf, obstacleTo, trainedOf } from "../match.js";
import { planOf, programFor, rowOf } from "../playground.js";
import { button, group, Tick } from "../view/controls.js";
import { element, make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";
import { Average } from "./average.js";
import { Bridge } from "./bridge.js";
import { DataChoice } from "./data.js";
import { Invitation } from "./invitation.js";
import { Scatter } from "./scatter.js";
import { Trainer } from "./trainer.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../csv.js").Columns} Columns */
/** @typedef {import("../playground.js").Plan} Plan */

/** A network begins as one box, which opens into layers, neurons and at last single products.
 * @type {import("../fold.js").Folds} */
const AS_ONE = { base: "shut", open: [], shut: [] };
/** Milliseconds between two looks of the graph at the numbers while the network learns. */
const GLANCE = 300;

export class PlaygroundBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server, open, shut, kept }) {
    this.page = page;
    this.log = kept?.log ?? false;
    /** @type {Columns | null} */
    this.columns = kept?.columns ?? null;
    /** @type {number | null} */
    this.row = kept?.row ?? null;
    /** Whether the program is about something else than the data, as far as its inputs are known. */
    this.inviting = false;
    this.glanced = 0;
    this.source = kept ? page.state().source : "";
    const again = () => this.draw(page.state());
    this.scatter = new Scatter(page, server, {
      choose: (row) => this.#show(row), refused: (message) => this.#refuse(message), again,
    });
    this.average = new Average(server, { answered: again, refused: (message) => this.#refuse(message) });
    this.trainer = new Trainer(page, server, {
      wanted: () => this.#wanted(),
      changed: () => this.#follow(),
      failed: ({ message }) => this.#refuse(message),
      reset: (begun) => this.#put(begun),
    }, { rate: 0.02, optimizer: "adam", speed: "20", go: "playground.train" }, kept?.trainer);
    this.bridge = new Bridge(page, () => this.#toGraph(shut), () => this.#return(open));
    this.view = this.#build(panel);
    this.data = new DataChoice(page, server, {
      taken: (columns) => this.#take(columns),
      refused: () => this.#stop(),
      rows: () => (this.columns ? planOf(this.columns).rows : 0),
    }, kept?.data);
    this.view.choice.append(this.data.view.data.root, this.view.load);
    this.view.choice.after(this.data.view.made, this.data.view.own, this.data.view.note);
    again();
  }

  /** @param {HTMLElement} panel */
  #build(panel) {
    const { document, t } = this.page;
    const { trainer } = this;
    const load = button(document, t("playground.load"), () => this.#load());
    const invitation = new Invitation(this.page);
    const choice = group(document, []);
    const status = make(document, "p");
    const accuracy = make(document, "p");
    const note = make(document, "p", "refusal");
    for (const place of [status, note]) place.setAttribute("role", "status");
    const words = group(document, [
      invitation.root, choice, trainer.view.buttons, status, accuracy, note,
      trainer.view.settings, make(document, "p", "quiet how", t("playground.how")),
    ], "bench-words");
    const log = new Tick(document, t("descend.log"), (on) => {
      this.log = on;
      this.draw(this.page.state());
    });
    const learned = group(document, [group(document, [log.root])], "bench-plot learned");
    const side = group(document, [this.scatter.root, this.bridge.root, learned], "bench-side learning");
    const root = group(document, [words, side], "bench playing");
    panel.append(root);
    const loss = new PlotView(learned, { resize: () => this.draw(this.page.state()) });
    return { root, invitation, choice, load, status, accuracy, note, log, loss };
  }

  // -- data -------------------------------------------------------------------------------------

  /** Other data is learned from the beginning: what learned the data of before has a start over it.
   * @param {Columns} columns */
  #take(columns) {
    const was = this.trainer.runner.running;
    this.columns = columns;
    this.row = null;
    this.average.forget();
    this.scatter.forget();
    this.trainer.reset();
    if (was && !missingOf(this.page.state(), columns).length) this.trainer.start();
    else this.draw(this.page.state());
  }

  /** Trains no rows of before, while others are on the screen. */
  #stop() {
    if (this.trainer.runner.running) this.trainer.pause();
    else this.draw(this.page.state());
  }

  /** @param {string} text */
  #refuse(text) {
    if (this.view) this.view.note.textContent = text;
  }

  /** Puts a program for the data into the editor. What comes next is to train it. */
  #load() {
    if (!this.columns || this.data.refused) return;
    // The graph begins with a row of the data: what it says of another would be about nothing.
    this.page.go({ source: programFor(planOf(this.columns)), inputs: rowOf(this.columns, 0), folds: AS_ONE });
    this.source = this.page.state().source;
    this.row = 0;
    this.inviting = false;
    this.draw(this.page.state());
    this.trainer.view.run.focus();
  }

  // -- training ---------------------------------------------------------------------------------

  /** @returns {Record<string, number>} the numbers of what is trained, at this moment */
  #now() {
    const { runner, run } = this.trainer;
    if (runner.running && run.last) return numbers(run.last.inputs);
    return trainedOf(this.page.state(), this.columns);
  }

  #obstacle() {
    return obstacleTo(this.page.state(), this.columns, this.data.refused, this.page.t);
  }

  /** @returns {import("./trainer.js").Wanted | null} */
  #wanted() {
    const { source, output } = this.page.state();
    if (!this.columns || this.#obstacle() !== null) return null;
    const inputs = this.#now();
    return { source, output, inputs, trainable: Object.keys(inputs), data: this.columns };
  }

  #follow() {
    const { run, runner } = this.trainer;
    const now = Date.now();
    const { request, answered } = this.page.state();
    const due = now - this.glanced > GLANCE && request === answered; // no faster than it can be drawn
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
    if (!this.columns || missingOf(this.page.state(), this.columns).length) return;
    this.row = row;
    this.average.forget();
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
    const { root } = this.scatter.map;
    root.scrollIntoView({ block: "nearest", behavior: this.page.calm() ? "auto" : "smooth" });
    /** @type {SVGElement | null} */ (root.querySelector(".mark.chosen"))?.focus({ preventScroll: true });
  }

  keep() {
    this.trainer.rest(); // the inputs then have the trained numbers
    const { log, columns, row, trainer, data } = this;
    return { log, columns, row, trainer: trainer.keep(), data: data.settings };
  }

  leave() {
    this.scatter.leave();
    this.average.leave();
    this.trainer.rest();
  }

  // -- drawing ----------------------------------------------------------------------------------

  /** @param {State} state */
  draw(state) {
    if (!this.data) return;
    if (this.source !== state.source) {
      this.source = state.source;
      this.row = null;
      this.scatter.forget();
      this.average.forget();
      if (this.trainer.run.begun) return void this.trainer.forget();
      this.#refuse("");
    }
    const { view, columns, log } = this;
    view.log.show(log);
    this.trainer.draw(this.#obstacle() === null);
    view.loss.draw(lossScene(view.loss.size, this.trainer.run.losses, log, this.page.t("playground.loss"), this.page.t));
    view.root.classList.toggle("waiting", !columns && !this.data.refused);
    if (!columns) return;
    const plan = planOf(columns);
    this.#invite(state, columns, plan);
    this.#ask(state, columns, plan);
    this.#say(columns, plan);
    this.scatter.draw(state, columns, plan, this.row);
    const { row } = this;
    const chosen = row === null ? null : { row, of: plan.rows, values: rowOf(columns, row), mean: this.average.at(this.trainer) };
    this.bridge.draw(state, chosen);
  }

  /** Shows what is needed at first, or what there is to do from then on.
   * @param {State} state @param {Columns} columns @param {Plan} plan */
  #invite(state, columns, plan) {
    const { view, trainer } = this;
    if (isKnown(state)) this.inviting = missingOf(state, columns).length > 0;
    view.load.setAttribute("aria-disabled", String(this.data.refused));
    view.root.classList.toggle("inviting", this.inviting);
    view.invitation.root.hidden = !this.inviting;
    const place = this.inviting ? view.invitation.place : view.choice;
    if (view.load.parentElement !== place) place.append(view.load);
    view.load.classList.toggle("main-action", this.inviting);
    for (const part of [view.status, trainer.view.buttons, trainer.view.settings]) part.hidden = this.inviting;
    if (this.inviting) view.invitation.draw(plan, this.#obstacle() ?? "");
  }

  /** @param {State} state @param {Columns} columns @param {Plan} plan */
  #ask(state, columns, plan) {
    if (!state.reading || !isKnown(state) || missingOf(state, columns).length) return;
    const now = this.#now();
    if (!Object.values(now).every(Number.isFinite)) return;
    this.scatter.ask(state.reading.trace, now, columns, plan);
    const wanted = this.row === null || this.trainer.runner.running ? null : this.#wanted();
    if (wanted) this.average.ask(wanted);
  }

  /** @param {Columns} columns @param {Plan} plan */
  #say(columns, plan) {
    const { t } = this.page;
    const { view } = this;
    const { run, steps, settings: { rate } } = this.trainer;
    const losses = run.losses;
    const values = {
      output: t("playground.loss"), step: steps, steps, rate: short(rate), rows: plan.rows,
      count: Object.keys(this.#now()).length,
      start: short(losses[0]?.value ?? null), value: short(losses[losses.length - 1]?.value ?? null),
    };
    const key = losses.length ? `descend.${run.status}` : "playground.ready";
    const obstacle = this.#obstacle();
    view.status.textContent = obstacle ?? t(key, values);
    view.status.classList.toggle("summary", obstacle === null);
    view.accuracy.textContent = this.scatter.said(this.page.state().source, columns, plan);
  }
}
