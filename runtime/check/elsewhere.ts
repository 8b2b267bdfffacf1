import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownFolder } from "../files/ownFolder.js";

/** What does here what has another name elsewhere. */
export interface Counterpart {
  readonly framework: string;
  /** As the guides write it, `dense({ units: out })`, or in words where there is none. */
  readonly here: string;
  /** What this package exports for it, as far as one name does. */
  readonly name?: string;
  /** What is different here. */
  readonly note?: string;
  /** What stands for a call without arguments, where that has some here. */
  readonly call?: string;
}

/** The tables of names that people read are the ones that are asked. The first that has a name is right. */
const pages = [
  ["Keras", "docs/keras.md"],
  ["PyTorch", "docs/guides/from-pytorch.md"],
  ["TensorFlow.js", "docs/guides/from-tfjs.md"],
  ["Keras", "docs/guides/from-keras.md"],
] as const;

let tables: ReadonlyMap<string, Counterpart> | undefined;

/** What another framework's name is here: `Linear`, `reduce_mean`, `mse`. */
export function counterpartOf(name: string): Counterpart | undefined {
  tables ??= readTables();
  return tables.get(name) ?? tables.get(name.replace(/^reduce_/, ""));
}

/** What the tables name of this package. */
export function namesHere(): string[] {
  tables ??= readTables();
  return [...tables.values()].flatMap(({ name }) => name ?? []);
}

function readTables(): ReadonlyMap<string, Counterpart> {
  const found = new Map<string, Counterpart>();
  for (const [framework, path] of pages) {
    const page = join(ownFolder(), path);
    // An installation may have been freed of its documents.
    for (const line of existsSync(page) ? readFileSync(page, "utf8").split("\n") : []) {
      if (!line.startsWith("| `")) continue;
      const [theirs, ours, remark] = line.slice(2, -1).split(" | ");
      for (const [name, counterpart] of readRow(theirs!, ours!, remark)) {
        if (found.get(name)?.name === undefined) found.set(name, { framework, ...counterpart });
      }
    }
  }
  return found;
}

/** A row's names: of two lists, each with its own place among those here. */
function readRow(theirs: string, ours: string, remark = ""): [name: string, here: Omit<Counterpart, "framework">][] {
  const isList = /^`[^`]+`(, `[^`]+`)*$/.test(ours.trim());
  const here = codeIn(ours);
  const note = remark.replaceAll("`", "").trim();
  return codeIn(theirs).flatMap((code, i) => {
    const name = /^[\w.]+(?=\(|$)/.exec(code)?.[0].split(".").at(-1);
    if (name === undefined) return [];
    if (!isList) return [[name, { here: ours.trim() === "—" ? note : ours.replaceAll("`", "").trim() }]];
    const own = here[i] ?? here[0]!;
    // Of what is called with more than options, a name alone says too little.
    const exported = /^\w+(?=$|\(\{|\(x?\))/.exec(own)?.[0];
    const call = code.endsWith("()") && own.endsWith(")") ? { call: own } : {};
    const found = exported === undefined ? {} : { name: exported, ...call, ...(note !== "" && { note }) };
    return [[name, { here: own, ...found }]];
  });
}

function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
}
