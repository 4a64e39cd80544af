/** Walk: from card to card with the arrow keys, along the edges and among siblings. Pure. */

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Box} Box */

/** What each arrow does where results stand to the right of their operands, and where below. */
const ARROWS = {
  LR: { ArrowLeft: "operands", ArrowRight: "results", ArrowUp: "before", ArrowDown: "after" },
  TB: { ArrowUp: "operands", ArrowDown: "results", ArrowLeft: "before", ArrowRight: "after" },
};

/** Returns where a key leads from a card; the same card where there is nothing that way, and null if
 * the key does not walk.
 * @param {Layout} layout @param {string} from @param {string} key @returns {string | null} */
export function walk(layout, from, key) {
  const { drawn, boxes, direction } = layout;
  const box = boxes.get(from);
  if (key === "Home") return drawn.nodes[0]?.id ?? from;
  if (key === "End") return drawn.nodes[drawn.nodes.length - 1]?.id ?? from;
  const way = /** @type {Record<string, string>} */ (ARROWS[direction])[key];
  if (!way || !box) return null;
  const edges = [...drawn.edges.values()];
  if (way === "operands") {
    const ends = edges.flatMap(({ source, target }) => (target === from ? [source] : []));
    return nearest(layout, box, ends) ?? from;
  }
  if (way === "results") {
    const ends = edges.flatMap(({ source, target }) => (source === from ? [target] : []));
    return nearest(layout, box, ends) ?? from;
  }
  const sign = way === "before" ? -1 : 1;
  const beside = [...boxes.values()].filter(
    (other) => sign * (across(other, direction) - across(box, direction)) > 0 && overlap(box, other, direction),
  );
  return nearest(layout, box, beside.map(({ id }) => id)) ?? from;
}

/** @param {Box} box @param {"LR" | "TB"} direction @returns {number} */
function across({ x, y, width, height }, direction) {
  return direction === "LR" ? y + height / 2 : x + width / 2;
}

/** @param {Box} a @param {Box} b @param {"LR" | "TB"} direction whether they stand beside each other */
function overlap(a, b, direction) {
  return direction === "LR"
    ? a.x < b.x + b.width && b.x < a.x + a.width
    : a.y < b.y + b.height && b.y < a.y + a.height;
}

/** @param {Layout} layout @param {Box} from @param {string[]} ids @returns {string | undefined} */
function nearest({ boxes, direction }, from, ids) {
  /** @param {string} id */
  const distance = (id) => Math.abs(across(boxes.get(id) ?? from, direction) - across(from, direction));
  return [...ids].sort((a, b) => distance(a) - distance(b))[0];
}
