// Types of the packages that this module bundles, for the type checker.
export { GIFEncoder, quantize, applyPalette } from "gifenc";
