/** Draws the transport: first, previous, play, next, last, the scrubber and the speed. */
import { element } from "./dom.js";

/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{step: number, last: number, forward: number, phase: string, playing: boolean,
 *   speed: number, pace: string, predicting: boolean}} Position */
/** @typedef {{step: (step: number) => void, next: () => void, previous: () => void,
 *   play: () => void, pause: () => void, speed: (speed: number) => void,
 *   pace: (pace: string) => void, predict: (on: boolean) => void}} Events */

export class TransportView {
  /** @param {Document} document @param {Events} events @param {Translate} t */
  constructor(document, events, t) {
    this.t = t;
    this.buttons = {
      first: element(document, "first", HTMLButtonElement),
      previous: element(document, "previous", HTMLButtonElement),
      play: element(document, "play", HTMLButtonElement),
      next: element(document, "next", HTMLButtonElement),
      last: element(document, "last", HTMLButtonElement),
    };
    this.slider = element(document, "step", HTMLInputElement);
    this.position = element(document, "position", HTMLElement);
    this.phase = element(document, "phase", HTMLElement);
    this.speed = element(document, "speed", HTMLSelectElement);
    this.pace = element(document, "pace", HTMLSelectElement);
    this.predict = element(document, "predict", HTMLButtonElement);
    /** @type {Position} */
    this.now = {
      step: 0, last: 0, forward: 0, phase: "forward", playing: false, speed: 1, pace: "edge", predicting: false,
    };
    const { first, previous, play, next, last } = this.buttons;
    first.addEventListener("click", () => events.step(0));
    previous.addEventListener("click", () => events.previous());
    play.addEventListener("click", () => (this.now.playing ? events.pause() : events.play()));
    next.addEventListener("click", () => events.next());
    last.addEventListener("click", () => events.step(this.now.last));
    this.slider.addEventListener("input", () => events.step(Number(this.slider.value)));
    this.speed.addEventListener("change", () => events.speed(Number(this.speed.value)));
    this.pace.addEventListener("change", () => events.pace(this.pace.value));
    this.predict.addEventListener("click", () => events.predict(!this.now.predicting));
  }

  /** @param {Position} position */
  draw(position) {
    this.now = position;
    const { step, last, forward, phase, playing, speed } = position;
    const { first, previous, play, next, last: end } = this.buttons;
    // A disabled button would lose the focus, and with it the keyboard's place.
    for (const button of [first, previous]) button.setAttribute("aria-disabled", String(step === 0));
    for (const button of [next, end]) button.setAttribute("aria-disabled", String(step === last));
    play.setAttribute("aria-label", this.t(playing ? "transport.pause" : "transport.play"));
    play.title = this.t(playing ? "transport.pause" : "transport.play");
    play.classList.toggle("playing", playing);
    this.slider.max = String(last);
    this.slider.value = String(step);
    const share = last ? forward / last : 0;
    this.slider.style.setProperty("--forward", `${100 * share}%`);
    this.slider.style.setProperty("--done", `${last ? (100 * step) / last : 0}%`);
    const text = this.t("transport.position", { step, last });
    this.slider.setAttribute("aria-valuetext", `${text}, ${this.t(`transport.${phase}`)}`);
    this.position.textContent = text;
    this.phase.textContent = this.t(`transport.${phase}`);
    this.phase.dataset.phase = phase;
    this.speed.value = String(speed);
    this.pace.value = position.pace;
    this.predict.setAttribute("aria-pressed", String(position.predicting));
  }
}
