/** Draws wires, the numbers on them, and what travels along them. */
import { easeCubicInOut, select, transition } from "../../vendor/d3.js";
import { arrange, shape } from "./dom.js";

/** @typedef {import("../scene.js").Wire} Wire */
/** @typedef {import("../scene.js").Tag} Tag */
/** @typedef {import("../travels.js").Travel} Travel */

void transition; // adds `.transition()` to selections

export class WiresView {
  /** @param {SVGGElement} wires @param {SVGGElement} tags
   * @param {SVGGElement} now for the tags of the current step, over the others
   * @param {SVGGElement} travels */
  constructor(wires, tags, now, travels) {
    this.layers = { wires, tags, now, travels };
    this.document = wires.ownerDocument;
    /** @type {Map<number, {element: SVGPathElement, wire: Wire | null}>} */
    this.drawn = new Map();
    /** @type {Map<number, {element: SVGGElement, tag: Tag | null}>} */
    this.tagged = new Map();
    /** @type {Tag[]} */
    this.tags = [];
  }

  /** Draws wires in place of the last ones.
   * @param {Wire[]} wires @param {Tag[]} tags */
  draw(wires, tags) {
    if (wires.length !== this.drawn.size || wires.some(({ index }) => !this.drawn.has(index))) {
      const known = this.drawn;
      this.drawn = new Map(wires.map(({ index }) => [index, known.get(index) ?? this.#make(index)]));
      arrange(this.layers.wires, [...this.drawn.values()].map(({ element }) => element));
    }
    for (const wire of wires) {
      const drawn = this.drawn.get(wire.index);
      if (!drawn || drawn.wire === wire) continue;
      const { element, wire: old } = drawn;
      if (!old || classes(old) !== classes(wire)) element.setAttribute("class", classes(wire));
      if (old?.width !== wire.width) element.style.setProperty("--thick", `${wire.width}px`);
      if (old?.path !== wire.path) element.setAttribute("d", wire.path);
      drawn.wire = wire;
    }
    this.#tags(tags);
  }

  /** Draws only what is in sight.
   * @param {Set<number>} wires */
  see(wires) {
    for (const drawn of [this.drawn, this.tagged]) {
      for (const [index, { element }] of drawn) element.toggleAttribute("data-away", !wires.has(index));
    }
  }

  /** @param {number} index */
  #make(index) {
    return { element: shape(this.document, "path", { "data-edge": index }), wire: null };
  }

  /** @param {Tag[]} tags */
  #tags(tags) {
    const before = this.tags;
    this.tags = tags;
    /** @param {Tag} tag @param {number} at */
    const stays = ({ index, active }, at) => before[at].index === index && before[at].active === active;
    if (tags.length !== before.length || !tags.every(stays)) this.#arrange(tags);
    for (const tag of tags) {
      const drawn = this.tagged.get(tag.index);
      if (!drawn || drawn.tag === tag) continue;
      const { element, tag: old } = drawn;
      drawn.tag = tag;
      if (old && same(tag, old)) continue;
      element.setAttribute("class", `tag ${tag.sign}${tag.active ? " active" : ""}`);
      element.setAttribute("transform", `translate(${tag.x},${tag.y})`);
      const [lead, box, text] = element.children;
      element.style.setProperty("--grow", String(tag.grow));
      lead.setAttribute("d", tag.lead);
      box.setAttribute("x", String(-width(tag.text) / 2));
      box.setAttribute("width", String(width(tag.text)));
      text.textContent = tag.text;
    }
  }

  /** @param {Tag[]} tags */
  #arrange(tags) {
    const known = this.tagged;
    this.tagged = new Map(tags.map(({ index }) => [index, known.get(index) ?? this.#makeTag()]));
    /** @param {boolean} active */
    const elements = (active) =>
      tags.flatMap((tag) => (tag.active === active ? (this.tagged.get(tag.index)?.element ?? []) : []));
    arrange(this.layers.now, elements(true));
    arrange(this.layers.tags, elements(false));
  }

  #makeTag() {
    const element = shape(this.document, "g");
    element.append(
      shape(this.document, "path", { class: "lead" }),
      shape(this.document, "rect", { rx: 8, y: -9, height: 18 }),
      shape(this.document, "text", { dy: "0.35em" }),
    );
    return { element, tag: null };
  }

  /** Sends numbers along wires, over what is drawn.
   * @param {Travel[]} travels @param {number} duration milliseconds */
  travel(travels, duration) {
    const packets = select(this.layers.travels)
      .selectAll("g")
      .data(travels.filter(({ index }) => this.drawn.has(index)))
      .join("g")
      .attr("class", ({ backwards }) => (backwards ? "travel back" : "travel"));
    packets.selectAll("*").remove();
    packets.append("rect").attr("rx", 9).attr("y", -10).attr("height", 20)
      .attr("x", ({ text }) => -width(text) / 2).attr("width", ({ text }) => width(text));
    packets.append("text").attr("dy", "0.35em").text(({ text }) => text);
    packets
      .attr("opacity", 0)
      .transition()
      .duration(duration)
      .ease(easeCubicInOut)
      .attrTween("transform", ({ index, backwards }) => {
        const path = /** @type {SVGPathElement} */ (this.drawn.get(index)?.element);
        const length = path.getTotalLength();
        return (/** @type {number} */ at) => {
          const { x, y } = path.getPointAtLength(length * (backwards ? 1 - at : at));
          return `translate(${x},${y})`;
        };
      })
      .attrTween("opacity", () => (/** @type {number} */ at) => (at < 0.92 ? "1" : "0"))
      .remove();
  }

  /** Takes away whatever is still on its way. */
  still() {
    if (this.layers.travels.firstChild) select(this.layers.travels).selectAll("g").interrupt().remove();
  }
}

/** @param {Tag} a @param {Tag} b @returns {boolean} whether they look the same */
function same(a, b) {
  return a.text === b.text && a.x === b.x && a.y === b.y && a.lead === b.lead && a.grow === b.grow && a.sign === b.sign && a.active === b.active;
}

/** @param {string} text @returns {number} of its box, in pixels */
function width(text) {
  return text.length * 7.9 + 12;
}

/** @param {Wire} wire @returns {string} */
function classes(wire) {
  const set = /** @type {const} */ (["active", "lit", "dimmed", "asked"]);
  return ["wire", wire.state, wire.sign, ...set.filter((flag) => wire[flag])].join(" ");
}
