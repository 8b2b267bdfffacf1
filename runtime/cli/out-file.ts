import { accessSync, constants, existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { CommandError } from "../files/command-error.js";
import { reasonOf, writeWhole } from "../files/writeWhole.js";

/**
 * Looks at where a page or the like is to be written, before it is made.
 *
 * @param example the name of a file that it could have
 * @throws CommandError where none can be
 */
export function checkOut(option: string, path: string, example: string): void {
  if (path.trim() === "")
    throw new CommandError(`${option}: "" is not the path of a file; write one, such as ${example}`);
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) {
    throw new CommandError(`there is no folder ${relative(process.cwd(), folder)} to write ${basename(path)} to`, 1);
  }
  const found = existsSync(path) ? statSync(path) : undefined;
  if (found?.isDirectory()) {
    throw new CommandError(`${path} is a folder; name a file, such as ${join(path, example)}`);
  }
  if (found && !found.isFile()) {
    throw new CommandError(`${path} is no file that can be replaced; name another, such as ${example}`);
  }
  checkWritable(path, folder);
}

function checkWritable(path: string, folder: string): void {
  try {
    accessSync(join(folder, "/"), constants.W_OK);
  } catch (error) {
    throw new CommandError(`${path} cannot be written: ${reasonOf(error)}`, 1);
  }
}

/** Writes it. */
export function writeOut(path: string, page: string): void {
  try {
    writeWhole(path, page);
  } catch (error) {
    throw new CommandError(`${path} cannot be written: ${reasonOf(error)}`, 1);
  }
}
