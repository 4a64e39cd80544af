/** Invitation: what there is to learn, and a place for the one button that begins, while the program is about something else. */
import { short } from "../format.js";
import { group } from "../view/controls.js";
import { make } from "../view/dom.js";

/** @typedef {import("../playground.js").Plan} Plan */

export class Invitation {
  /** @param {import("../page.js").Page} page */
  constructor({ document, t }) {
    this.t = t;
    this.lead = make(document, "p", "lead");
    this.what = make(document, "p");
    this.place = make(document, "div");
    this.why = make(document, "p", "quiet");
    this.why.setAttribute("role", "status");
    this.root = group(document, [this.lead, this.what, this.place, this.why], "invitation");
  }

  /** @param {Plan} plan @param {string} why the button is needed */
  draw(plan, why) {
    const { t } = this;
    const { classes, features, label, low, high, rows } = plan;
    const said = { rows, label, features: features.join(", "), low: short(low), high: short(high) };
    this.lead.textContent = t(classes ? "playground.lead.classes" : "playground.lead.number", said);
    this.what.textContent = t(classes ? "playground.what.classes" : "playground.what.number", said);
    this.why.textContent = why;
  }
}
