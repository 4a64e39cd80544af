/** Runs Graphviz off the main thread: takes DOT, answers its geometry. */
import { instance } from "../vendor/viz.js";

const graphviz = instance();

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ json: (await graphviz).renderJSON(data) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
