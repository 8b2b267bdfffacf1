import type { OpenFile } from "../../files/file-system.js";

/** A message of Arrow's format for files and streams: what the columns are, entries of dictionaries, or rows. */
export interface ArrowMessage {
  readonly kind: "schema" | "dictionary" | "rows";
  /** The whole of it, its length in front. */
  readonly bytes: Uint8Array;
  /** Of a dictionary's entries: which it is of, and whether they go behind those before, or in their place. */
  readonly dictionary?: { readonly id: bigint; readonly isDelta: boolean };
}

const kinds: Readonly<Record<number, ArrowMessage["kind"]>> = { 1: "schema", 2: "dictionary", 3: "rows" };
const mark = "ARROW1";

/**
 * The messages of an Arrow file or stream, one after the other: a file is a stream between marks, with an index behind it.
 *
 * Source: https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
 *
 * @throws Error that says what is wrong with the file
 */
export async function* arrowMessages(file: OpenFile): AsyncGenerator<ArrowMessage, void, undefined> {
  const read = async (at: number, length: number) => {
    if (!(length >= 0 && at + length <= file.size)) throw new Error(isBroken);
    const bytes = new Uint8Array(length);
    if (length > 0) await file.fill(bytes, at);
    return bytes;
  };
  const text = async (at: number) => new TextDecoder("latin1").decode(await read(at, mark.length));
  const isFile = file.size > 8 && (await text(0)) === mark;
  if (isFile && (await text(file.size - mark.length)) !== mark) throw new Error("it ends early");
  for (let at = isFile ? 8 : 0, isFirst = true; at < file.size; isFirst = false) {
    const first = isFirst && !isFile;
    if (first && file.size < 8) break;
    const begin = numbersOf(await read(at, Math.min(8, file.size - at)));
    const isLong = begin.getInt32(0, true) === -1;
    const length = begin.getInt32(isLong ? 4 : 0, true);
    if (length === 0) return;
    const body = at + (isLong ? 8 : 4);
    if (first && !(length > 0 && body + length <= file.size)) throw new Error(noArrow);
    const metadata = numbersOf(await read(body, length));
    const kind = kinds[fieldOf(metadata, 1, (place) => metadata.getUint8(place)) ?? 0];
    if (first && kind !== "schema") throw new Error(noArrow);
    if (!kind) throw new Error("it has tensors, and no rows");
    const bodyLength = fieldOf(metadata, 3, (place) => Number(metadata.getBigInt64(place, true))) ?? 0;
    if (bodyLength < 0) throw new Error(isBroken);
    const end = body + length + bodyLength;
    const bytes = await read(at, end - at);
    yield { kind, bytes, ...(kind === "dictionary" && { dictionary: dictionaryOf(metadata) }) };
    at = end;
  }
  if (file.size < 8) throw new Error(noArrow);
}

const noArrow = "it is no Arrow file";
const isBroken = "it ends early, or is broken";

function numbersOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function dictionaryOf(metadata: DataView): { id: bigint; isDelta: boolean } {
  const header = fieldOf(metadata, 2, (place) => place + metadata.getUint32(place, true));
  const id = fieldOf(metadata, 0, (place) => metadata.getBigInt64(place, true), header) ?? 0n;
  return { id, isDelta: fieldOf(metadata, 2, (place) => metadata.getUint8(place) !== 0, header) ?? false };
}

/** A field of a record that FlatBuffers has written, by its number; nothing where it has been left out. */
function fieldOf<T>(
  bytes: DataView,
  number: number,
  read: (place: number) => T,
  table = bytes.getUint32(0, true),
): T | undefined {
  const places = table - bytes.getInt32(table, true);
  const entry = 4 + 2 * number;
  if (entry >= bytes.getUint16(places, true)) return undefined;
  const place = bytes.getUint16(places + entry, true);
  return place === 0 ? undefined : read(table + place);
}
