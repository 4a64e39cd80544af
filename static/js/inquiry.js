/** Inquiry: asks the server the same kind of thing again and again; the latest answer counts.
 *
 * While an answer is awaited only the newest question waits, what was asked already is not asked
 * again, and who stops asking gets no answer.
 */

/** @typedef {import("./state.js").ErrorDetail} ErrorDetail */
/** @typedef {{fetch: typeof fetch, unreachable: string, say: (text: string) => string,
 *   told: (error: ErrorDetail) => ErrorDetail}} Server
 *   `say` and `told` put the server's English into the language of the page. */

/** @template Body, Answer */
export class Inquiry {
  /** @param {Server} server @param {string} path @param {number} rest milliseconds in which a newer
   * question takes the place of one that was not sent yet
   * @param {(answer: Answer, body: Body) => void} take @param {(error: ErrorDetail) => void} fail */
  constructor(server, path, rest, take, fail) {
    this.server = server;
    this.path = path;
    this.rest = rest;
    this.take = take;
    this.fail = fail;
    this.asked = "";
    /** @type {Body | null} */
    this.next = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {AbortController | null} */
    this.awaited = null;
  }

  /** @param {Body} body */
  ask(body) {
    const key = JSON.stringify(body);
    if (key === this.asked) return;
    this.asked = key;
    this.next = body;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (!this.awaited) this.#send();
    }, this.rest);
  }

  /** Wants no answer any more. */
  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.asked = "";
    this.next = null;
    this.awaited?.abort();
    this.awaited = null;
  }

  async #send() {
    while (this.next) {
      const body = this.next;
      this.next = null;
      const own = new AbortController();
      this.awaited = own;
      const { answer, error } = await post(this.server, this.path, body, own.signal);
      if (own.signal.aborted) return;
      if (error) this.fail(error);
      else this.take(/** @type {Answer} */ (answer), body);
    }
    this.awaited = null;
  }
}

/** @param {Server} server @param {string} path @param {unknown} body @param {AbortSignal} signal
 * @returns {Promise<{answer?: unknown, error?: ErrorDetail}>} */
async function post({ fetch, unreachable, told }, path, body, signal) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
    const answer = await response.json();
    return response.ok ? { answer } : { error: told(answer.error) };
  } catch {
    return { error: { code: "unreachable", message: unreachable } };
  }
}
