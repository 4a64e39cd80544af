/** Average: the loss and the gradients over all rows, where the network stands now. */
import { numbers } from "../descent.js";
import { number } from "../format.js";
import { Inquiry } from "../inquiry.js";

/** @typedef {import("../descent.js").Entry} Entry */
/** @typedef {import("./bridge.js").Mean} Mean */
/** @typedef {import("./trainer.js").Wanted} Wanted */

export class Average {
  /** @param {import("../inquiry.js").Server} server
   * @param {{answered: () => void, refused: (message: string) => void}} events */
  constructor(server, { answered, refused }) {
    /** @type {Mean | null} */
    this.known = null;
    this.inquiry = /** @type {Inquiry<Wanted & {steps: number}, {history: Entry[]}>} */ (
      new Inquiry(server, "api/descend", 60, ({ history: [{ value, grads }] }) => {
        this.known = { value: number(value), grads: numbers(grads) };
        answered();
      }, ({ message }) => refused(message))
    );
  }

  /** @param {Wanted} wanted */
  ask(wanted) {
    this.inquiry.ask({ ...wanted, steps: 0 });
  }

  /** Knows nothing any more: it is asked for anew, be it the same. */
  forget() {
    this.known = null;
    this.inquiry.stop();
  }

  leave() {
    this.inquiry.stop();
  }

  /** Returns the mean, if it is known: gradients that nothing zeroes are a sum over steps, too.
   * @param {import("./trainer.js").Trainer} trainer @returns {Mean | null} */
  at({ runner, run, settings }) {
    if (!runner.running) return this.known;
    if (!run.last || !settings.zero_grad) return null;
    return { value: number(run.last.value), grads: numbers(run.last.grads) };
  }
}
