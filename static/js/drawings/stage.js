/** The stage: the drawings that step a trace, on the page and in a file that stands alone. */
import { CaptionDrawing } from "./caption.js";
import { FinderDrawing } from "./finder.js";
import { GraphDrawing } from "./graph.js";
import { InspectorDrawing } from "./inspector.js";
import { PanelDrawing } from "./panel.js";
import { RemarksDrawing } from "./remarks.js";
import { SaidDrawing } from "./said.js";
import { TransportDrawing } from "./transport.js";

/** @param {import("../page.js").Page} page @returns {import("../page.js").Drawing[]} */
export function stage(page) {
  const graph = new GraphDrawing(page);
  return [
    new RemarksDrawing(page), // before the graph, which keeps clear of them
    graph,
    new FinderDrawing(page, (id) => graph.seek(id)),
    new TransportDrawing(page),
    new PanelDrawing(page),
    new CaptionDrawing(page),
    new InspectorDrawing(page),
    new SaidDrawing(page),
  ];
}
