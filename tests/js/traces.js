/** Traces that the tests of the page share; `record.py` had the server answer them. */
import { readFileSync } from "node:fs";

/** @param {string} name */
export const trace = (name) =>
  JSON.parse(readFileSync(new URL(`./traces/${name}.json`, import.meta.url), "utf8"));

export const operations = new Map(
  trace("operations").operations.map((/** @type {{name: string}} */ row) => [row.name, row]),
);

export const t = (/** @type {string} */ key, values = {}) => `${key} ${JSON.stringify(values)}`;
