import { readFileSync } from "node:fs";
import { CommandError } from "../files/command-error.js";
import { reasonOf, writeWhole } from "../files/writeWhole.js";
import type { Mended } from "./mend.js";

/**
 * Writes the texts of mended files, each whole. One that begins with a byte order mark keeps it.
 *
 * @throws CommandError when one cannot be written, with what was written before
 */
export function writeMended({ texts }: Mended): void {
  const written: string[] = [];
  for (const [file, text] of texts) {
    try {
      const mark = readFileSync(file, "utf8").startsWith("\uFEFF") ? "\uFEFF" : "";
      writeWhole(file, mark + text);
    } catch (error) {
      const before = written.length > 0 ? `; written were ${written.join(", ")}` : "";
      throw new CommandError(`${file} cannot be written: ${reasonOf(error)}${before}`);
    }
    written.push(file);
  }
}
