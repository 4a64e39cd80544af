/**
 * Writes `vendor/`: third-party code as ES modules that a browser loads without a build step.
 *
 * Run `npm ci && npm run vendor` here to make it anew. `vendor/manifest.json` then holds the
 * version, the licence and the checksum of everything in it; a test compares them.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const OUT = "vendor";

/** What each module exports, and from which package. */
const BUNDLES = {
  d3: {
    "d3-selection": ["select", "selectAll", "pointer"],
    "d3-transition": ["transition"],
    "d3-zoom": ["zoom", "zoomIdentity", "zoomTransform"],
    "d3-ease": ["easeCubicInOut", "easeCubicOut"],
    "d3-interpolate": ["interpolateNumber"],
    "d3-shape": ["line", "curveMonotoneX", "curveMonotoneY"],
  },
  codemirror: {
    "@codemirror/state": ["EditorState", "StateEffect", "StateField", "Compartment"],
    "@codemirror/view": [
      "EditorView", "Decoration", "keymap", "lineNumbers", "highlightSpecialChars",
      "drawSelection", "highlightActiveLine", "placeholder",
    ],
    "@codemirror/commands": ["defaultKeymap", "history", "historyKeymap"],
    "@codemirror/language": [
      "HighlightStyle", "syntaxHighlighting", "bracketMatching", "indentUnit", "indentOnInput",
    ],
    "@codemirror/lang-python": ["pythonLanguage"],
    "@codemirror/lint": ["setDiagnostics"],
    "@lezer/highlight": ["tags"],
  },
  gifenc: { gifenc: ["GIFEncoder", "quantize", "applyPalette"] },
  katex: { katex: ["default"] },
  viz: { "@viz-js/viz": ["instance"] },
};

/** Files taken as they are. */
const COPIES = {
  "katex/dist/katex.min.css": "katex.css",
  "swagger-ui-dist/swagger-ui-bundle.js": "swagger-ui/swagger-ui-bundle.js",
  "swagger-ui-dist/swagger-ui.css": "swagger-ui/swagger-ui.css",
};

/** What a package holds of others. */
const INSIDE = {
  "@viz-js/viz": `https://github.com/mdaines/viz-js
Holds, compiled to WebAssembly: Graphviz (Eclipse Public License 2.0, https://graphviz.org/license/)
and Expat (MIT, https://libexpat.github.io/).
`,
};

const DECLARED = "// Types of the packages that this module bundles, for the type checker.\n";

/** @param {Record<string, string[]>} parts @returns {string} */
function entry(parts) {
  return Object.entries(parts)
    .map(([name, names]) => `export { ${names.join(", ")} } from "${name}";`)
    .join("\n");
}

async function main() {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(join(OUT, "licences"), { recursive: true });
  await mkdir(join(OUT, "swagger-ui"), { recursive: true });
  const inputs = new Set(["swagger-ui-dist"]);
  for (const [name, parts] of Object.entries(BUNDLES)) {
    const result = await build({
      stdin: { contents: entry(parts), resolveDir: "." },
      bundle: true,
      minify: true,
      charset: "utf8",
      format: "esm",
      target: "es2022",
      legalComments: "none",
      metafile: true,
      outfile: join(OUT, `${name}.js`),
    });
    for (const path of Object.keys(result.metafile.inputs)) {
      const match = path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/);
      if (match) inputs.add(match[1]);
    }
    await writeFile(join(OUT, `${name}.d.ts`), `${DECLARED}${entry(parts)}\n`);
  }
  for (const [from, to] of Object.entries(COPIES)) {
    const text = await readFile(join("node_modules", from), "utf8");
    await writeFile(join(OUT, to), text.replace(/\n\/[/*]# sourceMappingURL=.*/, ""));
  }
  await copyFonts();
  await writeFile(
    join(OUT, "manifest.json"),
    `${JSON.stringify({ packages: await packages(inputs), files: await checksums() }, null, 2)}\n`,
  );
}

/** Copies the one font format that every browser of today reads. */
async function copyFonts() {
  const fonts = join("node_modules", "katex", "dist", "fonts");
  await mkdir(join(OUT, "fonts"), { recursive: true });
  for (const file of await readdir(fonts)) {
    if (file.endsWith(".woff2")) await cp(join(fonts, file), join(OUT, "fonts", file));
  }
}

/** @param {Set<string>} names */
async function packages(names) {
  /** @type {Record<string, {version: string, licence: string}>} */
  const found = {};
  for (const name of [...names].sort()) {
    const folder = join("node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    found[name] = { version, licence: license };
    const file = (await readdir(folder)).find((path) => /^licen[cs]e/i.test(path));
    const licence = join(OUT, "licences", `${name.replace("/", "-")}.txt`);
    if (!file) await writeFile(licence, `${name} ${version}, licence: ${license}\n${INSIDE[name] ?? ""}`);
    if (file) await cp(join(folder, file), join(OUT, "licences", `${name.replace("/", "-")}.txt`));
  }
  return found;
}

async function checksums() {
  /** @type {Record<string, string>} */
  const sums = {};
  const files = await readdir(OUT, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  for (const path of paths.sort()) {
    const bytes = await readFile(path);
    sums[path.slice(OUT.length + 1)] = `sha256-${createHash("sha256").update(bytes).digest("hex")}`;
  }
  return sums;
}

await main();
