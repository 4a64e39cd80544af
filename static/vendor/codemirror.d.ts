// Types of the packages that this module bundles, for the type checker.
export { EditorState, StateEffect, StateField, Compartment } from "@codemirror/state";
export { EditorView, Decoration, keymap, lineNumbers, highlightSpecialChars, drawSelection, highlightActiveLine, placeholder } from "@codemirror/view";
export { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
export { HighlightStyle, syntaxHighlighting, bracketMatching, indentUnit, indentOnInput } from "@codemirror/language";
export { pythonLanguage } from "@codemirror/lang-python";
export { setDiagnostics } from "@codemirror/lint";
export { tags } from "@lezer/highlight";
