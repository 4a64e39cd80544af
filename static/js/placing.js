/** Placing: has what is drawn laid out, as soon as its shape changes and in the room that there is. */
import { drawnOf, tighter } from "./fold.js";
import { Layouter } from "./layouter.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {{state: () => State, holds: (size: Layout) => boolean, waiting: () => void,
 *   placed: (layout: Layout, room: number) => void, failed: (message: string) => void}} Events
 *   `holds` tells whether a whole drawing can be read where it is shown; `waiting` is called when one
 *   has been awaited for a while. */

/** How long a layout may take before it is said that one is awaited, in milliseconds. */
const PATIENCE = 700;

export class Placing {
  /** @param {() => Worker} start @param {Events} events */
  constructor(start, events) {
    this.events = events;
    /** The layout that was asked for last. @type {Layout | null} */
    this.last = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    this.layouter = new Layouter(start);
    this.layouter.warm();
  }

  /** Returns the layout of what is drawn, if it is there yet. A layout outlives the reading that it
   * was made for: the groups of another one may hold other values.
   * @param {State} state @returns {Layout | null} */
  layoutOf({ reading, layout, direction, folds, room }) {
    const drawn = reading && drawnOf(reading, folds, room);
    if (!layout || layout.shape !== drawn?.shape || layout.direction !== direction) return null;
    if (this.last?.drawn !== drawn || this.last.boxes !== layout.boxes) {
      this.last = layout.drawn === drawn ? layout : { ...layout, drawn };
    }
    return this.last;
  }

  /** Has the drawing laid out, unless it is; in less room as long as it could not be read.
   * @param {State} state @param {number[]} rooms the largest first */
  place(state, rooms) {
    const { reading, direction, folds } = state;
    if (!reading || this.layoutOf(state)) return;
    const [room] = rooms;
    const { events } = this;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(events.waiting, PATIENCE);
    this.layouter.place(
      drawnOf(reading, folds, room),
      direction,
      (layout) => {
        clearTimeout(this.waiting);
        const now = events.state();
        const less = events.holds(layout) || !now.reading ? [] : tighter(now.reading, now.folds, rooms);
        if (less.length) this.place(now, less);
        else events.placed(layout, room);
      },
      (message) => {
        clearTimeout(this.waiting);
        events.failed(message);
      },
    );
  }
}
