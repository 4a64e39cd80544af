// Types of the packages that this module bundles, for the type checker.
export { instance } from "@viz-js/viz";
