/** The editor: CodeMirror with Python's colours, an error where it is, and light on a node's text. */
import {
  bracketMatching, Decoration, defaultKeymap, drawSelection, EditorState, EditorView,
  highlightActiveLine, highlightSpecialChars, HighlightStyle, history, historyKeymap,
  indentOnInput, indentUnit, keymap, lineNumbers, placeholder, pythonLanguage, setDiagnostics,
  StateEffect, StateField, syntaxHighlighting, tags,
} from "../../vendor/codemirror.js";

/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{start?: number, end?: number, message: string}} Problem */
/** @typedef {{edit: (source: string) => void, point: (place: number | null) => void}} Events
 *   `point`: the pointer or the cursor is at a place in the source */

/** @type {import("@codemirror/state").StateEffectType<[number, number][]>} */
const light = StateEffect.define();

const lights = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(light)) {
        const mark = Decoration.mark({ class: "cm-lit" });
        next = Decoration.set(
          effect.value.map(([start, end]) => mark.range(start, end)),
          true,
        );
      }
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, class: "tok-keyword" },
  { tag: tags.number, class: "tok-number" },
  { tag: tags.string, class: "tok-string" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: [tags.operator, tags.arithmeticOperator], class: "tok-operator" },
  { tag: tags.function(tags.variableName), class: "tok-function" },
]);

export class ProgramEditor {
  /** @param {HTMLElement} parent @param {string} source @param {Events} events
   * @param {Translate} t */
  constructor(parent, source, events, t) {
    const content = EditorView.contentAttributes.of({
      "aria-label": t("editor.title"),
      autocapitalize: "off",
      tabindex: "0",
      spellcheck: "false",
    });
    const listener = EditorView.updateListener.of((update) => {
      if (update.docChanged) events.edit(update.state.doc.toString());
      else if (update.selectionSet && update.view.hasFocus) {
        events.point(this.#toPlace(update.state.selection.main.head));
      }
    });
    const pointer = EditorView.domEventHandlers({
      mousemove: (event, view) => {
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        events.point(at === null ? null : this.#toPlace(at));
      },
      mouseleave: () => events.point(null),
      blur: () => events.point(null),
    });
    /** Where what is lit begins. @type {number | null} */
    this.first = null;
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: source,
        extensions: [
          lineNumbers(), highlightSpecialChars(), history(), drawSelection(), bracketMatching(),
          indentOnInput(), indentUnit.of("    "), highlightActiveLine(), pythonLanguage,
          syntaxHighlighting(colours), lights, content, listener, pointer,
          placeholder(t("editor.placeholder")),
          keymap.of([...defaultKeymap, ...historyKeymap]), EditorView.lineWrapping,
        ],
      }),
    });
    this.#watch();
  }

  /** Brings what is lit into sight, too, when the editor itself comes into sight. */
  #watch() {
    new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#bring()).observe(this.view.dom);
  }

  /** Goes on with what was typed, and where, in a field that was there before the editor.
   * @param {HTMLTextAreaElement} field */
  takeOver(field) {
    const { value, defaultValue, selectionStart, selectionEnd } = field;
    const focused = field.ownerDocument.activeElement === field;
    if (value !== defaultValue) this.show(value);
    field.remove();
    if (!focused) return;
    const [anchor, head] = [selectionStart, selectionEnd].map((at) => Math.min(at, this.view.state.doc.length));
    this.view.dispatch({ selection: { anchor, head } });
    this.view.focus();
  }

  /** Shows a program in place of the one that stands there.
   * @param {string} source */
  show(source) {
    const doc = this.view.state.doc;
    if (doc.toString() === source) return;
    this.view.dispatch({ changes: { from: 0, to: doc.length, insert: source } });
  }

  /** Underlines an error where it is.
   * @param {Problem | null} problem */
  underline(problem) {
    const { state } = this.view;
    const marks = [];
    if (problem && problem.start !== undefined && problem.end !== undefined) {
      const from = this.#toPosition(problem.start);
      const to = Math.max(this.#toPosition(problem.end), Math.min(from + 1, state.doc.length));
      marks.push({ from: Math.min(from, to), to, severity: "error", message: problem.message });
    }
    // @ts-expect-error severity is one of the words that it may be
    this.view.dispatch(setDiagnostics(state, marks));
  }

  /** Lights the text of nodes, and brings it into sight where nobody writes or points.
   * @param {[number, number][]} spans in code points of the source */
  light(spans) {
    const length = this.view.state.doc.length;
    const ranges = spans
      .map(([start, end]) => [this.#toPosition(start), this.#toPosition(end)])
      .filter(([start, end]) => start < end && end <= length);
    this.view.dispatch({ effects: light.of(/** @type {[number, number][]} */ (ranges)) });
    this.first = ranges.length ? ranges[0][0] : null;
    this.#bring();
  }

  /** Scrolls the editor, and nothing around it, to what is lit, unless somebody writes or points there. The
   * editor says when it may be measured: not while it is out of sight. */
  #bring() {
    const position = this.first;
    if (position === null || this.view.hasFocus || this.view.dom.matches(":hover")) return;
    this.view.requestMeasure({
      key: "light",
      read: ({ scrollDOM }) => {
        const { top, bottom } = this.view.lineBlockAt(position);
        const { scrollTop, clientHeight } = scrollDOM;
        return top >= scrollTop && bottom <= scrollTop + clientHeight ? null : (top + bottom - clientHeight) / 2;
      },
      write: (top, { scrollDOM }) => {
        if (top !== null) scrollDOM.scrollTop = top;
      },
    });
  }

  /** The API counts code points, the editor counts UTF-16 units.
   * @param {number} place @returns {number} */
  #toPosition(place) {
    const text = this.view.state.doc.toString();
    return [...text].slice(0, place).join("").length;
  }

  /** @param {number} position @returns {number} */
  #toPlace(position) {
    return [...this.view.state.doc.sliceString(0, position)].length;
  }
}
