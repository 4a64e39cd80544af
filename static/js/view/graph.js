/** Draws a scene as SVG: cards, wires, and what travels along them. Reads nothing back. */
import {
  easeCubicInOut, select, transition, zoom, zoomIdentity, zoomTransform,
} from "../../vendor/d3.js";

/** @typedef {import("../scene.js").Scene} Scene */
/** @typedef {import("../scene.js").Card} Card */
/** @typedef {import("../scene.js").Wire} Wire */
/** @typedef {import("../scene.js").Tag} Tag */
/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{hover: (id: string | null) => void, select: (id: string) => void}} Events */
/** @typedef {{index: number, text: string, backwards: boolean}} Travel
 *   A number on its way along a wire, from operand to result or back. */

void transition; // adds `.transition()` to selections
const MARGIN = 28;
/** Scales: below the first numbers cannot be read (a telephone is held nearer), above the last they
 * look coarse. */
const LEGIBLE = 0.8;
const LEGIBLE_NEAR = 0.5;
const NARROW = 700;
const LARGEST = 1.35;
const SIGN_RADIUS = 16;

export class GraphView {
  /** @param {SVGSVGElement} svg @param {Events} events @param {() => boolean} calm
   * @param {Translate} t  `calm`: whether things should not move */
  constructor(svg, events, calm, t) {
    this.t = t;
    this.calm = calm;
    /** Whether somebody moved the drawing since it was placed: then it stays as it is. */
    this.touched = false;
    this.events = events;
    this.svg = select(svg);
    const root = this.svg.append("g").attr("class", "world");
    this.world = root;
    this.layers = {
      wires: root.append("g").attr("class", "wires"),
      cards: root.append("g").attr("class", "cards"),
      tags: root.append("g").attr("class", "tags"),
      travels: root.append("g").attr("class", "travels"),
    };
    /** @type {{width: number, height: number}} */
    this.size = { width: 0, height: 0 };
    this.zoom = zoom()
      .scaleExtent([0.05, 3])
      .on("zoom", ({ transform, sourceEvent }) => {
        root.attr("transform", transform);
        if (sourceEvent) this.touched = true;
      });
    // @ts-expect-error the behaviour's element type is wider than an SVG's
    this.svg.call(this.zoom).on("dblclick.zoom", null);
  }

  /** Draws a scene in place of the last one; cards and wires keep their identity.
   * @param {Scene} scene */
  draw(scene) {
    this.size = { width: scene.width, height: scene.height };
    this.#wires(scene.wires);
    this.#cards(scene.cards);
    this.#tags(scene.tags);
  }

  /** Shows the drawing. A large one is shown in part, so that it can be read, unless it is asked
   * for whole.
   * @param {{whole?: boolean, animated?: boolean, around?: Card}} [how]
   * @returns {boolean} whether all of it is in sight */
  fit({ whole = false, animated = false, around } = {}) {
    const { width, height } = this.#viewport();
    if (!width || !height || !this.size.width) return true;
    this.touched = false;
    const all = Math.min(
      LARGEST,
      width / (this.size.width + 2 * MARGIN),
      height / (this.size.height + 2 * MARGIN),
    );
    const scale = whole ? all : Math.max(all, legible(width));
    const x = offset(width, this.size.width * scale, around && (around.x + around.width / 2) * scale);
    const y = offset(height, this.size.height * scale, around && (around.y + around.height / 2) * scale);
    this.#move(zoomIdentity.translate(x, y).scale(scale), animated);
    return scale <= all;
  }

  /** @param {number} factor */
  scaleBy(factor) {
    // @ts-expect-error as above
    this.svg.transition().duration(150).call(this.zoom.scaleBy, factor);
  }

  /** Brings cards into sight if one of them is out of it, large enough to be read.
   * @param {Card[]} cards */
  reveal(cards) {
    if (!cards.length) return;
    const { width, height } = this.#viewport();
    // @ts-expect-error the node is an element while the page stands
    const now = zoomTransform(this.svg.node());
    const left = Math.min(...cards.map(({ x, cx }) => Math.min(x, cx - SIGN_RADIUS)));
    const top = Math.min(...cards.map(({ y, cy }) => Math.min(y, cy - SIGN_RADIUS)));
    const right = Math.max(...cards.map((card) => card.x + card.width));
    const bottom = Math.max(...cards.map((card) => card.y + card.height));
    const room = Math.min((width - MARGIN) / (right - left), (height - MARGIN) / (bottom - top));
    const scale = Math.min(Math.max(now.k, legible(width)), room);
    const [x0, y0] = now.apply([left, top]);
    const [x1, y1] = now.apply([right, bottom]);
    const inSight = x0 >= 8 && y0 >= 8 && x1 <= width - 8 && y1 <= height - 8;
    if (inSight && now.k >= scale) return;
    const x = width / 2 - (scale * (left + right)) / 2;
    const y = height / 2 - (scale * (top + bottom)) / 2;
    this.#move(zoomIdentity.translate(x, y).scale(scale), true);
  }

