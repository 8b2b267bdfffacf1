import { elementCount, type NdArray } from "../../../src/ir/array.js";
import { type ElementType, elementTypes } from "../../weights/elementTypes.js";

/** What an npy file says of its array. */
export interface NpyHeader {
  readonly shape: readonly number[];
  /** Bytes before the numbers. */
  readonly begin: number;
  readonly element: ElementType;
  /** Whether its numbers have their most significant byte first. */
  readonly isBigEndian: boolean;
  /** Whether they are column by column. */
  readonly isFortran: boolean;
}

/** NumPy's types and safetensors' names of them. */
const types: Readonly<Record<string, string>> = {
  f4: "F32",
  f8: "F64",
  f2: "F16",
  i1: "I8",
  i2: "I16",
  i4: "I32",
  i8: "I64",
  u1: "U8",
  u2: "U16",
  b1: "BOOL",
};

/** More than any header of numbers takes. */
export const longestNpyHeader = 2 ** 16;

/**
 * Reads the header of an npy file.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @param bytes the file's beginning
 * @returns the header, or why it is none
 */
export function npyHeader(bytes: Uint8Array): NpyHeader | string {
  const magic = [0x93, ...new TextEncoder().encode("NUMPY")];
  if (bytes.length < 12 || !magic.every((byte, i) => bytes[i] === byte)) return "it is no npy file";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirst = bytes[6] === 1;
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  const begin = (isFirst ? 10 : 12) + length;
  if (begin > bytes.length) return "it ends within its header";
  const text = new TextDecoder().decode(bytes.subarray(begin - length, begin));
  const descr = /'descr':\s*'([<>|=])([^']+)'/.exec(text);
  const order = /'fortran_order':\s*(True|False)/.exec(text);
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text);
  if (!order || !shape) return "its header is broken";
  const element = descr ? elementTypes[types[descr[2]!] ?? ""] : undefined;
  if (!element) {
    const own = descr ? `type ${descr[1]! + descr[2]!}` : "several types";
    return `its numbers are of ${own}, which is not read; there are ${Object.keys(types).join(", ")}`;
  }
  return {
    shape: shape[1]!.split(",").flatMap((size) => (size.trim() === "" ? [] : [Number(size)])),
    begin,
    element,
    isBigEndian: descr![1] === ">",
    isFortran: order[1] === "True",
  };
}

/** Numbers as they stand in a file; `undefined` where one has no place in the dtype. */
export function npyNumbers({ element, isBigEndian }: NpyHeader, bytes: ArrayBuffer) {
  if (isBigEndian && element.size > 1) {
    const all = new Uint8Array(bytes);
    for (let at = 0; at < all.length; at += element.size) all.subarray(at, at + element.size).reverse();
  }
  return element.decode(bytes);
}

/** The array of an npy file, or what is wrong with it. */
export function npyArray(bytes: Uint8Array): NdArray | string {
  const header = npyHeader(bytes);
  return typeof header === "string" ? header : arrayBehind(header, bytes);
}

/** The array whose numbers stand behind a header, or what is wrong with them. */
export function arrayBehind(header: NpyHeader, bytes: Uint8Array): NdArray | string {
  const { shape, begin, element, isFortran } = header;
  const length = elementCount(shape) * element.size;
  const there = bytes.length - begin;
  if (there !== length) return `${there} bytes follow its header, but [${shape.join(", ")}] takes ${length}`;
  const data = npyNumbers(header, bytes.slice(begin).buffer);
  if (!data) return `it has numbers that ${element.dtype} does not hold`;
  return isFortran && shape.length > 1
    ? byRows(shape, { shape: [...shape].reverse(), dtype: element.dtype, data })
    : { shape: [...shape], dtype: element.dtype, data };
}

/** Transposes what stands column by column. */
function byRows(shape: readonly number[], { dtype, data }: NdArray): NdArray {
  const rows = data.slice();
  const strides = shape.map((_, axis) => elementCount(shape.slice(0, axis)));
  const place = shape.map(() => 0);
  for (let i = 0; i < rows.length; i++) {
    rows[i] = data[place.reduce((at, index, axis) => at + index * strides[axis]!, 0)]!;
    for (let axis = shape.length - 1; axis >= 0 && ++place[axis]! === shape[axis]; axis--) place[axis] = 0;
  }
  return { shape: [...shape], dtype, data: rows };
}
