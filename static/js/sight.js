/** Sight: which things of a drawing lie in the part of it that is seen. Pure. */
import { SIGN } from "./layout.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {{x: number, y: number, width: number, height: number}} Rect */
/** @typedef {{cards: Set<string>, wires: Set<number>, frames: Set<string>}} Sight */

/** What lies so far outside of the part is drawn, too: marks and numbers stand out from their things. */
const AROUND = 160;

/** Returns what is at least partly in sight.
 * @param {Layout} layout @param {Rect} part @returns {Sight} */
export function inSight({ boxes, routes, frames }, part) {
  const [left, top] = [part.x - AROUND, part.y - AROUND];
  const [right, bottom] = [part.x + part.width + AROUND, part.y + part.height + AROUND];
  /** @param {Rect} rect */
  const meets = ({ x, y, width, height }) => x < right && y < bottom && x + width > left && y + height > top;
  const sight = { cards: new Set(), wires: new Set(), frames: new Set() };
  for (const box of boxes.values()) if (meets(box)) sight.cards.add(box.id);
  for (const { index, bounds } of routes.values()) if (meets(bounds)) sight.wires.add(index);
  for (const frame of frames.values()) if (meets(frame)) sight.frames.add(frame.id);
  return sight;
}

/** @param {import("./layout.js").Box} card @returns {Rect} the card with its sign */
export function extent({ x, y, width, height, cx, cy }) {
  const [left, top] = [Math.min(x, cx - SIGN.radius), Math.min(y, cy - SIGN.radius)];
  return { x: left, y: top, width: x + width - left, height: y + height - top };
}
