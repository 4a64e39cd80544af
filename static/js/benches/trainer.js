/** Trainer: makes steps of gradient descent, one or many, and holds what they did; its controls are
 * the same wherever something is trained.
 */
import { noRun, numbers, portable, renewed, stepsOf, taken } from "../descent.js";
import { short } from "../format.js";
import { Runner } from "../runner.js";
import { button, Choice, Field, group, Slider, Tick } from "../view/controls.js";

/** @typedef {import("../descent.js").Run} Run */
/** @typedef {import("../state.js").ErrorDetail} ErrorDetail */
/** @typedef {{source: string, inputs: Record<string, number>, output: string | null,
 *   trainable: string[], data?: Record<string, number[]>}} Wanted */
/** @typedef {{settings: {rate: number, optimizer: string, zero_grad: boolean}, speed: string, run: Run,
 *   begun: Wanted | null, same: boolean}} Kept
 *   `same`: the next steps belong to the descent that was begun: nothing was set anew since. */
/** @typedef {{wanted: () => Wanted | null, changed: () => void, failed: (error: ErrorDetail) => void,
 *   reset: (begun: Record<string, number>) => void}} Events
 *   `wanted` is what would be trained from now on, with the numbers that its inputs have now; where it is
 *   nothing, whoever was asked says why. `reset` puts back the numbers that a run began with, if one had begun. */

const OPTIMIZERS = ["sgd", "momentum", "adagrad", "rmsprop", "adam"];
const SPEEDS = ["2", "5", "20", "100", "1000"];
/** Steps that the server makes for one request. */
const MOST = 10_000;
const LEAST_RATE = -4;
const MOST_RATE = 1;

export class Trainer {
  /** @param {import("../page.js").Page} page @param {import("../inquiry.js").Server} server
   * @param {Events} events @param {{rate: number, optimizer: string, speed: string, go: string}} first
   *   `go`: what the button that runs is called
   * @param {Kept} [kept]  a run that was begun on the page in another language */
  constructor({ document, state, t }, server, events, first, kept) {
    this.t = t;
    this.events = events;
    this.go = first.go;
    this.settings = kept?.settings ?? { rate: first.rate, optimizer: first.optimizer, zero_grad: true };
    this.speed = kept?.speed ?? first.speed;
    /** @type {Run} */
    this.run = kept?.run ?? noRun();
    /** @type {Wanted | null} */
    this.begun = kept?.begun ? { ...kept.begun, source: state().source } : null;
    this.key = this.begun && kept?.same ? this.#keyOf(this.begun) : "";
    this.single = false;
    this.ready = true;
    this.runner = new Runner(server, {
      entries: (entries) => this.#change(taken(this.run, entries)),
      ended: (status) => this.#change({ ...this.run, status: this.single && status === "done" ? "paused" : status }),
      failed: (error) => {
        this.#change({ ...this.run, status: "paused" });
        events.failed(error);
      },
    }, (wait) => new Promise((done) => setTimeout(done, wait)));
    this.view = this.#build(document);
  }

