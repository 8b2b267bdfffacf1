import { closeSync, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import type { OpenFile } from "./file-system.js";

/** Node reads less than 2 GiB in one call. */
const most = 2 ** 30;

/** Opens a file that is read in parts, whatever its size. */
export function openFile(path: string): OpenFile {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    return {
      size,
      read: (at, length) => readNow(descriptor, at, length),
      fill: (memory, at) => fill(descriptor, memory, at),
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function readNow(descriptor: number, at: number, length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const count = readSync(descriptor, bytes, done, Math.min(most, length - done), at + done);
    if (count === 0) throw becameShorter();
    done += count;
  }
  return bytes.buffer;
}

const reading = promisify(read);

async function fill(descriptor: number, memory: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < memory.length; ) {
    const length = Math.min(most, memory.length - done);
    const { bytesRead } = await reading(descriptor, memory, done, length, at + done);
    if (bytesRead === 0) throw becameShorter();
    done += bytesRead;
  }
}

const becameShorter = () => new Error("it became shorter while it was read");
