import { filesFor, refusedFile } from "../host/filesFor.js";

/** A file that is written to line by line, so that it can be read while training goes on. */
export function logFile(op: string, path: string, append: boolean) {
  let isEmpty = true;
  return {
    /** Whether nothing has been written to it. */
    get isEmpty() {
      return isEmpty;
    },
    async begin() {
      const files = await filesFor(op, path);
      if (!append) files.remove(path);
      isEmpty = !files.exists(path);
    },
    async write(text: string) {
      const files = await filesFor(op, path);
      try {
        files.append(path, text);
      } catch (error) {
        throw refusedFile(op, `${path} cannot be written: ${files.reasonOf(error)}`);
      }
      isEmpty = false;
    },
  };
}
