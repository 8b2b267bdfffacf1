import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { CommandError } from "../files/command-error.js";
import { reasonOf, writeWhole } from "../files/writeWhole.js";
import type { Mended } from "./mend.js";

/**
 * Writes the texts of mended files, each whole. One that begins with a byte order mark keeps it.
 *
 * @throws CommandError when one is not UTF-8, or no longer has the text that was checked: then none is written; and when one cannot be
 *   written, with what was written before
 */
export function writeMended({ texts, former }: Pick<Mended, "texts" | "former">): void {
  const marks = new Map([...texts.keys()].map((file) => [file, markOf(file, former.get(file)!)]));
  const written: string[] = [];
  for (const [file, text] of texts) {
    try {
      writeWhole(file, marks.get(file)! + text);
    } catch (error) {
      const before = written.length > 0 ? `; written were ${written.join(", ")}` : "";
      throw new CommandError(`${file} cannot be written: ${reasonOf(error)}${before}`);
    }
    written.push(file);
  }
}

/** The byte order mark of a file, or nothing, if the file can be replaced without losing anything. */
function markOf(file: string, former: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${reasonOf(error)}; nothing was written`);
  }
  if (!isUtf8(bytes)) throw new CommandError(`${file} is not UTF-8: save it as UTF-8 first; nothing was written`);
  const text = bytes.toString();
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  if (text !== mark + former)
    throw new CommandError(`${file} was changed while it was checked: run it again; nothing was written`);
  return mark;
}
