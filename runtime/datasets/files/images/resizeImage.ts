import { oneOf } from "../../../../src/ir/options.js";

/** An image's pixels, row by row. */
export interface Image {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
}

/** How an image becomes one of another size. */
export interface Resizing {
  readonly height: number;
  readonly width: number;
  readonly interpolation: "bilinear" | "nearest";
  /** What of an image of another form is left out or added: whole, it is stretched. */
  readonly keeps: "whole" | "crop" | "pad";
}

export const interpolations = oneOf(["bilinear", "nearest"]);

/**
 * An image of another size, as TensorFlow's `resize` computes it: pixels are squares, and nothing is smoothed where it becomes smaller. Values are
 * rounded to whole ones. An image of that size stays as it is.
 *
 * Source: https://www.tensorflow.org/api_docs/python/tf/image/resize; for `crop`, Keras's `smart_resize`, and for `pad`, TensorFlow's
 * `resize_with_pad`.
 */
export function resizeImage(image: Image, { height, width, interpolation, keeps }: Resizing): Uint8Array {
  if (image.height === height && image.width === width) return image.pixels;
  const from = keeps === "crop" ? cropped(image, height, width) : { top: 0, left: 0, ...image };
  const to = keeps === "pad" ? padded(image, height, width) : { top: 0, left: 0, height, width };
  const places = interpolation === "nearest" ? nearest : between;
  const rows = places(from.height, to.height);
  const columns = places(from.width, to.width);
  const { channels, pixels } = image;
  const made = new Uint8Array(height * width * channels);
  const line = image.width * channels;
  for (let y = 0; y < to.height; y++) {
    const upper = (from.top + rows.low[y]!) * line;
    const lower = (from.top + rows.high[y]!) * line;
    const down = rows.part[y]!;
    let at = ((to.top + y) * width + to.left) * channels;
    for (let x = 0; x < to.width; x++) {
      const left = (from.left + columns.low[x]!) * channels;
      const right = (from.left + columns.high[x]!) * channels;
      const along = columns.part[x]!;
      for (let channel = 0; channel < channels; channel++) {
        const [a, b] = [pixels[upper + left + channel]!, pixels[upper + right + channel]!];
        const [c, d] = [pixels[lower + left + channel]!, pixels[lower + right + channel]!];
        const top = a + (b - a) * along;
        const bottom = c + (d - c) * along;
        // Never below 0, so that this rounds.
        made[at++] = top + (bottom - top) * down + 0.5;
      }
    }
  }
  return made;
}

/** Between which two pixels of a row each new one lies, and how far from the first. */
interface Places {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly part: Float32Array;
}

function between(from: number, to: number): Places {
  const places = { low: new Int32Array(to), high: new Int32Array(to), part: new Float32Array(to) };
  // In float32, as there.
  const scale = Math.fround(from / to);
  for (let i = 0; i < to; i++) {
    const at = Math.fround(Math.fround((i + 0.5) * scale) - 0.5);
    const low = Math.floor(at);
    places.low[i] = Math.max(0, low);
    places.high[i] = Math.min(from - 1, Math.ceil(at));
    places.part[i] = at - low;
  }
  return places;
}

function nearest(from: number, to: number): Places {
  const scale = Math.fround(from / to);
  const low = Int32Array.from({ length: to }, (_, i) => Math.min(from - 1, Math.floor((i + 0.5) * scale)));
  return { low, high: low, part: new Float32Array(to) };
}

/** The largest part of an image, from its middle, that has the form of another. */
function cropped(image: Image, height: number, width: number) {
  const h = Math.max(1, Math.min(image.height, Math.floor((image.width * height) / width)));
  const w = Math.max(1, Math.min(image.width, Math.floor((image.height * width) / height)));
  return { top: Math.floor((image.height - h) / 2), left: Math.floor((image.width - w) / 2), height: h, width: w };
}

/** Where the whole of an image stands in another of its form. */
function padded(image: Image, height: number, width: number) {
  const ratio = Math.max(image.height / height, image.width / width);
  const [h, w] = [image.height / ratio, image.width / ratio];
  return {
    top: Math.floor((height - h) / 2),
    left: Math.floor((width - w) / 2),
    height: Math.max(1, Math.floor(h)),
    width: Math.max(1, Math.floor(w)),
  };
}
