import type { OpenFile } from "../files/file-system.js";

/** A file's first bytes, as many as there are of so many. It is closed then. */
export function beginningOf(file: OpenFile, length: number): Uint8Array {
  try {
    return new Uint8Array(file.read(0, Math.min(length, file.size)));
  } finally {
    file.close();
  }
}
