/** Turns pictures into pixels. */

/** @typedef {import("./picture.js").Picture} Picture */

/** Returns a canvas with a picture on it.
 * @param {Document} document @param {Picture} picture @param {number} scale
 * @returns {Promise<HTMLCanvasElement>} */
export async function rasterOf(document, picture, scale) {
  const image = document.createElement("img");
  const address = URL.createObjectURL(new Blob([picture.text], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    pen(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export function pngOf(canvas) {
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("too large for a PNG"))));
  });
}

/** Writes a line into the lower left corner.
 * @param {HTMLCanvasElement} canvas @param {string} text @param {string} colour */
export function caption(canvas, text, colour) {
  const context = pen(canvas);
  context.font = "600 15px sans-serif";
  context.fillStyle = colour;
  context.fillText(text, 14, canvas.height - 12);
}

/** @param {HTMLCanvasElement} canvas @returns {ImageData} */
export function pixelsOf(canvas) {
  return pen(canvas).getImageData(0, 0, canvas.width, canvas.height);
}

/** @param {HTMLCanvasElement} canvas */
function pen(canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("missing: a canvas to draw on");
  return context;
}
