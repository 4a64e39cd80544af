/** Sharing: links, code to embed, pictures, an animation, and files in other formats. */
import { frameScale, frameSteps, gifOf } from "../animation.js";
import { frameCode, onPage } from "../address.js";
import { exportRequest, fileName, givenName } from "../exports.js";
import { phaseAt } from "../frame.js";
import { toHash } from "../permalink.js";
import { translatedError, withoutMarks } from "../phrases.js";
import { lastStep } from "../state.js";
import { element } from "../view/dom.js";
import { pictureOf } from "../view/picture.js";
import { caption, pixelsOf, pngOf, rasterOf } from "../view/raster.js";
import { save, ShareView } from "../view/share.js";

/** @typedef {import("../page.js").Page} Page */

/** Pixels of a PNG for each of the drawing: sharp on paper, too. */
const SHARP = 2;

export class SharingDrawing {
  /** @param {Page} page @param {import("../phrases.js").Say} say */
  constructor(page, say) {
    this.page = page;
    this.say = say;
    const { document, t } = page;
    this.svg = element(document, "graph", SVGSVGElement);
    this.view = new ShareView(
      document,
      {
        open: () => this.#links(),
        svg: () => this.#svg(),
        png: () => this.#png(),
        gif: () => this.#gif(),
        format: (format) => this.#format(format),
      },
      t,
    );
  }

  /** Nothing is drawn until it is asked for. */
  draw() {}

  #links() {
    const hash = toHash(this.page.state());
    history.replaceState(null, "", hash);
    const title = this.page.t("app.title");
    return { link: location.href, code: frameCode(onPage(location.href, "embed", hash), title) };
  }

  #svg() {
    const { text } = pictureOf(this.svg, this.#background());
    this.#save(new Blob([text], { type: "image/svg+xml" }), "svg");
  }

  async #png() {
    const picture = pictureOf(this.svg, this.#background());
    this.#save(await pngOf(await rasterOf(this.page.document, picture, SHARP)), "png");
  }

  /** Has the page itself go through its steps, and takes a picture of each. */
  async #gif() {
    const { dispatch, document, state, t } = this.page;
    const { layout, step: before } = state();
    if (!layout) throw new Error(t("share.nothing"));
    const last = lastStep(state());
    // The tag of a step may reach beyond the cards: every frame gets the room of the widest.
    const room = { x: -60, y: -16, width: layout.width + 120, height: layout.height + 60 };
    const draw = async (/** @type {number} */ step) => {
      dispatch({ type: "step", step });
      const picture = pictureOf(this.svg, this.#background(), room);
      const canvas = await rasterOf(document, picture, frameScale(picture));
      const { reading } = state();
      const phase = t(`transport.${reading ? phaseAt(reading, step) : "forward"}`);
      const text = `${phase} · ${t("transport.position", { step, last })}`;
      caption(canvas, text, getComputedStyle(this.svg).color);
      return pixelsOf(canvas);
    };
    const tell = (/** @type {number} */ done, /** @type {number} */ all) =>
      this.view.tell(t("share.working", { done, all }));
    try {
      this.#save(await gifOf(frameSteps(last), draw, tell), "gif");
    } finally {
      dispatch({ type: "step", step: before ?? last });
    }
  }

  /** @param {string} format */
  async #format(format) {
    const language = this.page.document.documentElement.lang;
    const response = await fetch(`api/export/${format}?lang=${language}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(exportRequest(this.page.state())),
    });
    if (!response.ok) throw new Error(withoutMarks(translatedError((await response.json()).error, this.say)).message);
    const name = givenName(response.headers.get("Content-Disposition"), format);
    save(this.page.document, await response.blob(), name);
  }

  /** @param {Blob} blob @param {string} ending */
  #save(blob, ending) {
    const { reading } = this.page.state();
    const output = reading?.byId.get(reading.trace.output)?.name ?? "";
    save(this.page.document, blob, fileName(output, ending));
  }

  #background() {
    return getComputedStyle(/** @type {HTMLElement} */ (this.svg.parentElement)).backgroundColor;
  }
}
