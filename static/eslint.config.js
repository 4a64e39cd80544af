import js from "@eslint/js";

const browser = [
  "document", "window", "location", "history", "navigator", "localStorage", "sessionStorage", "fetch", "matchMedia",
  "URL", "URLSearchParams", "structuredClone", "Worker", "ResizeObserver", "IntersectionObserver", "clearTimeout", "AbortSignal", "self", "Element", "HTMLElement",
  "HTMLButtonElement", "HTMLInputElement", "HTMLSelectElement", "HTMLScriptElement", "HTMLDialogElement", "HTMLTextAreaElement", "HTMLAnchorElement",
  "XMLSerializer", "Blob", "getComputedStyle",
  "SVGSVGElement", "SVGPathElement", "DOMPoint", "queueMicrotask", "setTimeout", "requestAnimationFrame",
  "AbortController", "TextDecoder", "TextEncoder", "ReadableStream", "Response", "ImageData", "SVGElement",
];

/** Modules that touch no page: what they could reach of it is no name to them. */
const pure = [
  "address", "course", "explain", "exports", "fold", "format", "frame", "groups", "highlight", "inspect", "keys", "layers",
  "layout", "markup", "meaning", "messages", "moments", "permalink", "phrases", "questions", "quiz", "ranges", "reasons",
  "said", "scene", "search", "stages", "state", "store", "symbols", "task", "trace", "trial", "walk",
  "contours", "csv", "derivative", "descent", "loss", "playground", "plot", "scales", "slope", "subject",
];

export default [
  js.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["**/js/**/*.js"],
    languageOptions: { globals: Object.fromEntries(browser.map((name) => [name, "readonly"])) },
  },
  {
    files: pure.map((name) => `**/js/${name}.js`),
    languageOptions: {
      globals: Object.fromEntries(
        browser.map((name) => [name, name.startsWith("URL") ? "readonly" : "off"]),
      ),
    },
  },
];
