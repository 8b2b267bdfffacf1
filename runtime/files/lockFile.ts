import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { isAlive } from "./isAlive.js";
import { makeFolder } from "./makeFolder.js";
import { unfinishedName } from "./unfinished.js";
import { whereLinksLead } from "./whereLinksLead.js";

/** What this process holds: in a container, the process that was killed may have had the same number. */
const held = new Set<string>();

/**
 * Takes what `path` stands for, for this process alone: a file beside it says who has it. One that a process has left which was killed,
 * or one of another host, which nobody here can ask, is taken over.
 *
 * @returns how it is given back, or the number of the process that has it
 * @throws where no file can be written there
 */
export function lockFile(path: string): (() => void) | number {
  const target = whereLinksLead(path);
  const lock = resolve(`${target}.lock`);
  if (held.has(lock)) return process.pid;
  makeFolder(dirname(lock));
  for (;;) {
    try {
      create(lock, `${process.pid} ${hostname()}\n`);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = holderOf(lock);
      if (holder !== undefined && holder !== process.pid && isAlive(holder)) return holder;
      rmSync(lock, { force: true });
    }
  }
  held.add(lock);
  const release = () => {
    held.delete(lock);
    rmSync(lock, { force: true });
  };
  try {
    checkWritable(target);
  } catch (error) {
    release();
    throw error;
  }
  return release;
}

/** Makes a file that is not there yet, whole or not at all: a full disk takes a file, and then nothing that is in it. */
function create(file: string, text: string): void {
  const opened = openSync(file, "wx");
  try {
    writeSync(opened, text);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(opened);
  }
}

/** @throws where what is to be written to a path could not be put together beside it: its name may be too long for that */
function checkWritable(path: string): void {
  const trial = join(dirname(path), unfinishedName(basename(path)));
  create(trial, "");
  rmSync(trial, { force: true });
}

/** The process of this host that a lock is of. */
function holderOf(lock: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(lock, "utf8");
  } catch {
    // It was given back meanwhile.
    return undefined;
  }
  const [, pid, host] = /^(\d+) (.*)\n$/.exec(text) ?? [];
  return host === hostname() ? Number(pid) : undefined;
}
