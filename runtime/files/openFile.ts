import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { OpenFile } from "./file-system.js";

/** Node reads less than 2 GiB in one call. */
const most = 2 ** 30;

/** Opens a file that is read in parts, whatever its size. */
export function openFile(path: string): OpenFile {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    return { size, read: (at, length) => read(descriptor, at, length), close: () => closeSync(descriptor) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function read(descriptor: number, at: number, length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const count = readSync(descriptor, bytes, done, Math.min(most, length - done), at + done);
    if (count === 0) throw new Error("it became shorter while it was read");
    done += count;
  }
  return bytes.buffer;
}
