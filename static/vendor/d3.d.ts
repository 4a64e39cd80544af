// Types of the packages that this module bundles, for the type checker.
export { select, selectAll, pointer } from "d3-selection";
export { transition } from "d3-transition";
export { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
export { easeCubicInOut, easeCubicOut } from "d3-ease";
export { interpolateNumber } from "d3-interpolate";
export { line, curveMonotoneX, curveMonotoneY } from "d3-shape";
