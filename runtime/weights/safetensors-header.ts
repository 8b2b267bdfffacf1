import { elementCount } from "../../src/ir/array.js";
import { inWords } from "../../src/ir/inWords.js";
import { elementTypes } from "./elementTypes.js";

/** Where a tensor stands in a file, from the end of the header on. */
export interface Entry {
  /** One of `elementTypes`' names, or of others that are not read. */
  readonly type: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** What the header of a safetensors file says. */
export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** The longest header that the reference implementation reads, in bytes. */
export const longestHeader = 100_000_000;

/**
 * Reads a header, and sees that its tensors fill what follows it, without holes: as the reference implementation does, so that no
 * number can stand for two.
 *
 * @param length how many bytes follow the header
 * @returns the header, or what is wrong with it
 */
export function parseHeader(text: string, length: number): Header | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return "its header is no JSON";
  }
  if (!isRecord(parsed)) return "its header is no record";
  const { __metadata__: metadata = {}, ...tensors } = parsed;
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === "string")) {
    return "its metadata is no record of texts";
  }
  const entries = new Map<string, Entry>();
  for (const [name, described] of Object.entries(tensors)) {
    const entry = entryOf(described);
    if (!entry) return `its header describes ${inWords(name)} in a way that is none`;
    entries.set(name, entry);
  }
  const problem = notFilled(entries, length);
  return problem ?? { metadata: metadata as Record<string, string>, entries };
}

function entryOf(described: unknown): Entry | undefined {
  if (!isRecord(described)) return undefined;
  const { dtype, shape, data_offsets: offsets } = described;
  if (typeof dtype !== "string" || !areSizes(shape) || !areSizes(offsets) || offsets.length !== 2) return undefined;
  const [begin, end] = offsets as [number, number];
  const size = elementTypes[dtype]?.size;
  if (end < begin || (size !== undefined && end - begin !== size * elementCount(shape))) return undefined;
  return { type: dtype, shape, begin, end };
}

function notFilled(entries: ReadonlyMap<string, Entry>, length: number): string | undefined {
  let at = 0;
  for (const [name, { begin, end }] of [...entries].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) return `the bytes of ${inWords(name)} begin at ${begin}, where ${at} is the next free one`;
    at = end;
  }
  if (at === length) return undefined;
  return at > length
    ? `it ends too early: ${length} of ${at} bytes of tensors are there`
    : `${length - at} bytes at its end belong to no tensor`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
