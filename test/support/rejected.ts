import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../../test-d");

/** Programs that are refused, by what is said of them. */
export type RejectedPrograms = Readonly<Record<string, () => unknown>>;

/** The names of the files in test-d whose programs are refused. */
export const rejectedFiles = readdirSync(folder).filter((name) => /^rejected(-[a-z]+)*\.ts$/.test(name));

/** What these files export, by their names: a table has programs of one kind. */
export const rejectedTables: ReadonlyMap<string, Readonly<Record<string, RejectedPrograms>>> = new Map(
  await Promise.all(rejectedFiles.map(async (name) => [name, await import(join(folder, name))] as const)),
);
