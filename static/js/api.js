/** Api: asks the server for traces; an answer that is not to the latest question is dropped. */

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./store.js").Dispatch} Dispatch */

/** Milliseconds after which a server that says nothing is taken to be away. */
const PATIENCE = 15_000;

export class Api {
  /** @param {Dispatch} dispatch @param {typeof fetch} fetch @param {string} unreachable */
  constructor(dispatch, fetch, unreachable) {
    this.dispatch = dispatch;
    this.fetch = fetch;
    this.unreachable = unreachable;
    /** @type {State | null} */
    this.next = null;
    this.busy = false;
  }

  /** Asks for the trace of a state. While an answer is awaited only the newest question waits.
   * @param {State} state */
  async ask(state) {
    this.next = state;
    if (this.busy) return;
    this.busy = true;
    while (this.next) {
      const asked = this.next;
      this.next = null;
      await this.#answer(asked);
    }
    this.busy = false;
  }

  /** @param {State} state */
  async #answer({ source, inputs, output, request }) {
    try {
      const response = await this.fetch("api/trace", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ source, inputs, output }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      const answer = await response.json();
      if (response.ok) this.dispatch({ type: "traced", request, trace: answer });
      else this.dispatch({ type: "failed", request, error: answer.error });
    } catch {
      const error = { code: "unreachable", message: this.unreachable };
      this.dispatch({ type: "failed", request, error });
    }
  }
}
