/** Draws what the engine stores of one value, and what its gradient means. */
import { make, withCode } from "./dom.js";

/** @typedef {import("../inspect.js").Inspection} Inspection */
/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{select: (node: string | null) => void, visit: (node: string) => void,
 *   use: (node: string) => void, try: (name: string) => void, undo: () => void}} Events */

export class InspectorView {
  /** @param {HTMLElement} parent @param {Events} events @param {Translate} t */
  constructor(parent, events, t) {
    this.parent = parent;
    this.document = parent.ownerDocument;
    this.events = events;
    this.t = t;
    this.shown = "";
    parent.tabIndex = -1; // takes the focus when a link is followed, and replaced
    const { document } = this;
    this.title = make(document, "h3");
    this.follows = make(document, "span", "quiet", t("inspect.follows"));
    // Buttons stay the same elements, so that one can be pressed again and again.
    this.close = this.#button("×", "close", () => events.select(null));
    this.go = this.#button(t("inspect.go.short"), "way", () => events.visit(this.node));
    this.go.setAttribute("aria-label", t("inspect.go"));
    this.next = this.#button(t("inspect.use.short"), "way", () => events.use(this.node));
    this.trial = this.#button("", "small trial", () => (this.tried ? events.undo() : events.try(this.name)));
    this.node = "";
    this.name = "";
    this.tried = false;
    this.hint = make(document, "p", "quiet", t("inspect.hint"));
    this.meaning = make(document, "div", "meaning");
    this.outcome = make(document, "div", "outcome");
    this.outcome.setAttribute("aria-live", "polite");
    this.why = make(document, "div", "why");
    this.stored = make(document, "div", "stored");
    this.body = make(document, "div", "inspected");
    const ways = make(document, "div", "ways");
    ways.append(this.trial, this.go, this.next);
    const head = make(document, "div", "head");
    head.append(this.title, this.follows, this.close);
    const words = make(document, "div", "said");
    words.append(this.meaning, this.outcome, ways, this.why);
    this.body.append(head, words, this.stored);
    parent.replaceChildren(this.hint, this.body);
  }

  /** @param {string} text @param {string} name @param {() => void} work */
  #button(text, name, work) {
    const button = make(this.document, "button", name, text);
    button.type = "button";
    button.addEventListener("click", work);
    return button;
  }

  /** @param {Inspection | null} inspection */
  draw(inspection) {
    const key = JSON.stringify(inspection);
    if (key === this.shown) return;
    this.shown = key;
    this.hint.hidden = inspection !== null;
    this.body.hidden = inspection === null;
    if (!inspection) return;
    const { node, name, title, pinned, visitable, tryable, trial } = inspection;
    [this.node, this.name, this.tried] = [node, name, trial.length > 0];
    this.title.textContent = title;
    this.follows.hidden = pinned;
    this.close.hidden = !pinned;
    this.close.setAttribute("aria-label", this.t("inspect.close", { name }));
    this.next.hidden = !visitable;
    this.next.setAttribute("aria-label", this.t("inspect.use", { name }));
    this.trial.hidden = !tryable && !this.tried;
    this.trial.textContent = this.t(this.tried ? "trial.undo" : "trial.try");
    this.#fill(this.meaning, inspection.meaning);
    this.#fill(this.outcome, trial);
    this.#stored(inspection);
    this.#why(inspection);
  }

  /** @param {HTMLElement} place @param {string[]} sentences */
  #fill(place, sentences) {
    place.replaceChildren(...sentences.map((sentence) => withCode(make(this.document, "p"), sentence)));
  }

  /** @param {Inspection} inspection */
  #stored({ fields, rule, stored, how }) {
    const list = make(this.document, "dl");
    for (const { name, text, links, number } of fields) {
      const value = make(this.document, "dd", number ? "number" : "", text);
      value.append(...(links ?? []).map((link) => this.#link(link.name, link.node)));
      const field = make(this.document, "div");
      field.append(make(this.document, "dt", "", name), value);
      list.append(field);
    }
    const code = make(this.document, "pre", "", rule.join("\n"));
    code.tabIndex = 0; // a rule wider than its place is scrolled with the arrow keys
    const said = [how, stored].filter(Boolean).map((text) => withCode(make(this.document, "p", "quiet"), text));
    this.stored.replaceChildren(list, ...(rule.length ? [code] : []), ...said);
  }

  /** @param {Inspection} inspection */
  #why({ why, warnings }) {
    this.why.replaceChildren(
      ...warnings.map((warning) => make(this.document, "p", "warning", this.t("explain.warning", { warning }))),
      ...why.flatMap(({ title, reasons }) => [
        make(this.document, "h4", "", title),
        ...reasons.map(({ text, node }) => {
          const line = withCode(make(this.document, "p"), `${text} `);
          if (node !== this.node) line.append(this.#link(this.t("inspect.show"), node));
          return line;
        }),
      ]),
    );
  }

  /** @param {string} text @param {string} node */
  #link(text, node) {
    const link = this.#button(text, "operand", () => {
      this.events.select(node);
      if (!link.isConnected) this.parent.focus({ preventScroll: true });
    });
    return link;
  }
}
