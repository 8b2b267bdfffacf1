import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ShapewrightError } from "../../src/ir/errors.js";
import { inWords } from "../../src/ir/inWords.js";
import { reasonOf, writeWhole } from "./writeWhole.js";

/**
 * Makes a folder a SavedModel, or replaces the one in it in one step.
 *
 * @throws SW_FILE when it is no folder or cannot be written, or when it holds anything besides one `saved_model.pb`:
 *   TensorFlow would take the `variables` of another model for this one's
 */
export function writeSavedModel(folder: string, savedModel: readonly Uint8Array[]): void {
  let problem: string | undefined;
  try {
    problem = problemWith(folder);
    if (problem === undefined) writeWhole(join(folder, "saved_model.pb"), savedModel);
  } catch (error) {
    problem = `${folder} cannot be written: ${reasonOf(error)}`;
  }
  if (problem === undefined) return;
  throw new ShapewrightError("SW_FILE", `exportSavedModel: ${problem}`, "exportSavedModel");
}

function problemWith(folder: string): string | undefined {
  if (typeof folder !== "string" || folder.trim() === "" || folder.includes("\0")) {
    return `${inWords(folder)} is not the path of a folder; write one, such as "models/digits/1"`;
  }
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isDirectory()) return `${folder} is a file; a SavedModel is a folder`;
  const other = readdirSync(folder)
    .sort()
    .find((name) => name !== "saved_model.pb" && !name.startsWith("."));
  return other && `${folder} holds ${other}, which is no part of this model; choose a folder of its own`;
}
