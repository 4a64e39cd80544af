/** The search for a value: the field over the graph, and what it finds. */
import { around, groupingOf } from "../fold.js";
import { number, short } from "../format.js";
import { search } from "../search.js";
import { element } from "../view/dom.js";
import { FinderView } from "../view/finder.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../trace.js").Reading} Reading */

export class FinderDrawing {
  /** @param {Page} page @param {(id: string) => void} seek shows a value */
  constructor(page, seek) {
    this.page = page;
    const { document, t } = page;
    const area = element(document, "graph-area", HTMLElement);
    this.view = new FinderView(document, {
      ask: (text) => {
        const { reading } = page.state();
        if (!reading || !text.trim()) return this.view.draw([], "");
        const { nodes, count } = search(reading, text);
        const matches = nodes.map((node) => {
          const value = short(number(node.value));
          const text = node.label ? `${node.label} = ${value}` : value;
          return { id: node.id, text, where: this.#where(reading, node.id) };
        });
        this.view.draw(matches, t(count ? "find.count" : "find.none", { count }));
      },
      choose: seek,
      leave: () => area.focus(),
    });
    area.addEventListener("keydown", (event) => {
      const typing = /** @type {Element} */ (event.target).closest("input, select, textarea");
      const isFind = event.key === "f" && (event.ctrlKey || event.metaKey);
      if (!isFind && (event.key !== "/" || typing)) return;
      event.preventDefault();
      this.view.field.focus();
      this.view.field.select();
    });
  }

  /** @param {Reading} reading @param {string} id @returns {string} the groups around it */
  #where(reading, id) {
    const grouping = groupingOf(reading);
    return around(grouping, id).map((group) => grouping.groups.get(group)?.name).join(" › ");
  }

  draw() {}
}
