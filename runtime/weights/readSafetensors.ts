import type { NdArray } from "../../src/ir/array.js";
import type { OpenFile } from "../files/file-system.js";
import { elementTypes } from "./elementTypes.js";
import { type Header, longestHeader, parseHeader } from "./safetensors-header.js";

/** A safetensors file whose header has been read. */
export interface Safetensors extends Header {
  /** A tensor's numbers, or what is wrong with them. */
  read(name: string): NdArray | string;
}

/** The bytes before a header, which say how long it is. */
const prefix = 8;

/**
 * Reads the header of a safetensors file.
 *
 * Source: https://github.com/huggingface/safetensors, "Format".
 *
 * @returns the file, or why it is none
 */
export function readSafetensors(file: OpenFile): Safetensors | string {
  if (file.size < prefix) return `it is no safetensors file: it has ${file.size} bytes`;
  const length = Number(new DataView(file.read(0, prefix)).getBigUint64(0, true));
  if (length > longestHeader)
    return "it is no safetensors file, which saveModel and saveWeights write: its first 8 bytes are no length of a header";
  if (length > file.size - prefix)
    return `it ends too early: its header has ${length} bytes, ${file.size - prefix} are there`;
  const text = new TextDecoder().decode(file.read(prefix, length));
  const begin = prefix + length;
  const header = parseHeader(text, file.size - begin);
  if (typeof header === "string") return header;
  return {
    ...header,
    read(name) {
      const { type, shape, ...place } = header.entries.get(name)!;
      const kind = elementTypes[type];
      if (!kind)
        return `its numbers are of type ${type}, which is not read; there are ${Object.keys(elementTypes).join(", ")}`;
      const data = kind.decode(file.read(begin + place.begin, place.end - place.begin));
      return data ? { shape, dtype: kind.dtype, data } : `it has numbers that ${kind.dtype} does not hold`;
    },
  };
}
