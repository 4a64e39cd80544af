/** The transport: where both passes stand, and the buttons that step them. */
import { lastStep } from "../state.js";
import { TransportView } from "../view/transport.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */

export class TransportDrawing {
  /** @param {Page} page */
  constructor({ document, dispatch, t }) {
    this.view = new TransportView(
      document,
      {
        step: (step) => dispatch({ type: "step", step }),
        next: () => dispatch({ type: "next" }),
        previous: () => dispatch({ type: "previous" }),
        play: () => dispatch({ type: "play" }),
        pause: () => dispatch({ type: "pause" }),
        speed: (speed) => dispatch({ type: "speed", speed }),
        pace: (pace) => dispatch({ type: "pace", pace: pace === "node" ? "node" : "edge" }),
        predict: (on) => dispatch({ type: "predict", on }),
      },
      t,
    );
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw(state, before, frame) {
    if (!frame || !state.reading) return;
    this.view.draw({
      step: frame.step,
      last: lastStep(state),
      forward: state.reading.forward,
      phase: frame.phase,
      playing: state.playing,
      speed: state.speed,
      pace: state.pace,
      predicting: state.quiz !== null,
    });
  }
}