  #viewport() {
    const node = this.svg.node();
    return { width: node?.clientWidth ?? 0, height: node?.clientHeight ?? 0 };
  }

  /** @param {import("d3-zoom").ZoomTransform} to @param {boolean} animated */
  #move(to, animated) {
    const target = animated && !this.calm() ? this.svg.transition().duration(250) : this.svg;
    // @ts-expect-error as above
    target.call(this.zoom.transform, to);
  }

  /** Sends numbers along wires, over what is drawn.
   * @param {Travel[]} travels @param {number} duration milliseconds */
  travel(travels, duration) {
    const wires = this.layers.wires;
    const packets = this.layers.travels
      .selectAll("g")
      .data(travels)
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
        const path = wires.select(`path.wire[data-edge="${index}"]`).node();
        if (!(path instanceof SVGPathElement)) return () => "";
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
    this.layers.travels.selectAll("g").interrupt().remove();
  }

  /** @param {Wire[]} wires */
  #wires(wires) {
    this.layers.wires
      .selectAll("path.wire")
      .data(wires, (wire) => /** @type {Wire} */ (wire).index)
      .join("path")
      .filter((...row) => isChanged(...row))
      .attr("class", (wire) => classes("wire", wire, [wire.state, wire.sign]))
      .attr("data-edge", ({ index }) => index)
      .attr("d", ({ path }) => path)
      .style("stroke-width", (wire) => `${wire.width}px`);
  }

  /** @param {Card[]} cards */
  #cards(cards) {
    const events = this.events;
    const joined = this.layers.cards
      .selectAll("g.node")
      .data(cards, (card) => /** @type {Card} */ (card).id)
      .join((enter) => this.#enter(enter.append("g")))
      .filter((...row) => isChanged(...row))
      .attr("class", (card) => classes("node", card, [card.kind, card.output ? "output" : ""]))
      .attr("aria-label", ({ text }) => text)
      .attr("aria-pressed", ({ selected }) => String(selected))
      .on("pointerenter", (_, { id }) => events.hover(id))
      .on("pointerleave", () => events.hover(null))
      .on("focus", (event, card) => {
        events.hover(card.id);
        if (/** @type {Element} */ (event.target).matches(":focus-visible")) this.reveal([card]);
      })
      .on("blur", () => events.hover(null))
      .on("click", (_, { id }) => events.select(id))
      .on("keydown", (event, { id }) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        events.select(id);
      });
    joined.select("g.card").attr("transform", ({ x, y }) => `translate(${x},${y})`);
    joined.select("rect.body").attr("width", ({ width }) => width).attr("height", ({ height }) => height);
    joined.select("text.label").attr("x", ({ width }) => width / 2).text(({ label }) => label);
    joined.select("path.rule").attr("d", ({ kind, width, height }) =>
      kind === "constant" ? "" : `M0,21H${width}M${width / 2},21V${height}`);
    place(joined, "value", ({ kind, width }) => (kind === "constant" ? width / 2 : width / 4));
    place(joined, "grad", ({ width }) => (3 * width) / 4);
    joined.select("text.value").text(({ value }) => value);
    joined.select("text.grad").attr("class", ({ gradSign }) => `grad ${gradSign}`)
      .text(({ grad, kind }) => (kind === "constant" ? "" : grad));
    joined.select("text.caption-value").text(({ kind }) =>
      kind === "constant" ? "" : this.t("node.caption.value"));
    joined.select("text.caption-grad").text(({ kind }) =>
      kind === "constant" ? "" : this.t("node.caption.grad"));
    joined.select("g.beware").attr("display", ({ warnings }) => (warnings.length ? null : "none"))
      .attr("transform", ({ width }) => `translate(${width - 4},3)`);
    joined.select("title").text(({ text }) => text);
    this.#signs(joined);
  }

  /** Appends what every card has, once.
   * @param {any} group @returns {any} */
  #enter(group) {
    group.attr("data-node-id", (/** @type {Card} */ { id }) => id)
      .attr("role", "button").attr("tabindex", 0);
    group.append("title");
    group.append("path").attr("class", "joint");
    group.append("circle").attr("class", "sign").attr("r", SIGN_RADIUS);
    group.append("text").attr("class", "glyph").attr("dy", "0.35em").attr("aria-hidden", true);
    const card = group.append("g").attr("class", "card").attr("aria-hidden", true);
    card.append("rect").attr("class", "body").attr("rx", 7);
    card.append("path").attr("class", "rule");
    card.append("text").attr("class", "label").attr("y", 15);
    for (const name of ["caption-value", "caption-grad", "value", "grad"]) {
      card.append("text").attr("class", name).attr("data-cell", name);
    }
    const beware = card.append("g").attr("class", "beware");
    beware.append("circle").attr("r", 8);
    beware.append("text").attr("dy", "0.35em").text("!");
    return group;
  }

  /** The sign of an operation stands before its card, joined by a short line.
   * @param {any} joined */
  #signs(joined) {
    const shown = (/** @type {Card} */ { glyph }) => (glyph === null ? "none" : null);
    joined.select("circle.sign").attr("display", shown)
      .attr("cx", (/** @type {Card} */ { cx }) => cx).attr("cy", (/** @type {Card} */ { cy }) => cy);
    joined.select("text.glyph").attr("display", shown)
      .attr("x", (/** @type {Card} */ { cx }) => cx).attr("y", (/** @type {Card} */ { cy }) => cy)
      .style("font-size", (/** @type {Card} */ { glyph }) => `${glyphSize(glyph ?? "")}px`)
      .text((/** @type {Card} */ { glyph }) => glyph ?? "");
    joined.select("path.joint").attr("display", shown)
      .attr("d", (/** @type {Card} */ card) =>
        card.cx < card.x
          ? `M${card.cx + SIGN_RADIUS},${card.cy}H${card.x}`
          : `M${card.cx},${card.cy + SIGN_RADIUS}V${card.y}`);
  }

  /** @param {Tag[]} tags */
  #tags(tags) {
    const joined = this.layers.tags
      .selectAll("g.tag")
      .data(tags, (tag) => /** @type {Tag} */ (tag).index)
      .join((enter) => {
        const group = enter.append("g");
        group.append("rect").attr("rx", 8).attr("y", -9).attr("height", 18);
        group.append("text").attr("dy", "0.35em");
        return group;
      })
      .attr("class", (tag) => `tag ${tag.sign}${tag.active ? " active" : ""}`)
      .attr("transform", ({ x, y }) => `translate(${x},${y})`);
    joined.select("rect").attr("x", ({ text }) => -width(text) / 2).attr("width", ({ text }) => width(text));
    joined.select("text").text(({ text }) => text);
    joined.order();
  }
}

