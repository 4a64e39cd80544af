import js from "@eslint/js";

const browser = [
  "document", "window", "location", "history", "navigator", "localStorage", "fetch", "matchMedia",
  "URL", "URLSearchParams", "structuredClone", "Worker", "ResizeObserver", "clearTimeout", "AbortSignal", "self", "Element", "HTMLElement",
  "HTMLButtonElement", "HTMLInputElement", "HTMLSelectElement", "HTMLScriptElement",
  "SVGSVGElement", "SVGPathElement", "setTimeout", "requestAnimationFrame",
];

/** Modules that touch no page: what they could reach of it is no name to them. */
const pure = [
  "explain", "format", "frame", "inspect", "keys", "layout", "meaning", "messages", "moments", "permalink", "questions",
  "quiz", "ranges", "reasons", "scene", "stages", "state", "store", "symbols", "trace", "trial",
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
