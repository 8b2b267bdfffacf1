import { readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { LogTail } from "./logTail.js";

/** How many logs of a folder are shown: the newest. */
const mostLogs = 20;

/** What is in a log, or in the logs of a folder, in the order in which it was found. */
export class Journal {
  /** Entries, as JSON. */
  readonly entries: string[] = [];
  readonly #path: string;
  readonly #tails = new Map<string, LogTail>();
  readonly #listeners = new Set<() => void>();

  constructor(path: string) {
    this.#path = resolve(path);
    this.refresh();
  }

  /** Looks for what has been added. What cannot be read now may be read later. */
  refresh(): void {
    const before = this.entries.length;
    for (const path of logsAt(this.#path)) {
      const tail = this.#tails.get(path) ?? new LogTail(path);
      this.#tails.set(path, tail);
      for (const entry of tail.read()) this.entries.push(JSON.stringify(entry));
    }
    if (this.entries.length > before) for (const listener of this.#listeners) listener();
  }

  /** Calls a function whenever something has been added, until what it gives is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function logsAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  const logs = namesIn(path).flatMap((name) => {
    const log = resolve(path, name);
    const file = name.endsWith(".jsonl") ? statSync(log, { throwIfNoEntry: false }) : undefined;
    return file?.isFile() ? [{ log, at: file.mtimeMs }] : [];
  });
  const newest = logs.sort((a, b) => b.at - a.at).slice(0, mostLogs);
  return newest.reverse().map(({ log }) => log);
}

/** The names in a folder: none of one that cannot be read now, which must not end training. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
