import type { OpenFile } from "../files/file-system.js";

/** The digest of bytes, in parts, as text. */
export type Digest = (parts: Iterable<Uint8Array>) => string;

/** What the metadata of a file begin with: a digest of all of its bytes, of which its own digits count as zeros. */
export const unsealed = { sha256: "0".repeat(64) };

/** Where the digits stand: behind the length of the header, and what a file of ours begins with. */
const place = 8 + '{"__metadata__":{"sha256":"'.length;

const digits = (text: string) => new TextEncoder().encode(text);

/** Writes the digest of a file into its parts, of which the first is the header. */
export function seal(parts: readonly Uint8Array[], digest: Digest): void {
  parts[0]!.set(digits(digest(parts)), place);
}

/** Whether a text is another but for one character, which a flipped bit changes. */
export function isAlmost(text: string, other: string): boolean {
  return text.length === other.length && [...text].filter((character, i) => character !== other[i]).length <= 1;
}

/** Whether a digest stands under another name, which a flipped bit has made of its own. */
export function isMisnamed(metadata: Readonly<Record<string, string>>): boolean {
  return metadata.sha256 === undefined && Object.keys(metadata).some((name) => isAlmost(name, "sha256"));
}

/** How many bytes are read at a time. */
const part = 2 ** 20;

/** Whether a file still has the bytes that it was written with. What says nothing of them is not looked at. */
export function isWhole(file: OpenFile, written: string | undefined, digest: Digest): boolean {
  if (written === undefined) return true;
  return digest(unsealedParts(file)) === written;
}

function* unsealedParts(file: OpenFile): Generator<Uint8Array> {
  for (let at = 0; at < file.size; at += part) {
    const bytes = new Uint8Array(file.read(at, Math.min(part, file.size - at)));
    if (at === 0) bytes.set(digits(unsealed.sha256).subarray(0, Math.max(bytes.length - place, 0)), place);
    yield bytes;
  }
}
