import { filesFor, refusedFile } from "../host/filesFor.js";

/** A file that is written to line by line, so that it can be read while training goes on. */
export function logFile(op: string, path: string, append: boolean) {
  let isNew = !append;
  return {
    /** Begins a run: a file of before is replaced by the first line, unless lines are added to it. */
    async begin() {
      await filesFor(op, path);
      isNew = !append;
    },
    /** Goes on with the file of a run that was killed. */
    resume() {
      isNew = false;
    },
    /** @param head stands before the first line */
    async write(line: string, head = "") {
      const files = await filesFor(op, path);
      try {
        if (isNew) files.remove(path);
        files.append(path, files.exists(path) ? line : head + line);
      } catch (error) {
        throw refusedFile(op, `${path} cannot be written: ${files.reasonOf(error)}`);
      }
      isNew = false;
    },
  };
}
