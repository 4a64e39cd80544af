/** Bridge: from a point that is learned to the graph of its row, what stands there, and the way back. */
import { number, short } from "../format.js";
import { sharesOf } from "../playground.js";
import { button, drawTable, group, scrolled } from "../view/controls.js";
import { element, make } from "../view/dom.js";

/** @typedef {{value: number, grads: Record<string, number>}} Mean */
/** @typedef {{row: number, of: number, values: Record<string, number>, mean: Mean | null}} Chosen
 *   A row of so many, its numbers, and the mean over all of them as far as it is known. */

const SHARES = 8;

export class Bridge {
  /** @param {import("../page.js").Page} page @param {() => void} go @param {() => void} back */
  constructor({ document, t }, go, back) {
    this.t = t;
    const told = make(document, "p");
    told.setAttribute("role", "status");
    const settled = make(document, "p");
    const show = button(document, "", go, "main-action");
    const table = make(document, "table");
    const returns = button(document, "", back, "back-to-playground");
    element(document, "tools", HTMLElement).prepend(returns);
    const entry = make(document, "p", "quiet", t("playground.entry"));
    this.root = group(document, [show, told, settled, scrolled(document, t("playground.shares"), table), entry], "bridge");
    this.root.tabIndex = 0; // in a low window it scrolls
    this.view = { told, settled, show, table, returns, entry };
  }

  /** @param {import("../state.js").State} state @param {Chosen | null} chosen */
  draw({ reading, request, answered }, chosen) {
    const { t, view } = this;
    view.show.hidden = view.table.hidden = view.returns.hidden = view.entry.hidden = chosen === null;
    this.root.classList.toggle("chosen", chosen !== null);
    view.settled.textContent = "";
    view.told.textContent = t("playground.bridge");
    if (!chosen || !reading) return;
    const { values, mean, of: rows } = chosen;
    const row = chosen.row + 1;
    view.show.textContent = t("playground.to-graph", { row });
    view.returns.textContent = t("playground.back", { row });
    view.told.textContent = t("playground.row", {
      row, rows, values: pairs(values), loss: short(number(reading.trace.value)),
      mean: mean ? short(mean.value) : "…",
    });
    const grads = Object.fromEntries(reading.trace.inputs.map(({ name, grad }) => [name, number(grad ?? 0)]));
    const learns = Object.entries(grads).some(([name, grad]) => !(name in values) && grad !== 0);
    if (!learns && request === answered) view.settled.textContent = t("playground.settled");
    const heads = [t("playground.shares.name"), t("playground.shares.row", { row }), t("playground.shares.mean", { rows })];
    drawTable(view.table, t("playground.shares"), heads, sharesOf(grads, mean?.grads ?? {}, SHARES).map((share) => ({
      cells: [{ text: share.name }, { text: short(share.row), kind: "number" }, { text: short(share.mean), kind: "number" }],
    })));
  }
}

/** Returns the numbers of a row, by name.
 * @param {Record<string, number>} row @returns {string} */
export function pairs(row) {
  return Object.entries(row).map(([name, value]) => `${name} = ${short(value)}`).join(", ");
}
