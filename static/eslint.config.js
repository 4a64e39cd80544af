import js from "@eslint/js";
import { readdirSync, readFileSync } from "node:fs";

const browser = [
  "document", "window", "location", "history", "navigator", "localStorage", "sessionStorage", "fetch", "matchMedia",
  "URL", "URLSearchParams", "structuredClone", "Worker", "ResizeObserver", "IntersectionObserver", "clearTimeout", "AbortSignal", "self", "Element", "HTMLElement",
  "HTMLButtonElement", "HTMLInputElement", "HTMLSelectElement", "HTMLScriptElement", "HTMLDialogElement", "HTMLTextAreaElement", "HTMLAnchorElement",
  "XMLSerializer", "Blob", "getComputedStyle",
  "SVGSVGElement", "SVGPathElement", "DOMPoint", "queueMicrotask", "setTimeout", "requestAnimationFrame",
  "AbortController", "TextDecoder", "TextEncoder", "ReadableStream", "Response", "ImageData", "SVGElement",
];

const folder = new URL("js/", import.meta.url);

/** Modules that touch no page, as the head of each says: what they could reach of it is no name to them. */
const pure = readdirSync(folder).filter((name) =>
  name.endsWith(".js") && readFileSync(new URL(name, folder), "utf8").split("*/", 1)[0].includes("Pure."));

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
    files: pure.map((name) => `**/js/${name}`),
    languageOptions: {
      globals: Object.fromEntries(
        browser.map((name) => [name, name.startsWith("URL") ? "readonly" : "off"]),
      ),
    },
  },
];
