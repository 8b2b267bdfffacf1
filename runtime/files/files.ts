import { createHash } from "node:crypto";
import { appendFileSync, existsSync, realpathSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Files } from "./file-system.js";
import { listFolder } from "./listFolder.js";
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
  list: listFolder,
  realPath: (path) => realpathSync(path),
  sha256(parts) {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest("hex");
  },
  lock: lockFile,
  remove: (path) => rmSync(path, { force: true }),
  reasonOf,
};
