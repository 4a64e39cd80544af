/** Draws the dialog in which a drawing is shared. */
import { element, make } from "./dom.js";

/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{open: () => {link: string, code: string}, svg: () => void, png: () => Promise<void>,
 *   gif: () => Promise<void>, format: (format: string) => Promise<void>}} Events */

/** How long a button says that something was copied, in milliseconds. */
const SAID = 1_500;

export class ShareView {
  /** @param {Document} document @param {Events} events @param {Translate} t */
  constructor(document, events, t) {
    this.t = t;
    this.dialog = element(document, "share", HTMLDialogElement);
    this.told = element(document, "share-told", HTMLElement);
    this.link = element(document, "share-link", HTMLInputElement);
    this.code = element(document, "share-code", HTMLTextAreaElement);
    /** @param {string} id @param {() => void} work */
    const on = (id, work) => element(document, id, HTMLButtonElement).addEventListener("click", work);
    on("share-open", () => this.#open(events.open()));
    on("share-close", () => this.dialog.close());
    on("copy", () => this.#copy("copy", this.link));
    on("copy-code", () => this.#copy("copy-code", this.code));
    on("save-svg", () => this.#work(events.svg));
    on("save-png", () => this.#work(events.png));
    on("save-gif", () => this.#work(events.gif));
    for (const button of document.querySelectorAll("button[data-format]")) {
      const { format = "" } = /** @type {HTMLButtonElement} */ (button).dataset;
      button.addEventListener("click", () => this.#work(() => events.format(format)));
    }
    document.addEventListener("keydown", (event) => {
      const saved = savedBy(event);
      if (!saved) return;
      event.preventDefault();
      this.#work(events[saved]);
    });
  }

  /** Says how far something is.
   * @param {string} text */
  tell(text) {
    this.told.textContent = text;
  }

  /** @param {{link: string, code: string}} texts */
  #open({ link, code }) {
    this.link.value = link;
    this.code.value = code;
    this.tell("");
    this.dialog.showModal();
  }

  /** @param {string} id @param {HTMLInputElement | HTMLTextAreaElement} field */
  async #copy(id, field) {
    field.select(); // without https, and in some frames, there is no clipboard: then it is copied by hand
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return this.tell(this.t("share.byhand"));
    }
    const button = element(field.ownerDocument, id, HTMLButtonElement);
    const name = button.textContent;
    button.textContent = this.t("share.copied");
    this.tell(this.t("share.copied"));
    setTimeout(() => (button.textContent = name), SAID);
  }

  /** Does what may take a while, and says how it went.
   * @param {() => void | Promise<void>} work */
  async #work(work) {
    this.tell("");
    try {
      await work();
      this.tell(this.t("share.saved"));
    } catch (error) {
      this.tell(this.t("share.failed", { message: /** @type {Error} */ (error).message }));
    }
  }
}

/** @param {KeyboardEvent} event @returns {"svg" | "png" | null} as viewers of graphs have it */
function savedBy({ ctrlKey, metaKey, shiftKey, altKey, code }) {
  if (!(ctrlKey || metaKey) || code !== "KeyE" || shiftKey === altKey) return null;
  return shiftKey ? "png" : "svg";
}

/** Hands a file to whoever asked for it.
 * @param {Document} document @param {Blob} blob @param {string} name */
export function save(document, blob, name) {
  const link = make(document, "a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