  /** @param {Document} document */
  #build(document) {
    const { t } = this;
    const step = button(document, t("descend.step"), () => this.step());
    const run = button(document, t(this.go), () => (this.runner.running ? this.pause() : this.start()), "main-action");
    const reset = button(document, t("descend.reset"), () => this.reset());
    const rate = new Slider(document, t("descend.rate"), { low: LEAST_RATE, high: MOST_RATE, step: 0.02 },
      (place) => this.#set({ rate: Number((10 ** place).toPrecision(2)) }));
    const exact = new Field(document, t("descend.rate.number"), { low: 0 }, (value) => this.#set({ rate: value }));
    exact.root.classList.add("bare");
    const optimizer = new Choice(document, t("descend.optimizer"),
      OPTIMIZERS.map((name) => ({ value: name, text: name })), (name) => this.#set({ optimizer: name }));
    const speed = new Choice(document, t("descend.speed"),
      SPEEDS.map((value) => ({ value, text: value })), (value) => {
        this.speed = value;
        this.draw();
      });
    const zero = new Tick(document, t("descend.zero"), (on) => this.#set({ zero_grad: on }));
    const buttons = group(document, [run, step, reset]);
    const settings = group(document, [
      group(document, [rate.root, exact.root], "rate"), optimizer.root, speed.root, zero.root,
    ]);
    return { step, run, reset, rate, exact, optimizer, speed, zero, buttons, settings };
  }

  /** Draws the controls.
   * @param {boolean} [ready] whether there is something to train */
  draw(ready = this.ready) {
    this.ready = ready;
    const { t, view, settings: { rate, optimizer, zero_grad } } = this;
    for (const one of [view.run, view.step]) one.setAttribute("aria-disabled", String(!ready && !this.runner.running));
    view.run.textContent = t(this.runner.running ? "descend.pause" : this.go);
    view.reset.setAttribute("aria-disabled", String(this.run.begun === null));
    view.rate.show(Math.log10(rate || 1e-4), short(rate));
    view.exact.show(rate);
    view.optimizer.show(optimizer);
    view.speed.show(this.speed);
    view.zero.show(zero_grad);
    this.runner.speed = Number(this.speed);
  }

  /** Makes steps until it is paused, or nothing is left to make. */
  start() {
    this.single = false;
    this.#ask(MOST);
  }

  step() {
    this.single = true;
    this.#ask(1);
  }

  pause() {
    this.runner.stop();
    this.#change({ ...this.run, status: this.run.begun ? "paused" : "ready" });
  }

  /** @returns {Kept} what is worth taking along: a run that goes on later, from where it is */
  keep() {
    const { settings, speed, begun, run, runner: { running } } = this;
    const same = begun !== null && this.key === this.#keyOf(begun);
    return { settings, speed, begun, same, run: portable(running ? { ...run, status: "paused" } : run) };
  }

  /** Forgets the run. @returns {Record<string, number> | null} the numbers that it began with */
  forget() {
    this.runner.stop();
    const { begun } = this.run;
    this.key = "";
    this.#change(noRun());
    return begun;
  }

  /** Forgets the run and has the numbers put back that it began with. */
  reset() {
    const begun = this.forget();
    if (begun) this.events.reset(begun);
  }

  /** Pauses, if it runs. */
  rest() {
    if (this.runner.running) this.pause();
  }

  get steps() {
    return stepsOf(this.run);
  }

  /** @param {Wanted} wanted @returns {string} what makes it another descent, if it changes */
  #keyOf({ inputs, trainable, ...rest }) {
    const held = Object.entries(inputs).filter(([name]) => !trainable.includes(name));
    return JSON.stringify([this.settings, trainable, rest, held]);
  }

  /** @param {Partial<typeof this.settings>} change what is running goes on with it from where it is */
  #set(change) {
    const { running } = this.runner;
    this.settings = { ...this.settings, ...change };
    if (running && !this.single) this.start();
    else this.draw();
  }

  /** @param {Run} run */
  #change(run) {
    this.run = run;
    this.draw();
    this.events.changed();
  }

  /** @param {number} more steps */
  #ask(more) {
    const wanted = this.events.wanted();
    if (!wanted) return;
    if (!wanted.trainable.length) {
      this.events.failed({ code: "", message: this.t("descend.nothing") });
      return;
    }
    const { inputs, trainable } = wanted;
    const key = this.#keyOf(wanted);
    const now = Object.fromEntries(trainable.map((name) => [name, inputs[name]]));
    const { last, shown } = this.run;
    const left = shown < MOST && this.run.status !== "diverged";
    // What remembers nothing goes on from its numbers: nobody need make the steps before again.
    const forgets = this.settings.optimizer === "sgd" && this.settings.zero_grad;
    if (forgets || key !== this.key || !last || !left || !alike(now, numbers(last.inputs))) {
      this.run = { ...renewed(this.run), begun: this.run.begun ?? now };
      this.begun = wanted;
      this.key = key;
    }
    const steps = Math.min(MOST, Math.max(0, this.run.shown) + more);
    this.runner.speed = Number(this.speed);
    this.runner.run({ ...this.begun, ...this.settings, steps }, this.run.shown);
    this.#change({ ...this.run, status: "running" });
  }
}

/** @param {Record<string, number>} a @param {Record<string, number>} b */
function alike(a, b) {
  return Object.keys(a).every((name) => Object.is(a[name], b[name]));
}
