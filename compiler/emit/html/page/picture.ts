import { byId, svg } from "./elements.js";
import type { Scene } from "./scene.js";

/** What a picture needs of each element's style: a file of its own has no style sheet, and other programs know no `light-dark`. */
const styles = [
  ..."fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin paint-order".split(
    " ",
  ),
  ..."font-family font-size font-weight text-anchor".split(" "),
];

/** All of the drawing as an SVG file, in the colours that the page has. */
export function svgPicture({ width, height }: Scene): string {
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const picture = svg("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
  picture.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const drawing = byId<SVGSVGElement>("drawing");
  const content = byId<SVGGElement>("content");
  const background = getComputedStyle(document.body).backgroundColor;
  picture.append(
    styledCopy(drawing.querySelector("defs")!),
    svg("rect", { ...size, fill: background }),
    styledCopy(content),
  );
  picture.lastElementChild!.removeAttribute("transform");
  return new XMLSerializer().serializeToString(picture);
}

/** A copy that looks the same without the page's style sheet, and without what is for readers of the page alone. */
function styledCopy(element: Element): Element {
  const copy = element.cloneNode(true) as Element;
  const [originals, copies] = [element, copy].map((one) => [one, ...one.querySelectorAll("*")]);
  for (const [i, one] of copies!.entries()) {
    const style = getComputedStyle(originals![i]!);
    for (const name of styles) {
      const value = style.getPropertyValue(name);
      if (value !== "" && value !== "none" && value !== "normal") one.setAttribute(name, value);
      else if (name === "fill" || name === "stroke") one.setAttribute(name, "none");
    }
    for (const { name } of [...one.attributes]) {
      if (/^(class|role|tabindex|style|aria-|data-)/.test(name)) one.removeAttribute(name);
    }
  }
  return copy;
}

/** The most pixels along a side that browsers draw. */
const mostPixels = 8192;

/** The same as a PNG file, at twice the size where that can be drawn. */
export async function pngPicture(scene: Scene): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svgPicture(scene))}`;
  await image.decode();
  const scale = Math.min(2, mostPixels / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(image.width * scale);
  canvas.height = Math.ceil(image.height * scale);
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large for a PNG; take SVG"))),
      "image/png",
    );
  });
}
