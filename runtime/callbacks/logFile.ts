import type { Files } from "../files/file-system.js";
import { attempt, filesFor, refusedFile } from "../host/filesFor.js";
import { tellOnce } from "../host/tellOnce.js";
import { beginningOf } from "./beginningOf.js";
import type { CallbackState } from "./callback.js";

/**
 * A file that is written to line by line, so that it can be read while training goes on. What cannot be written is told once, and written
 * with the next line.
 */
export function logFile(op: string, path: string, append: boolean) {
  /** How many bytes of the file are this log's; the rest is replaced by the next line. */
  let length: number | undefined;
  /** Whether a line of this run stands, written whole: what is behind it then, another wrote, and is not replaced. */
  let isWritten = false;
  let unwritten = "";
  let [tell, tellOfOthers] = [tellOnce(), tellOnce("training goes on")];
  return {
    /**
     * Begins a run.
     *
     * @throws SW_FILE where the file cannot be written: before training, nothing is lost
     */
    async begin() {
      const files = await filesFor(op, path);
      attempt(op, path, "written", files, () => files.append(path, new Uint8Array()));
      length = append ? sizeOf(op, path, files) : 0;
      [isWritten, unwritten, tell, tellOfOthers] = [false, "", tellOnce(), tellOnce("training goes on")];
    },
    /** @param head stands before the first line */
    async write(line: string, head = "") {
      const files = await filesFor(op, path);
      unwritten += line;
      try {
        const size = sizeOf(op, path, files);
        const isShared = isWritten && size > length!;
        if (isShared)
          tellOfOthers(refusedFile(op, `${path} is written by another call, too; give each a log of its own`));
        // Whoever removed the file has one of the rest of the run.
        const kept = isShared ? size : Math.min(length ?? 0, size);
        const text = new TextEncoder().encode(kept === 0 ? head + unwritten : unwritten);
        attempt(op, path, "written", files, () => {
          if (kept > 0 && kept === size) files.append(path, text);
          else files.write(path, kept === 0 ? [text] : [beginningOf(files.open(path), kept), text]);
        });
        length = kept + text.length;
        [isWritten, unwritten] = [true, ""];
      } catch (error) {
        // A full disk takes a part of a line, which is replaced.
        isWritten = false;
        tell(error);
      }
    },
    /** Ends a run: what could not be written is tried once more. */
    async end(head = "") {
      if (unwritten !== "") await this.write("", head);
    },
    /** A line that was written after the backup of a run that was killed is written anew. */
    state: (): CallbackState => ({ values: { length: length ?? 0 } }),
    setState: ({ values }: CallbackState) => {
      [isWritten, length] = [false, values.length as number];
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
