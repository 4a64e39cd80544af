/** Makes a picture of a drawing: an SVG that looks the same in any viewer, with no style sheet. */

/** What a shape or a text looks like; whatever else a browser knows of it is of no matter. */
const SHAPE = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity"];
const TEXT = ["font-size", "font-weight", "text-anchor", "letter-spacing"];
/** What each is where nothing is said. */
const SILENT = new Map([
  ["stroke", "none"], ["stroke-dasharray", "none"], ["stroke-linejoin", "miter"], ["opacity", "1"],
  ["text-anchor", "start"], ["letter-spacing", "normal"], ["font-weight", "400"],
]);
const MARGIN = 20;
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{text: string, width: number, height: number}} Picture */
/** @typedef {{x: number, y: number, width: number, height: number}} Room */

/** Returns all of a drawing, whichever part of it is in sight.
 * @param {SVGSVGElement} svg which stands in a page @param {string} background
 * @param {Room} [room] what to show, if it is not just what is drawn @returns {Picture} */
export function pictureOf(svg, background, room) {
  const document = svg.ownerDocument;
  svg.classList.add("whole");
  const world = /** @type {SVGGElement} */ (svg.querySelector(".world"));
  const { x, y, width, height } = room ?? world.getBBox();
  const size = { width: Math.ceil(width) + 2 * MARGIN, height: Math.ceil(height) + 2 * MARGIN };
  const picture = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries(size)) picture.setAttribute(name, String(value));
  picture.setAttribute("xmlns", SVG);
  picture.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  const ground = document.createElementNS(SVG, "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", plain(background));
  const copy = copyOf(world);
  svg.classList.remove("whole");
  copy.setAttribute("transform", `translate(${MARGIN - x} ${MARGIN - y})`);
  picture.append(ground, copy);
  return { text: new XMLSerializer().serializeToString(picture), ...size };
}

/** @param {Element} original @returns {Element} with what the style sheet says of it written on it */
function copyOf(original) {
  const copy = /** @type {Element} */ (original.cloneNode(false));
  for (const { name } of [...copy.attributes]) {
    if (/^(class|style|role|tabindex|aria-.*|data-.*)$/.test(name)) copy.removeAttribute(name);
  }
  if (original.tagName !== "title") inline(original, copy);
  for (const child of original.childNodes) {
    if (child instanceof Element) {
      if (isSeen(child)) copy.append(copyOf(child));
    } else copy.append(child.cloneNode());
  }
  return copy;
}

/** @param {Element} element @returns {boolean} */
function isSeen(element) {
  if (element.matches(".travels")) return false; // what is on its way belongs to no moment
  return element.tagName === "title" || getComputedStyle(element).display !== "none";
}

/** @param {Element} original @param {Element} copy */
function inline(original, copy) {
  const style = getComputedStyle(original);
  const isText = original.tagName === "text";
  const isGroup = original.tagName === "g";
  for (const name of isGroup ? ["opacity"] : isText ? [...SHAPE, ...TEXT] : SHAPE) {
    const value = plain(style.getPropertyValue(name));
    if (value === SILENT.get(name)) copy.removeAttribute(name);
    else copy.setAttribute(name, value);
  }
  if (isText) {
    const mono = /mono/i.test(style.fontFamily);
    copy.setAttribute("font-family", mono ? "monospace" : "sans-serif");
  }
}

/** @param {string} value @returns {string} a colour as every viewer knows it */
function plain(value) {
  const match = value.match(/^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)/);
  if (!match) return value;
  return `rgb(${match.slice(1).map((part) => Math.round(255 * Number(part))).join(", ")})`;
}
