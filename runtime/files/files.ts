import type { Files } from "./file-system.js";
import { openFile } from "./openFile.js";
import { reasonOf, writeWhole } from "./writeWhole.js";

/** Node's files. */
export const files: Files = { open: openFile, write: writeWhole, reasonOf };
