/** Draws the account of what was just chosen, in the place of the step's title. */
import { make, withCode } from "./dom.js";

/** @typedef {import("../inspect.js").Inspection} Inspection */

export class CaptionView {
  /** @param {HTMLElement} account @param {HTMLElement} title of the step
   * @param {{close: () => void, more: () => void}} events
   * @param {import("../messages.js").Translate} t */
  constructor(account, title, events, t) {
    const document = account.ownerDocument;
    this.account = account;
    this.title = title;
    this.t = t;
    this.known = make(document, "p", "known");
    this.says = make(document, "p", "says");
    const more = make(document, "button", "way", t("account.more"));
    this.close = make(document, "button", "close", "×");
    for (const button of [more, this.close]) button.type = "button";
    more.addEventListener("click", events.more);
    this.close.addEventListener("click", events.close);
    account.replaceChildren(this.known, more, this.close, this.says);
  }

  /** @param {Inspection | null} inspection */
  draw(inspection) {
    this.account.hidden = inspection === null;
    this.title.classList.toggle("replaced", inspection !== null);
    if (!inspection) return;
    withCode(this.known, inspection.known);
    withCode(this.says, inspection.meaning[0] ?? inspection.trial[0] ?? inspection.stored);
    this.close.setAttribute("aria-label", this.t("inspect.close", { name: inspection.name }));
  }
}
