import { closeSync, lstatSync, openSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../../files/command-error.js";
import { makeFolder } from "../../files/makeFolder.js";
import { reasonOf } from "../../files/writeWhole.js";

/**
 * Writes files into a folder, which is made where there is none. All of them or none.
 *
 * @throws CommandError when one is there already, and when one cannot be written
 */
export function writeProject(folder: string, files: ReadonlyMap<string, string>): void {
  const present = [...files.keys()].filter((path) => isThere(join(folder, path)));
  if (present.length > 0) {
    const them = present.length === 1 ? "it" : "them";
    throw new CommandError(
      `${folder} has ${present.join(", ")} already. Nothing was written: move ${them} away, or name another folder`,
      1,
    );
  }
  const made: string[] = [];
  try {
    for (const [path, text] of files) {
      const target = join(folder, path);
      // The outermost folder that is new: taking it away takes all in it.
      const newFolder = makeFolder(dirname(target));
      if (newFolder !== undefined) made.push(newFolder);
      // Where someone else's file has come meanwhile, this fails, and that file stays.
      const file = openSync(target, "wx");
      made.push(target);
      try {
        writeFileSync(file, text);
      } finally {
        closeSync(file);
      }
    }
  } catch (error) {
    for (const path of made.reverse()) rmSync(path, { recursive: true, force: true });
    throw new CommandError(`${folder} cannot be written to: ${reasonOf(error)}`, 1);
  }
}

/** Whether there is anything of that path, be it a link that leads nowhere. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
