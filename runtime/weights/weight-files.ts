import type { NdArray } from "../../src/ir/array.js";
import { inWords } from "../../src/ir/inWords.js";
import { attempt, filesFor, insteadOfForeign, refusedFile } from "../host/filesFor.js";
import { isAlmost, isMisnamed, isWhole, seal, unsealed } from "./checksum.js";
import { readSafetensors, type Safetensors } from "./readSafetensors.js";
import { writeSafetensors } from "./writeSafetensors.js";

/**
 * What a file holds: the model's weights alone, all that training goes on with, that with what `fit` itself remembers, or the model with its
 * program.
 */
export type Kind = "weights" | "checkpoint" | "backup" | "model";

/** What is written. */
export interface Content {
  readonly kind: Kind;
  /** Variables, by their names. */
  readonly tensors: ReadonlyMap<string, NdArray>;
  readonly epochs: number;
  /** What else training goes on with, as JSON has it. */
  readonly kept?: unknown;
  /** Tensors of that. */
  readonly remembered?: ReadonlyMap<string, NdArray>;
  /** What else the file says of itself. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** What the names of tensors begin with that callbacks remember. */
export const rememberedPrefix = "callbacks/";
/** What the names of tensors begin with that are constants of a model's program. */
export const constantsPrefix = "constants/";

/** Whether a tensor of a file is not one of the variables, but kept beside them. */
export function isBeside(name: string, variables: ReadonlyMap<string, unknown>): boolean {
  return [rememberedPrefix, constantsPrefix].some((prefix) => name.startsWith(prefix)) && !variables.has(name);
}

const damaged =
  "is damaged: its bytes are not those that were written; take another copy, or write it anew " +
  "(who changes such a file on purpose leaves sha256 out of its metadata)";

/** The version of what files say of themselves. */
const version = 1;

/**
 * Writes tensors to a file, whole or not at all.
 *
 * @throws SW_FILE when it cannot be written
 */
export async function writeWeights(
  op: string,
  path: string,
  { kind, tensors, epochs, kept, remembered = new Map(), texts }: Content,
): Promise<void> {
  const files = await filesFor(op, path);
  if (tensors.has("__metadata__")) throw refusedFile(op, 'no file holds a variable that is named "__metadata__"');
  const own = { ...unsealed, format: "shapewright", version: String(version), kind, epochs: String(epochs), ...texts };
  const metadata = kept === undefined ? own : { ...own, kept: JSON.stringify(kept, withoutInfinities) };
  const all = new Map([
    ...tensors,
    ...[...remembered].map(([name, value]) => [rememberedPrefix + name, value] as const),
  ]);
  attempt(op, path, "written", files, () => {
    const parts = writeSafetensors(all, metadata);
    seal(parts, files.sha256);
    files.write(path, parts);
  });
}

/**
 * Opens a file for as long as a call takes.
 *
 * @throws SW_FILE when it cannot be read, is no safetensors file, was written by a newer Shapewright, or has other bytes than were written
 */
export async function readingWeights<R>(op: string, path: string, use: (file: Safetensors) => R): Promise<R> {
  const files = await filesFor(op, path);
  const reading = <T>(read: () => T): T => attempt(op, path, "read", files, read);
  const opened = reading(() => files.open(path));
  try {
    const bytes = { ...opened, read: (at: number, length: number) => reading(() => opened.read(at, length)) };
    const file = readSafetensors(bytes);
    if (typeof file === "string") throw refusedFile(op, `${path} cannot be read: ${file}${insteadOfForeign(path)}`);
    if (!isOurs(file.metadata)) return use(file);
    const { sha256, ...metadata } = file.metadata;
    const { version: written } = metadata;
    if (written !== String(version)) {
      throw refusedFile(
        op,
        `${path} is of version ${inWords(written)}, this Shapewright reads version ${version}: update it`,
      );
    }
    if (isMisnamed(file.metadata) || !isWhole(bytes, sha256, files.sha256)) throw refusedFile(op, `${path} ${damaged}`);
    return use({ ...file, metadata });
  } finally {
    opened.close();
  }
}

/** Whether a file says of itself that it is ours, or did before a bit of that flipped, which makes it no other's, of any bytes. */
function isOurs(metadata: Readonly<Record<string, string>>): boolean {
  return Object.entries(metadata).some(
    ([name, value]) =>
      (name === "format" && isAlmost(value, "shapewright")) || (value === "shapewright" && isAlmost(name, "format")),
  );
}

/** JSON has no infinities and no NaN. */
function withoutInfinities(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;
}

/** What was kept, as it was. */
export function keptIn(text: string): unknown {
  return JSON.parse(text, (_, value) =>
    typeof value === "object" && value !== null && typeof value.number === "string" ? Number(value.number) : value,
  );
}
