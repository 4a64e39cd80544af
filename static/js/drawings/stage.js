/** The stage: the drawings that step a trace, on the page and in a file that stands alone. */
import { GraphDrawing } from "./graph.js";
import { InspectorDrawing } from "./inspector.js";
import { PanelDrawing } from "./panel.js";
import { TransportDrawing } from "./transport.js";

/** @param {import("../page.js").Page} page @returns {import("../page.js").Drawing[]} */
export function stage(page) {
  return [
    new GraphDrawing(page),
    new TransportDrawing(page),
    new PanelDrawing(page),
    new InspectorDrawing(page),
  ];
}
