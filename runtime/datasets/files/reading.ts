import { ShapewrightError } from "../../../src/ir/errors.js";
import type { OpenFile } from "../../files/file-system.js";
import { attempt, attemptLater, filesFor, refusedFile } from "../../host/filesFor.js";

/** Opens a file; what cannot be read is refused with its path and the system's reason. */
export async function openedFile(op: string, path: string): Promise<OpenFile> {
  const files = await filesFor(op, path);
  const reading = <T>(read: () => T): T => attempt(op, path, "read", files, read);
  const file = reading(() => files.open(path));
  return {
    ...file,
    read: (at, length) => reading(() => file.read(at, length)),
    fill: (memory, at) => attemptLater(op, path, "read", files, () => file.fill(memory, at)),
  };
}

/** What a library makes of a file; what it throws is refused with the file's path. */
export async function understood<T>(op: string, path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ShapewrightError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw Object.assign(refusedFile(op, `${path} cannot be read: ${reason}`), { cause: error });
  }
}

/** All bytes of a file. */
export async function bytesOf(op: string, path: string): Promise<Uint8Array> {
  const file = await openedFile(op, path);
  try {
    return new Uint8Array(file.read(0, file.size));
  } finally {
    file.close();
  }
}

/** All bytes of a file, read beside what the program does meanwhile. */
export async function bytesLater(op: string, path: string): Promise<Uint8Array> {
  const file = await openedFile(op, path);
  try {
    const bytes = new Uint8Array(file.size);
    await file.fill(bytes, 0);
    return bytes;
  } finally {
    file.close();
  }
}

/** How many bytes are read at a time. */
const part = 2 ** 20;

/** A file's bytes, part by part. It is closed where they end, or are no longer asked for. */
export async function* partsOf(op: string, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openedFile(op, path);
  try {
    for (let at = 0; at < file.size; at += part) yield new Uint8Array(file.read(at, Math.min(part, file.size - at)));
  } finally {
    file.close();
  }
}

/**
 * A file's bytes from `begin` up to `end`, part by part: while one is used, the next is read. A part is lent: once the next has been asked for,
 * others come to stand in its memory.
 */
export async function* partsAhead(
  file: OpenFile,
  begin: number,
  end: number,
  length: number,
): AsyncGenerator<ArrayBuffer, void, undefined> {
  const read = (at: number, memory: ArrayBuffer | undefined) => {
    const wanted = Math.min(length, end - at);
    const bytes = memory?.byteLength === wanted ? memory : new ArrayBuffer(wanted);
    const reading = file.fill(new Uint8Array(bytes), at).then(() => bytes);
    // An error is thrown when its part's turn comes.
    reading.catch(() => {});
    return reading;
  };
  let ahead = begin < end ? read(begin, undefined) : undefined;
  let used: ArrayBuffer | undefined;
  try {
    for (let at = begin + length; ahead; at += length) {
      const bytes: ArrayBuffer = await ahead;
      ahead = at < end ? read(at, used) : undefined;
      used = bytes;
      yield bytes;
    }
  } finally {
    // What is being read into is not closed meanwhile.
    await ahead?.catch(() => {});
  }
}
