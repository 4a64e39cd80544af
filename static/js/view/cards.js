/** Draws the cards of values and the boxes of folded groups. What did not change is not touched. */
import { arrange, shape } from "./dom.js";

/** @typedef {import("../scene.js").Card} Card */
/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{element: SVGGElement, card: Card | null, parts: Record<string, SVGElement>}} Drawn */
/** @typedef {{hover: (id: string | null) => void, select: (id: string) => void,
 *   unfold: (id: string) => void}} Events */

export class CardsView {
  /** @param {SVGGElement} layer @param {Events} events @param {Translate} t */
  constructor(layer, events, t) {
    this.layer = layer;
    this.document = layer.ownerDocument;
    this.t = t;
    /** @type {Map<string, Drawn>} */
    this.drawn = new Map();
    /** The one card that the Tab key reaches. @type {string | null} */
    this.stop = null;
    this.#listen(events);
  }

  /** @param {Events} events */
  #listen(events) {
    /** @param {Event} event @returns {{id: string, kind: string} | null} */
    const at = (event) => {
      const card = /** @type {Element} */ (event.target).closest("g.node");
      const [id, kind] = [card?.getAttribute("data-item"), card?.getAttribute("data-kind")];
      return id && kind ? { id, kind } : null;
    };
    this.layer.addEventListener("pointerover", (event) => {
      const found = at(event);
      events.hover(found && found.kind !== "group" ? found.id : null);
    });
    this.layer.addEventListener("pointerleave", () => events.hover(null));
    this.layer.addEventListener("click", (event) => {
      const found = at(event);
      if (found) (found.kind === "group" ? events.unfold : events.select)(found.id);
    });
    // Who clicks goes on stepping with the arrow keys: only the Tab key brings the focus here.
    this.layer.addEventListener("mousedown", (event) => {
      event.preventDefault();
      /** @type {HTMLElement | null} */ (this.document.activeElement)?.blur();
    });
  }

  /** Draws cards in place of the last ones; those of the same values stay the same elements.
   * @param {Card[]} cards */
  draw(cards) {
    if (cards.length !== this.drawn.size || !cards.every((card) => this.#known(card))) this.#enter(cards);
    for (const card of cards) {
      const drawn = /** @type {Drawn} */ (this.drawn.get(card.id));
      if (drawn.card !== card) this.#paint(drawn, card);
    }
  }

  /** Draws only what is in sight; what can be focused stays, for who hears the drawing.
   * @param {Set<string>} cards */
  see(cards) {
    for (const [id, { element }] of this.drawn) element.toggleAttribute("data-away", !cards.has(id));
  }

  /** Lets cards glide to where they are from where they were; those that were nowhere appear.
   * @param {number} duration milliseconds @param {(card: Card) => {x: number, y: number} | null} from
   *   how far away a card was */
  glide(duration, from) {
    for (const { element, card } of this.drawn.values()) {
      if (!card || element.hasAttribute("data-away")) continue;
      const off = from(card);
      const start = off ? { transform: `translate(${off.x}px, ${off.y}px)` } : { opacity: 0 };
      element.animate([start, {}], { duration, easing: "ease-in-out" });
    }
  }

  /** Returns the element of a card, if there is one of its kind: another program has the same ids.
   * @param {Card} card @returns {Drawn | undefined} */
  #known({ id, kind }) {
    const drawn = this.drawn.get(id);
    return drawn?.card?.kind === kind ? drawn : undefined;
  }

  /** @param {Card[]} cards */
  #enter(cards) {
    this.drawn = new Map(cards.map((card) => [card.id, this.#known(card) ?? this.#make(card)]));
    arrange(this.layer, [...this.drawn.values()].map(({ element }) => element));
    if (this.stop === null || !this.drawn.has(this.stop)) this.reach(cards[0]?.id ?? null);
  }

  /** Makes a card the one that the Tab key reaches.
   * @param {string | null} id */
  reach(id) {
    this.drawn.get(this.stop ?? "")?.parts.handle.setAttribute("tabindex", "-1");
    this.drawn.get(id ?? "")?.parts.handle.setAttribute("tabindex", "0");
    this.stop = id;
  }

  /** @param {string} id */
  focus(id) {
    this.reach(id);
    this.drawn.get(id)?.parts.handle.focus({ preventScroll: true });
  }

  /** Makes what every card has.
   * @param {Card} card @returns {Drawn} */
  #make({ id, kind }) {
    /** @type {Record<string, SVGElement>} */
    const parts = {};
    /** @template {keyof SVGElementTagNameMap} K @param {Element} parent @param {K} name
     * @param {string} key @param {Record<string, string | number>} [attributes] */
    const add = (parent, name, key, attributes = {}) =>
      parent.appendChild((parts[key] = shape(this.document, name, { class: key, ...attributes })));
    const own = kind === "group" ? "data-group-id" : "data-node-id";
    const element = shape(this.document, "g", { "data-item": id, "data-kind": kind });
    if (kind === "operation") {
      add(element, "path", "joint", { "aria-hidden": "true" });
      add(element, "rect", "sign", { rx: 16, "aria-hidden": "true" });
      add(element, "text", "glyph", { dy: "0.35em", "aria-hidden": "true" });
    }
    const card = add(element, "g", "card", { "aria-hidden": "true" });
    if (kind === "group") add(card, "path", "pile");
    add(card, "rect", "body", { rx: 7 });
    add(card, "path", "relation");
    add(card, "path", "rule");
    add(card, "text", "label", { y: 15 });
    for (const name of ["caption-value", "caption-grad", "value", "grad"]) {
      add(card, "text", name, { "data-cell": name });
    }
    if (kind === "group") {
      add(card, "text", "count", { y: 15 });
      add(card, "text", "many", { y: 43 });
      const under = add(card, "g", "under");
      add(under, "rect", "doing-back", { rx: 8, y: 1, height: 18 });
      add(under, "text", "doing", { y: 14 });
    }
    const beware = add(card, "g", "beware");
    beware.append(shape(this.document, "circle", { r: 8 }));
    beware.append(shape(this.document, "text", { dy: "0.35em" }));
    /** @type {SVGTextElement} */ (beware.lastChild).textContent = "!";
    // What is drawn is not what is said: the card is hidden from who hears it, and this lies over it.
    const handle = add(element, "rect", "handle", { role: "button", tabindex: -1, [own]: id });
    add(handle, "title", "title");
    return { element, card: null, parts };
  }

  /** @param {Drawn} drawn @param {Card} card */
  #paint(drawn, card) {
    const { element, parts, card: old } = drawn;
    /** @param {keyof Card} key */
    const isNew = (key) => !old || old[key] !== card[key];
    drawn.card = card;
    if (!old || classes(old) !== classes(card)) element.setAttribute("class", classes(card));
    if (isNew("text")) {
      parts.handle.setAttribute("aria-label", card.text);
      parts.title.textContent = card.text;
    }
    if (isNew("made")) describe(parts.handle, card.made);
    if (card.kind === "group") parts.handle.setAttribute("aria-expanded", "false");
    else if (isNew("selected")) parts.handle.setAttribute("aria-pressed", String(card.selected));
    if (["x", "y", "width", "height", "cx", "cy", "label", "glyph", "many"].some((key) => isNew(/** @type {keyof Card} */ (key)))) {
      this.#place(parts, card);
      for (const part of /** @type {const} */ (["label", "glyph", "count", "many", "value", "grad"])) this.#size(parts, card, part);
    }
    if (isNew("value")) this.#write(parts, card, "value");
    if (isNew("grad") && card.kind !== "constant") this.#write(parts, card, "grad");
    if (isNew("gradSign")) parts.grad.setAttribute("class", `grad ${card.gradSign}`);
    if (!old || old.warnings.length !== card.warnings.length) {
      parts.beware.setAttribute("display", card.warnings.length ? "inline" : "none");
    }
    if (parts.doing && isNew("doing")) this.#tell(parts, card);
  }

  /** Writes a number, and another one in fewer digits beside it if that is to be seen from afar.
   * @param {Record<string, SVGElement>} parts @param {Card} card @param {"value" | "grad"} name */
  #write(parts, card, name) {
    const [full, brief] = [card[name], card.brief[name]];
    const both = [["full", full], ["brief", brief]].map(([type, text]) => {
      const part = shape(this.document, "tspan", { class: type });
      part.textContent = text;
      return part;
    });
    parts[name].replaceChildren(...(full === brief ? [full] : both));
    this.#size(parts, card, name);
  }

  /** @param {Record<string, SVGElement>} parts @param {Card} card @param {keyof Card["lettering"]} name */
  #size(parts, { lettering }, name) {
    const { near, far } = lettering[name];
    parts[name]?.setAttribute("style", `--near:${near}px;--far:${far}px`);
  }

  /** Writes under a folded group which of its values is meant.
   * @param {Record<string, SVGElement>} parts @param {Card} card */
  #tell(parts, { doing }) {
    const room = doing ? doing.length * 7 + 14 : 0;
    parts.doing.textContent = doing;
    parts["doing-back"].setAttribute("x", String(-room / 2));
    parts["doing-back"].setAttribute("width", String(room));
  }

  /** @param {Record<string, SVGElement>} parts @param {Card} card */
  #place(parts, card) {
    const { kind, x, y, width, height, sign } = card;
    const [plain, folded] = [kind === "constant", kind === "group"];
    /** @param {string} part @param {Record<string, string | number>} attributes */
    const set = (part, attributes) => {
      for (const [key, value] of Object.entries(attributes)) parts[part].setAttribute(key, String(value));
    };
    const [left, top] = [Math.min(x, sign?.x ?? x), Math.min(y, sign?.y ?? y)];
    set("handle", { x: left, y: top, width: x + width - left, height: y + height - top });
    set("card", { transform: `translate(${x},${y})` });
    set("body", { width, height });
    set("relation", { d: `M-4,${height}V0` });
    set("rule", { d: card.many ? `M0,21H${width}` : plain ? "" : `M0,21H${width}M${width / 2},21V${height}` });
    set("label", { x: folded ? (width - 30) / 2 : width / 2 });
    set("value", { x: plain ? width / 2 : width / 4, y: plain ? 25 : 49 });
    set("grad", { x: (3 * width) / 4, y: 49 });
    set("caption-value", { x: width / 4, y: 32 });
    set("caption-grad", { x: (3 * width) / 4, y: 32 });
    set("beware", { transform: `translate(${width - 4},3)` });
    parts.label.textContent = folded ? `▸ ${card.label}` : card.label;
    parts["caption-value"].textContent = plain || card.many ? "" : this.t("node.caption.value");
    parts["caption-grad"].textContent = plain || card.many ? "" : this.t("node.caption.grad");
    if (folded) {
      set("pile", { d: `M4,-3.5H${width + 3.5}V${height - 4}` });
      set("count", { x: width - 8 });
      set("many", { x: width / 2 });
      set("under", { transform: `translate(${width / 2},${height})` });
      parts.count.textContent = `${card.count}`;
      parts.many.textContent = card.many;
    }
    if (!sign) return;
    const [end, bottom] = [sign.x + sign.width, sign.y + sign.height];
    const [middle, level] = [(sign.x + end) / 2, (sign.y + bottom) / 2];
    set("sign", { ...sign });
    set("glyph", { x: middle, y: level });
    parts.glyph.textContent = card.glyph;
    set("joint", { d: sign.x < x ? `M${end},${level}H${x}` : `M${middle},${bottom}V${y}` });
  }
}

/** @param {Element} element @param {string} text */
function describe(element, text) {
  if (text) element.setAttribute("aria-description", text);
  else element.removeAttribute("aria-description");
}

/** @param {Card} card @returns {string} */
function classes(card) {
  const set = /** @type {const} */ (["active", "lit", "chosen", "dimmed", "selected", "output"]);
  return ["node", card.kind, card.relation, ...set.filter((flag) => card[flag])].filter(Boolean).join(" ");
}