/** @param {number} width of the viewport @returns {number} the least scale that can be read */
function legible(width) {
  return width < NARROW ? LEGIBLE_NEAR : LEGIBLE;
}

/** Returns where a drawing begins in a viewport: in the middle if it fits, else so that a place
 * of it is as near to the middle as possible.
 * @param {number} room @param {number} size @param {number} [place] @returns {number} */
function offset(room, size, place = 0) {
  if (size + 2 * MARGIN <= room) return (room - size) / 2;
  return Math.max(room - size - MARGIN, Math.min(MARGIN, room / 2 - place));
}

/** @param {any} joined @param {"value" | "grad"} name @param {(card: Card) => number} x */
function place(joined, name, x) {
  joined.select(`text.${name}`).attr("x", x)
    .attr("y", (/** @type {Card} */ { kind }) => (kind === "constant" ? 25 : 49));
  joined.select(`text.caption-${name}`).attr("x", x).attr("y", 32);
}

/** @param {string} glyph @returns {number} the size at which it fits its circle, in pixels */
function glyphSize(glyph) {
  return Math.min(16, 24 / (0.6 * Math.max(1, glyph.length)));
}

/** Tells whether an element shows other data than it did, and takes note: most of a drawing stays
 * as it is from step to step.
 * @param {unknown} data @param {number} index @param {any} elements @returns {boolean} */
function isChanged(data, index, elements) {
  const element = elements[index];
  const key = JSON.stringify(data);
  if (element.shown === key) return false;
  element.shown = key;
  return true;
}

/** @param {string} text @returns {number} of its box, in pixels */
function width(text) {
  return text.length * 6.7 + 12;
}

/** @param {string} name @param {{active: boolean, lit: boolean, dimmed: boolean,
 *   selected?: boolean, chosen?: boolean}} flags @param {string[]} more @returns {string} */
function classes(name, flags, more) {
  const set = /** @type {const} */ (["active", "lit", "chosen", "dimmed", "selected"]);
  return [name, ...more, ...set.filter((flag) => flags[flag])].filter(Boolean).join(" ");
}
