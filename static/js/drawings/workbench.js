/** The workbench: what else one asks of the program on the page, a tab for each; what is shut asks
 * nothing, and is not even loaded.
 */
import { translatedError, withoutMarks } from "../phrases.js";
import { element } from "../view/dom.js";
import { TabsView } from "../view/tabs.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {{page: Page, panel: HTMLElement, server: import("../inquiry.js").Server, kept: any,
 *   open: () => Promise<void>, shut: () => void}} Place
 *   `open` opens the tab, and `shut` the workbench. `kept` is what `keep` of the bench returned on the
 *   page in another language, if it was there. */
/** @typedef {{draw: (state: State) => void, leave: () => void, keep: () => object}} Bench
 *   `draw` is called after every change while its tab is open, `leave` when it is shut. */
/** @typedef {new (place: Place) => Bench} BenchKind */

/** @type {Record<string, () => Promise<BenchKind>>} */
const BENCHES = {
  slope: async () => (await import("../benches/slope.js")).SlopeBench,
  check: async () => (await import("../benches/check.js")).CheckBench,
  descend: async () => (await import("../benches/descend.js")).DescendBench,
  playground: async () => (await import("../benches/playground.js")).PlaygroundBench,
  derivative: async () => (await import("../benches/derivative.js")).DerivativeBench,
};

export class WorkbenchDrawing {
  /** @param {Page} page @param {typeof fetch} fetch @param {import("../phrases.js").Say} say */
  constructor(page, fetch, say) {
    this.page = page;
    const { document, t } = page;
    /** @type {import("../inquiry.js").Server} */
    this.server = {
      fetch,
      unreachable: t("error.unreachable"),
      say: (text) => say(text) ?? text,
      told: (error) => withoutMarks(translatedError(error, say)),
    };
    /** @type {Map<string, Promise<Bench>>} */
    this.benches = new Map();
    /** @type {string | null} */
    this.open = null;
    /** @type {Bench | null} */
    this.bench = null;
    /** @type {{open: string | null, benches: Record<string, any>}} */
    this.kept = { open: null, benches: {}, ...page.kept.workbench };
    /** @type {Map<string, Bench>} those that have come */
    this.ready = new Map();
    this.view = new TabsView(
      element(document, "workbench", HTMLElement),
      Object.keys(BENCHES).map((id) => ({ id, text: t(`bench.${id}`) })),
      { title: t("bench.title"), close: t("bench.close") },
      (id) => this.#open(id),
    );
    if (this.kept.open) this.#show(this.kept.open);
  }

  keep() {
    const benches = [...this.ready].map(([id, bench]) => [id, bench.keep()]);
    const kept = { ...this.kept.benches, ...Object.fromEntries(benches) };
    return { workbench: { open: this.open, benches: kept } };
  }

  /** @param {State} state */
  draw(state) {
    this.bench?.draw(state);
  }

  /** @param {string | null} id what somebody pressed, to see it */
  async #open(id) {
    await this.#show(id);
    if (id !== null && id === this.open) this.view.reveal();
  }

  /** @param {string | null} id */
  async #show(id) {
    if (id === this.open) return;
    this.bench?.leave();
    this.bench = null;
    this.open = id;
    this.view.draw(id);
    if (id === null) return;
    const bench = await this.#made(id);
    if (this.open !== id) return;
    this.bench = bench;
    bench.draw(this.page.state());
  }

  /** @param {string} id @returns {Promise<Bench>} */
  #made(id) {
    const known = this.benches.get(id);
    if (known) return known;
    const { page, server } = this;
    const made = BENCHES[id]().then((Kind) => {
      const bench = new Kind({
        page, server, panel: this.view.panel(id), kept: this.kept.benches[id],
        open: () => this.#show(id), shut: () => void this.#show(null),
      });
      this.ready.set(id, bench);
      return bench;
    });
    this.benches.set(id, made);
    return made;
  }
}
