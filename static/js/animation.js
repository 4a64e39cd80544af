/** Animation: both passes as an animated GIF, one frame a step. */

/** How long a frame is shown, in milliseconds, and the first and the last. */
const FRAME = 700;
const REST = 1_800;
/** More frames than these nobody watches to the end. */
const MOST = 120;
/** Colours of one frame, and its widest side, in pixels. */
const COLOURS = 128;
const WIDEST = 1_100;

/** Returns which steps become frames: all of them, or so many that are evenly far apart.
 * @param {number} last @param {number} [most] @returns {number[]} from 0 to the last */
export function frameSteps(last, most = MOST) {
  const count = Math.min(last + 1, most);
  if (count === 1) return [0];
  return Array.from({ length: count }, (_, index) => Math.round((index * last) / (count - 1)));
}

/** Returns the scale at which a picture is drawn.
 * @param {{width: number, height: number}} picture @returns {number} */
export function frameScale({ width, height }) {
  return Math.min(1, WIDEST / Math.max(width, height));
}

/** Returns the bytes of a GIF that begins anew at its end.
 * @param {number[]} steps @param {(step: number) => Promise<ImageData>} draw
 * @param {(done: number, all: number) => void} tell how far it is @returns {Promise<Blob>} */
export async function gifOf(steps, draw, tell) {
  const { GIFEncoder, quantize, applyPalette } = await import("../vendor/gifenc.js");
  const gif = GIFEncoder();
  for (const [index, step] of steps.entries()) {
    tell(index, steps.length);
    const { data, width, height } = await draw(step);
    const palette = quantize(data, COLOURS);
    const rests = index === 0 || index === steps.length - 1;
    gif.writeFrame(applyPalette(data, palette), width, height, {
      palette,
      delay: rests ? REST : FRAME,
    });
  }
  gif.finish();
  return new Blob([gif.bytes()], { type: "image/gif" });
}
