import { elementCount, isArrayRecord, type NdArray } from "../../../src/ir/array.js";
import { showName } from "../../../src/ir/checkName.js";
import { ShapewrightError } from "../../../src/ir/errors.js";
import { inWords } from "../../../src/ir/inWords.js";
import { aRecord } from "../../../src/ir/options.js";
import { isTypedArray } from "../../../src/ir/typed-arrays.js";
import { show } from "../../../src/types/show.js";
import { optional } from "../../host/optional.js";

/** An image: its channels are one of grey, two of grey and its opacity, three of red, green and blue, or four of these and their opacity. */
type Image = NdArray<[height: number, width: number, channels: number], "float32" | "uint8">;
/** Several of them. */
type ImageBatch = NdArray<[count: number, height: number, width: number, channels: number], "float32" | "uint8">;

/** Images by their names. */
export type Images = Readonly<Record<string, Image | ImageBatch>>;

/** An image as an event file holds it. */
export interface Png {
  readonly height: number;
  readonly width: number;
  /** How many channels there are. */
  readonly colorspace: number;
  readonly encodedImageString: Uint8Array;
}

/** What makes a PNG. */
export type PngEncoder = (image: {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}) => Uint8Array;

/** How many of several images are written. */
const most = 10;

/** @throws SW_FILE where the package that makes PNGs is not there */
export async function pngEncoder(op: string): Promise<PngEncoder> {
  return (await optional<{ readonly encode: PngEncoder }>(op, "fast-png", "makes images")).encode;
}

/**
 * Images by their names; several of one name by their numbers, as in `digits/0`.
 *
 * @throws SW_DATA for what is no image
 */
export function pngsOf(op: string, images: Images, encode: PngEncoder): Map<string, Png> {
  if (!aRecord.accepts(images))
    throw refused(op, `the function gave ${inWords(images)}, but must give images by their names`);
  return new Map(Object.entries(images).flatMap(([name, given]) => named(op, name, given, encode)));
}

function named(op: string, name: string, given: Image | ImageBatch, encode: PngEncoder): [string, Png][] {
  const { shape, dtype, data } = checked(op, name, given);
  const [height, width, colorspace] = shape.slice(-3) as [number, number, number];
  const size = elementCount([height, width, colorspace]);
  const png = (i: number): Png => {
    const bytes = bytesOf(data.subarray(i * size, (i + 1) * size), dtype);
    return {
      height,
      width,
      colorspace,
      encodedImageString: encode({ width, height, channels: colorspace, data: bytes }),
    };
  };
  if (shape.length === 3) return [[name, png(0)]];
  return Array.from({ length: Math.min(most, shape[0]!) }, (_, i) => [`${name}/${i}`, png(i)]);
}

/** @throws SW_DATA where it is no array of one image or of several */
function checked(op: string, name: string, given: unknown): Image | ImageBatch {
  const refuse = (is: string) =>
    refused(
      op,
      `images: ${showName(name)} is ${is}, but must be [height, width, channels] or [count, height, width, channels] of float32 from 0 to 1, or of uint8`,
    );
  if (!isArrayRecord(given) || !isTypedArray(given.data) || !Array.isArray(given.shape)) throw refuse(inWords(given));
  const { shape, dtype, data } = given;
  const [height = 0, width = 0, channels = 0] = (shape as readonly number[]).slice(-3);
  const isImage =
    (shape.length === 3 || shape.length === 4) && height > 0 && width > 0 && channels > 0 && channels <= 4;
  if (!isImage || !["float32", "uint8"].includes(dtype) || data.length !== elementCount(shape))
    throw refuse(`${dtype}${show(shape)}`);
  return given;
}

/** What lies beyond 0 and 1 is taken for the nearest, and 1 is 255, as `tf.image.convert_image_dtype` has it. */
function bytesOf(data: Float32Array | Uint8Array, dtype: "float32" | "uint8"): Uint8Array {
  return dtype === "uint8"
    ? Uint8Array.from(data)
    : Uint8Array.from(data, (value) => Math.min(Math.max(value, 0), 1) * 255.5);
}

function refused(op: string, fault: string): ShapewrightError {
  return new ShapewrightError("SW_DATA", `${op}: ${fault}`, op);
}
