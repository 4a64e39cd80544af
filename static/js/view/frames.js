/** Draws the groups that are open: a frame around their values, with a name that folds them. */
import { arrange, shape } from "./dom.js";

/** @typedef {import("../scene.js").Around} Around */

export class FramesView {
  /** @param {SVGGElement} layer below the cards @param {SVGGElement} names  over the wires
   * @param {(group: string) => void} fold */
  constructor(layer, names, fold) {
    this.layers = { layer, names };
    this.document = layer.ownerDocument;
    /** @type {Map<string, {box: SVGRectElement, name: SVGGElement, key: string}>} */
    this.drawn = new Map();
    names.addEventListener("click", (event) => {
      const name = /** @type {Element} */ (event.target).closest("g.group-name");
      const group = name?.getAttribute("data-group-id");
      if (group) fold(group);
    });
  }

  /** @param {Around[]} frames outer ones first */
  draw(frames) {
    const known = this.drawn;
    this.drawn = new Map(frames.map(({ id }) => [id, known.get(id) ?? this.#make(id)]));
    const all = [...this.drawn.values()];
    arrange(this.layers.layer, all.map(({ box }) => box));
    arrange(this.layers.names, all.map(({ name }) => name));
    for (const frame of frames) {
      const drawn = this.drawn.get(frame.id);
      const key = JSON.stringify(frame);
      if (!drawn || drawn.key === key) continue;
      drawn.key = key;
      const { x, y, width, height } = frame;
      for (const [name, value] of Object.entries({ x, y, width, height })) {
        drawn.box.setAttribute(name, String(value));
      }
      drawn.box.setAttribute("class", frame.active ? "group active" : "group");
      drawn.name.setAttribute("transform", `translate(${x},${y})`);
      drawn.name.setAttribute("aria-label", frame.text);
      const [title, target, text] = drawn.name.children;
      title.textContent = frame.text;
      text.textContent = `▾ ${frame.name}`;
      text.setAttribute("style", `--far:${frame.size}px`);
      target.setAttribute("width", String(text.textContent.length * 7.2 + 18));
    }
  }

  /** Draws only what is in sight; the names stay, for who hears the drawing.
   * @param {Set<string>} frames */
  see(frames) {
    for (const [id, { box, name }] of this.drawn) {
      box.toggleAttribute("data-away", !frames.has(id));
      name.toggleAttribute("data-away", !frames.has(id));
    }
  }

  /** @param {string} id */
  #make(id) {
    const box = shape(this.document, "rect", { rx: 10 });
    const name = shape(this.document, "g", {
      class: "group-name", role: "button", tabindex: -1, "aria-expanded": "true", "data-group-id": id,
    });
    name.append(
      shape(this.document, "title"),
      shape(this.document, "rect", { rx: 6, x: 3, y: 3, height: 24 }),
      shape(this.document, "text", { x: 11, y: 15, dy: "0.35em", "aria-hidden": "true" }),
    );
    return { box, name, key: "" };
  }
}
