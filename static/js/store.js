/** Store: holds the state, takes actions, tells whoever listens. Pure. */
import { reduce } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Action} Action */
/** @typedef {(action: Action) => void} Dispatch */

export class Store {
  /** @param {State} state */
  constructor(state) {
    this.state = state;
    /** @type {((state: State, before: State) => void)[]} */
    this.listeners = [];
  }

  /** @param {(state: State, before: State) => void} listener called after every change */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** @type {Dispatch} */
  dispatch = (action) => {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state === before) return;
    for (const listener of this.listeners) listener(this.state, before);
  };
}
