/** Draws tabs, and the one panel that is open; arrow keys go from tab to tab. */
import { make } from "./dom.js";

export class TabsView {
  /** @param {HTMLElement} parent @param {{id: string, text: string}[]} tabs
   * @param {{title: string, close: string}} texts @param {(id: string | null) => void} open */
  constructor(parent, tabs, { title, close }, open) {
    const document = parent.ownerDocument;
    this.parent = parent;
    const bar = make(document, "div", "tab-bar");
    const list = make(document, "div", "tabs");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", title);
    this.close = make(document, "button", "close", close);
    this.close.type = "button";
    this.close.addEventListener("click", () => open(null));
    bar.append(make(document, "h2", "", title), list, this.close);
    parent.append(bar);
    this.tabs = tabs.map(({ id, text }) => {
      const tab = make(document, "button", "tab", text);
      const panel = make(document, "div", "tab-panel");
      tab.type = "button";
      tab.id = `tab-${id}`;
      panel.id = `tab-panel-${id}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
      tab.addEventListener("click", () => open(id));
      tab.addEventListener("keydown", (event) => this.#key(event, id, open));
      list.append(tab);
      parent.append(panel);
      return { id, tab, panel };
    });
    this.draw(null);
  }

  /** @param {string} id @returns {HTMLElement} */
  panel(id) {
    const found = this.tabs.find((one) => one.id === id);
    if (!found) throw new Error(`missing tab: ${id}`);
    return found.panel;
  }

  /** Brings what was opened into sight: as much of it as there is room for. */
  reveal() {
    this.parent.scrollIntoView({ block: "nearest" });
  }

  /** @param {string | null} open */
  draw(open) {
    this.parent.classList.toggle("open", open !== null);
    // Told to what is around it, too: asked with :has(), every step would look through the drawing.
    this.parent.parentElement?.classList.toggle("working", open !== null);
    this.close.hidden = open === null;
    this.tabs.forEach(({ id, tab, panel }, index) => {
      tab.setAttribute("aria-selected", String(id === open));
      tab.tabIndex = id === (open ?? this.tabs[0].id) || (open === null && index === 0) ? 0 : -1;
      panel.hidden = id !== open;
      if (id === open) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }

  /** @param {KeyboardEvent} event @param {string} id @param {(id: string) => void} open */
  #key(event, id, open) {
    const last = this.tabs.length - 1;
    const at = this.tabs.findIndex((one) => one.id === id);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // these keys step the graph elsewhere
    const to = this.tabs[(next + last + 1) % (last + 1)];
    to.tab.focus();
    open(to.id);
  }
}
