/** Runner: reads a descent as it is streamed, at the pace at which it is shown.
 *
 * A descent is decided by how it is asked for: entry k is the same whenever it is asked. So pausing
 * leaves the stream, and going on asks anew and passes over what was shown: momentum and the other
 * memories of an optimizer go on as if nothing had happened.
 */

/** @typedef {import("./descent.js").Entry} Entry */
/** @typedef {import("./state.js").ErrorDetail} ErrorDetail */
/** @typedef {{entries: (entries: Entry[]) => void, ended: (status: "done" | "diverged") => void,
 *   failed: (error: ErrorDetail) => void}} Events */

/** Milliseconds between two looks, and how long one may be waited for. */
const LOOK = 50;

export class Runner {
  /** @param {import("./inquiry.js").Server} server @param {Events} events
   * @param {(milliseconds: number) => Promise<void>} wait */
  constructor(server, events, wait) {
    this.server = server;
    this.events = events;
    this.wait = wait;
    /** Entries a second. */
    this.speed = 20;
    /** @type {AbortController | null} */
    this.stream = null;
  }

  get running() {
    return this.stream !== null;
  }

  /** Takes a descent's entries after those that were shown.
   * @param {object} body as `/api/descend` takes it @param {number} shown the last step seen, or -1 */
  async run(body, shown) {
    this.stop();
    const own = new AbortController();
    this.stream = own;
    try {
      /** @type {number | null} */
      let from = shown;
      while (from !== null) from = await this.#read(body, from, own);
    } catch {
      const error = { code: "unreachable", message: this.server.unreachable };
      if (this.stream === own) this.#end(() => this.events.failed(error));
    } finally {
      own.abort(); // nobody computes what nobody reads
    }
  }

  stop() {
    this.stream?.abort();
    this.stream = null;
  }

  /** @param {() => void} say */
  #end(say) {
    this.stream = null;
    say();
  }

  /** @param {ErrorDetail} error as the server says it */
  #fail(error) {
    this.#end(() => this.events.failed(this.server.told(error)));
  }

  /** @param {object} body @param {number} shown @param {AbortController} own
   * @returns {Promise<number | null>} the step from which to ask again, if the server's time for one
   * answer was over before somebody who looks slowly had seen it all */
  async #read(body, shown, own) {
    const response = await this.server.fetch("api/descend", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/x-ndjson" },
      body: JSON.stringify(body),
      signal: own.signal,
    });
    if (!response.ok || !response.body) {
      this.#fail((await response.json()).error);
      return null;
    }
    let seen = shown;
    /** @type {Entry[]} */
    let some = [];
    for await (const line of lines(response.body)) {
      if (this.stream !== own) return null;
      const last = "step" in line ? null : line;
      if (!last && line.step > shown) some.push(line);
      const due = some.length >= Math.max(1, (this.speed * LOOK) / 1000);
      if (some.length && (due || last)) {
        this.events.entries(some);
        seen = some[some.length - 1].step;
        some = [];
        await this.wait(Math.max(LOOK, 1000 / this.speed));
        if (this.stream !== own) return null;
      }
      if (!last) continue;
      if (last.error?.code === "limit_exceeded" && seen > shown) return seen;
      if (last.error) this.#fail(last.error);
      else this.#end(() => this.events.ended(last.status));
      return null;
    }
    throw new Error("the stream broke off");
  }
}

/** Yields what the lines of a stream hold, as they come.
 * @param {ReadableStream<Uint8Array>} stream @returns {AsyncGenerator<any>} */
export async function* lines(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: !done });
      const whole = text.split("\n");
      text = whole.pop() ?? "";
      for (const line of whole) if (line.trim()) yield JSON.parse(line);
      if (done) break;
    }
    if (text.trim()) yield JSON.parse(text);
  } finally {
    reader.releaseLock();
  }
}
