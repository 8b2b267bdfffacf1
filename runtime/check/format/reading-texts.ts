import { readFileSync } from "node:fs";

/** What gives the text of a file, as it was checked: without the byte order mark, from behind which TypeScript counts places. */
export type ReadText = (file: string) => string;

/** Reads files from the disk, but for those whose texts are given. */
export function reading({ texts }: { readonly texts?: ReadonlyMap<string, string> }): ReadText {
  return (file) => texts?.get(file) ?? readFileSync(file, "utf8").replace(/^\uFEFF/, "");
}
