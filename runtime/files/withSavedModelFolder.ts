import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ShapewrightError } from "../../src/ir/errors.js";
import { reasonOf } from "./writeWhole.js";

/**
 * Writes a SavedModel to a folder for as long as a call takes: TensorFlow loads one from a folder alone, and has read it whole when
 * the call returns.
 *
 * @throws SW_FILE when there is nowhere to write it to
 */
export function withSavedModelFolder<R>(savedModel: Uint8Array, use: (folder: string) => R): R {
  let folder: string | undefined;
  try {
    folder = onDisk(() => mkdtempSync(join(tmpdir(), "shapewright-")));
    const file = join(folder, "saved_model.pb");
    onDisk(() => writeFileSync(file, savedModel));
    return use(folder);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function onDisk<R>(write: () => R): R {
  try {
    return write();
  } catch (error) {
    const message =
      `open: TensorFlow loads a model from a folder, and the one for temporary files, ${tmpdir()}, cannot be written: ` +
      `${reasonOf(error)}; set TMPDIR to another`;
    throw new ShapewrightError("SW_FILE", message, "open");
  }
}
