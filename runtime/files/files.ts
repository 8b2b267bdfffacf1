import { appendFileSync, existsSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Files } from "./file-system.js";
import { lockFile } from "./lockFile.js";
import { makeFolder } from "./makeFolder.js";
import { openFile } from "./openFile.js";
import { reasonOf, writeWhole } from "./writeWhole.js";

/** Node's files. */
export const files: Files = {
  open: openFile,
  write: writeWhole,
  append(path, bytes) {
    makeFolder(dirname(path));
    appendFileSync(path, bytes);
  },
  exists: existsSync,
  lock: lockFile,
  remove: (path) => rmSync(path, { force: true }),
  reasonOf,
};
