import type { NdArray } from "../../../src/ir/array.js";
import type { DType } from "../../../src/ir/dtype.js";
import { crc32 } from "../../files/crcOf.js";
import { refusedFile } from "../../host/filesFor.js";
import { elementTypes } from "../../weights/elementTypes.js";
import { arrayBehind } from "./npy.js";
import { bytesOf } from "./reading.js";
import { unpacked } from "./unpacked.js";
import { changed } from "./unzipped.js";

/** Numbers by their type's byte, most significant byte first. */
const types: Readonly<Record<number, string>> = { 8: "U8", 9: "I8", 11: "I16", 12: "I32", 13: "F32", 14: "F64" };

/**
 * Reads an array of MNIST's format, IDX, packed by gzip or not. Unpacking takes the package fflate.
 *
 * Source: http://yann.lecun.com/exdb/mnist, "The IDX file format".
 *
 * @throws SW_FILE when it cannot be read, is no such file, or ends early; or where the package is missing
 * @example
 * const images = await readIdx("data/train-images-idx3-ubyte.gz");
 */
export async function readIdx(path: string): Promise<NdArray<number[], DType>> {
  const op = "readIdx";
  const refuse = (fault: string) => refusedFile(op, `${path} cannot be read: ${fault}`);
  const read = await bytesOf(op, path);
  const isPacked = read[0] === 0x1f && read[1] === 0x8b;
  const bytes = isPacked ? await unpacked(op, ({ gunzipSync }) => gunzipSync(read), refuse) : read;
  if (isPacked && crc32(bytes) !== new DataView(read.buffer).getUint32(read.length - 8, true)) throw refuse(changed);
  const element = elementTypes[types[bytes[2] ?? 0] ?? ""];
  const axes = bytes[3] ?? 0;
  const begin = 4 + 4 * axes;
  if (bytes[0] !== 0 || bytes[1] !== 0 || !element || bytes.length < begin) throw refuse("it is no IDX file");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const array = arrayBehind({ shape, begin, element, isBigEndian: true, isFortran: false }, bytes);
  if (typeof array === "string") throw refuse(array);
  return array;
}
