import { crc32 } from "../../files/crcOf.js";
import type { Fflate } from "./unpacked.js";

/** How parts of a zip file begin: a file's own bytes, its line of the directory, the directory's end, that end's longer form, and what points to it. */
const [ownBegin, lineBegin, endBegin, longEndBegin, pointerBegin] = [
  0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50,
];
/** How long they are without names and the like. */
const [ownLength, lineLength, endLength, pointerLength] = [30, 46, 22, 20];

export const changed = "its bytes are not those that were written (CRC-32)";

/**
 * The files in a zip file by their names, each checked: fflate's own `unzipSync` checks nothing.
 *
 * Source: APPNOTE.TXT of PKWARE, sections 4.3 and 4.5.
 *
 * @returns each file's bytes, or what is wrong with them
 * @throws where it is no zip file, with the reason
 */
export function unzipped(zip: Uint8Array, { inflateSync }: Fflate): ReadonlyMap<string, Uint8Array | string> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const u16 = (at: number) => view.getUint16(at, true);
  const u32 = (at: number) => view.getUint32(at, true);
  const text = (at: number, length: number) => new TextDecoder().decode(zip.subarray(at, at + length));
  const { count, begin, end } = directory(view);
  const files = new Map<string, Uint8Array | string>();
  let [at, found] = [begin, 0];
  for (; at + lineLength <= end && u32(at) === lineBegin; found++) {
    const [flags, method, crc, packed, size] = [u16(at + 8), u16(at + 10), u32(at + 16), u32(at + 20), u32(at + 24)];
    const [nameLength, own] = [u16(at + 28), u32(at + 42)];
    const name = text(at + lineLength, nameLength);
    at += lineLength + nameLength + u16(at + 30) + u16(at + 32);
    const read = (): Uint8Array | string => {
      if (files.has(name)) return "it is there twice";
      if (own + ownLength > begin || u32(own) !== ownBegin) return "its place in the file is none";
      if (text(own + ownLength, u16(own + 26)) !== name) return "it has another name in the file's directory";
      if ((flags & 1) === 1) return "it is encrypted";
      const first = own + ownLength + u16(own + 26) + u16(own + 28);
      const bytes = zip.subarray(first, first + packed);
      if (bytes.length !== packed || (method !== 0 && method !== 8))
        return `it is packed by method ${method}, or longer than the file`;
      const unpacked = method === 0 ? bytes : inflateSync(bytes, { out: new Uint8Array(size) });
      return unpacked.length === size && crc32(unpacked) === crc ? unpacked : changed;
    };
    files.set(name, attempted(read));
  }
  if (at !== end || found !== count) throw new Error("its directory is broken");
  return files;
}

/** How many files the directory has, and where it stands. */
function directory(view: DataView): { readonly count: number; readonly begin: number; readonly end: number } {
  const u32 = (at: number) => view.getUint32(at, true);
  let at = view.byteLength - endLength;
  // Behind it there may be a comment.
  while (at >= 0 && u32(at) !== endBegin) at -= 1;
  if (at < 0) throw new Error("it has no directory, or was cut off");
  const short = { count: view.getUint16(at + 10, true), length: u32(at + 12), begin: u32(at + 16) };
  const isLong = at >= pointerLength && u32(at - pointerLength) === pointerBegin;
  const { count, length, begin, end } = isLong ? longDirectory(view, at - pointerLength) : { ...short, end: at };
  if (begin + length !== end) throw new Error("its directory is not where it should be");
  return { count, begin, end };
}

/** The same of many or large files, by the place that is said at `pointer`. */
function longDirectory(view: DataView, pointer: number) {
  const u64 = (at: number) => Number(view.getBigUint64(at, true));
  const end = u64(pointer + 8);
  if (end > pointer - 56 || view.getUint32(end, true) !== longEndBegin) throw new Error("its directory is broken");
  return { count: u64(end + 32), length: u64(end + 40), begin: u64(end + 48), end };
}

function attempted(read: () => Uint8Array | string): Uint8Array | string {
  try {
    return read();
  } catch (error) {
    return (error as Error).message;
  }
}
