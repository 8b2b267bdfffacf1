import type { OpenFile } from "../../files/file-system.js";
import { attempt, filesFor } from "../../host/filesFor.js";

/** Opens a file; what cannot be read is refused with its path and the system's reason. */
export async function openedFile(op: string, path: string): Promise<OpenFile> {
  const files = await filesFor(op, path);
  const reading = <T>(read: () => T): T => attempt(op, path, "read", files, read);
  const file = reading(() => files.open(path));
  return { ...file, read: (at, length) => reading(() => file.read(at, length)) };
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
