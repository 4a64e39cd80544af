/** Check: every gradient beside the slope that is measured by moving its input a little. */
import { number, short, typographic } from "../format.js";
import { Inquiry } from "../inquiry.js";
import { outputLabel, subjectOf } from "../subject.js";
import { Choice, drawTable, group, scrolled, Tick } from "../view/controls.js";
import { make } from "../view/dom.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../subject.js").Subject} Subject */
/** @typedef {import("../format.js").JsonNumber} JsonNumber */
/** @typedef {{name: string, node?: string, gradient: JsonNumber, forward: JsonNumber,
 *   central: JsonNumber, error: JsonNumber, agrees: boolean, note: string | null}} Difference */
/** @typedef {{inputs: Difference[], nodes: Difference[] | null, h: number}} Checked */
/** @typedef {Subject & {h: number, nodes: boolean}} Asked */

/** Rows that are shown: nobody reads more, and what disagrees comes first. */
const MOST = 200;
const STEPS = ["1e-3", "1e-5", "1e-7"];

export class CheckBench {
  /** @param {import("../drawings/workbench.js").Place} place */
  constructor({ page, panel, server, kept }) {
    this.page = page;
    this.say = server.say;
    this.settings = { nodes: false, h: STEPS[1], ...kept };
    /** @type {Checked | null} */
    this.checked = null;
    this.inquiry = /** @type {Inquiry<Asked, Checked>} */ (
      new Inquiry(server, "api/check", 120, (checked) => this.#take(checked),
        (error) => (this.summary.textContent = error.message))
    );
    this.shown = "";
    const { document, t } = page;
    this.every = new Tick(document, t("check.nodes"), (nodes) => this.#change({ nodes }));
    this.h = new Choice(document, t("check.h"), STEPS.map((h) => ({ value: h, text: h })), (h) => this.#change({ h }));
    this.summary = make(document, "p", "summary");
    this.summary.setAttribute("role", "status");
    this.table = make(document, "table", "check-table");
    const scroll = scrolled(document, t("bench.check"), this.table);
    const words = group(document, [group(document, [this.h.root, this.every.root]), this.summary], "bench-words");
    const how = make(document, "p", "quiet how", t("check.how"));
    how.tabIndex = 0; // in a low window it scrolls
    panel.append(group(document, [words, scroll, how], "bench check"));
  }

  /** @param {Partial<typeof this.settings>} change */
  #change(change) {
    this.settings = { ...this.settings, ...change };
    this.draw(this.page.state());
  }

  /** @param {Checked} checked */
  #take(checked) {
    this.checked = checked;
    this.draw(this.page.state());
  }

  keep() {
    return this.settings;
  }

  leave() {
    this.inquiry.stop();
  }

  /** @param {State} state */
  draw(state) {
    const subject = subjectOf(state);
    const { nodes, h } = this.settings;
    this.h.show(h);
    this.every.show(nodes);
    if (subject) this.inquiry.ask({ ...subject, h: Number(h), nodes });
    if (this.checked && state.reading) this.#drawRows(state, state.reading, this.checked);
  }

  /** @param {State} state @param {import("../trace.js").Reading} reading @param {Checked} checked */
  #drawRows({ selected }, reading, checked) {
    const key = JSON.stringify([checked, selected]);
    if (key === this.shown) return;
    this.shown = key;
    const { t, dispatch } = this.page;
    const places = new Map(reading.trace.inputs.map(({ name, node }) => [name, node]));
    const all = (checked.nodes ?? checked.inputs).map((row) => ({ ...row, node: row.node ?? places.get(row.name) ?? null }));
    const wrong = all.filter(({ agrees }) => !agrees);
    const rows = [...wrong, ...all.filter(({ agrees }) => agrees)].slice(0, MOST);
    const output = outputLabel(reading);
    const heads = ["name", "gradient", "forward", "central", "error", "verdict"];
    drawTable(this.table, t("check.caption", { output }), heads.map((head) => t(`check.${head}`, { output })),
      rows.map((row) => ({
        chosen: row.node !== null && row.node === selected,
        press: () => dispatch({ type: "select", node: row.node === selected ? null : row.node }),
        cells: [
          { text: (row.node && reading.byId.get(row.node)?.label) || row.name },
          ...[row.gradient, row.forward, row.central, row.error].map((value) => ({ text: short(number(value)), kind: "number" })),
          { text: t(row.agrees ? "check.agrees" : "check.differs"), kind: row.agrees ? "agrees" : "differs" },
        ],
        note: row.note === null ? "" : typographic(this.say(row.note)),
      })));
    const count = all.length;
    const agreed = checked.nodes ? "nodes" : count === 1 ? "one" : "all";
    if (!count) this.summary.textContent = t("bench.no-input");
    else if (wrong.length) this.summary.textContent = t("check.summary.some", { count: wrong.length, all: count });
    else this.summary.textContent = t(`check.summary.${agreed}`, { count, output });
  }
}
