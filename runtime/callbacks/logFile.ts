import type { Files, OpenFile } from "../files/file-system.js";
import { attempt, filesFor } from "../host/filesFor.js";
import type { CallbackState } from "./callback.js";

/** A file that is written to line by line, so that it can be read while training goes on. */
export function logFile(op: string, path: string, append: boolean) {
  /** How many bytes of the file are this log's; the rest is replaced by the next line. */
  let length: number | undefined;
  return {
    /** Begins a run. */
    async begin() {
      length = append ? sizeOf(op, path, await filesFor(op, path)) : 0;
    },
    /** @param head stands before the first line */
    async write(line: string, head = "") {
      const files = await filesFor(op, path);
      const kept = length ?? 0;
      const text = new TextEncoder().encode(kept === 0 ? head + line : line);
      const isWhole = kept > 0 && kept === sizeOf(op, path, files);
      attempt(op, path, "written", files, () => {
        if (isWhole) files.append(path, text);
        else files.write(path, kept === 0 ? [text] : [beginningOf(files.open(path), kept), text]);
      });
      length = kept + text.length;
    },
    /** A line that was written after the backup of a run that was killed is written anew. */
    state: (): CallbackState => ({ values: { length: length ?? 0 } }),
    setState: ({ values }: CallbackState) => {
      length = values.length as number;
    },
  };
}

/** 0 where it is not there. */
function sizeOf(op: string, path: string, files: Files): number {
  if (!files.exists(path)) return 0;
  const file = attempt(op, path, "read", files, () => files.open(path));
  file.close();
  return file.size;
}

function beginningOf(file: OpenFile, length: number): Uint8Array {
  try {
    return new Uint8Array(file.read(0, Math.min(length, file.size)));
  } finally {
    file.close();
  }
}
