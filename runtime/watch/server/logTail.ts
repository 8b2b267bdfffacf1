import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { type Entry, logStart, type RunRecord } from "../records.js";

/** How much is read in one call. */
const most = 2 ** 20;
const newline = 10;

/** Reads what has been added to the file of a log, which may hold several runs. */
export class LogTail {
  readonly #name: string;
  #offset = 0;
  /** The bytes of a line whose end is not written yet. */
  #rest: Uint8Array = new Uint8Array();
  #runs = 0;

  constructor(readonly path: string) {
    this.#name = basename(path).replace(/\.jsonl$/, "");
  }

  /** What the run is called that comes next. */
  get next(): string {
    return this.#called(this.#runs + 1);
  }

  #called(number: number): string {
    return number === 1 ? this.#name : `${this.#name} (${number})`;
  }

  /** Whole lines that were not given before: none where the file is not there, or is none of a run. */
  read(): Entry[] {
    const file = opened(this.path);
    if (file === undefined) return [];
    try {
      const { size } = fstatSync(file);
      // Another file stands in its place.
      if (size < this.#offset) [this.#offset, this.#rest] = [0, new Uint8Array()];
      const entries: Entry[] = [];
      while (this.#offset < size && (this.#offset > 0 || isLog(file))) {
        const part = new Uint8Array(Math.min(most, size - this.#offset));
        const count = readSync(file, part, 0, part.length, this.#offset);
        // It became shorter meanwhile.
        if (count === 0) break;
        this.#offset += count;
        for (const entry of this.#entriesIn(part.subarray(0, count))) entries.push(entry);
      }
      return entries;
    } finally {
      closeSync(file);
    }
  }

  #entriesIn(part: Uint8Array): Entry[] {
    const bytes = Buffer.concat([this.#rest, part]);
    const end = bytes.lastIndexOf(newline) + 1;
    this.#rest = bytes.subarray(end);
    const lines = bytes.subarray(0, end).toString("utf8").split("\n");
    return lines.flatMap((line) => {
      const record = recordOf(line);
      if (record?.kind === "run") this.#runs++;
      return record && this.#runs > 0 ? [{ run: this.#called(this.#runs), record }] : [];
    });
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}

/** Whether a file is the log of a run: one that is none is not read, however large it is. */
function isLog(file: number): boolean {
  const bytes = Buffer.alloc(logStart.length);
  readSync(file, bytes, 0, bytes.length, 0);
  return bytes.toString("latin1") === logStart;
}

function recordOf(line: string): RunRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "kind" in value ? (value as RunRecord) : undefined;
  } catch {
    return undefined;
  }
}
