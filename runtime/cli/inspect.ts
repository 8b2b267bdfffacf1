import { Command } from "commander";
import { inBytes, inThousands } from "../../compiler/units.js";
import { elementCount } from "../../src/ir/array.js";
import { visible } from "../../src/ir/checkName.js";
import { cut } from "../../src/ir/cut.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { isOptimizerState } from "../../src/nameNodes.js";
import { show } from "../../src/types/show.js";
import { CommandError } from "../files/command-error.js";
import type { Safetensors } from "../weights/readSafetensors.js";
import { readingWeights, rememberedPrefix } from "../weights/weight-files.js";
import { table, totalsTable } from "./table.js";
import { type Terminal, thisTerminal } from "./terminal.js";

export interface InspectOptions {
  readonly json?: boolean;
}

/** The command `shapewright inspect`. */
export function inspectCommand(): Command {
  return new Command("inspect")
    .description("show what is in a file of weights, a checkpoint or a backup: names, types, shapes, bytes")
    .argument("<file>", "a safetensors file, whoever wrote it")
    .option("--json", "print it as one line of JSON")
    .action((file: string, options: InspectOptions) => inspect(file, options, thisTerminal()));
}

/** A tensor of a file. */
interface Entry {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

/** Prints what is in a file. Its header alone is read. */
export async function inspect(path: string, options: InspectOptions, terminal: Terminal): Promise<void> {
  const { metadata, entries } = await contentOf(path);
  for (const line of options.json ? [asJson(path, metadata, entries)] : asText(path, metadata, entries, terminal)) {
    terminal.out(line);
  }
}

async function contentOf(path: string): Promise<{ metadata: Safetensors["metadata"]; entries: Entry[] }> {
  try {
    return await readingWeights("inspect", path, ({ metadata, entries }) => ({
      metadata,
      entries: [...entries].map(([name, { type, shape, begin, end }]) => ({ name, type, shape, bytes: end - begin })),
    }));
  } catch (error) {
    if (error instanceof ShapewrightError) throw new CommandError(error.message.replace(/^inspect: /, ""), 1);
    throw error;
  }
}

const kinds = [
  ["model", ({ name }: Entry) => !isOptimizerState(name) && !name.startsWith(rememberedPrefix)],
  ["optimizer", ({ name }: Entry) => isOptimizerState(name)],
  ["callbacks", ({ name }: Entry) => name.startsWith(rememberedPrefix)],
] as const;

function asText(
  path: string,
  metadata: Safetensors["metadata"],
  entries: readonly Entry[],
  { style }: Terminal,
): string[] {
  const numbers = (some: readonly Entry[]) =>
    inThousands(some.reduce((sum, { shape }) => sum + elementCount(shape), 0));
  const bytes = (some: readonly Entry[]) => inBytes(some.reduce((sum, entry) => sum + entry.bytes, 0));
  const columns = [
    { heading: "name", align: "left" },
    { heading: "type", align: "left" },
    { heading: "shape", align: "left" },
    { heading: "numbers", align: "right" },
    { heading: "bytes", align: "right" },
  ] as const;
  const rows = entries.map((one) => [one.name, one.type, show(one.shape), numbers([one]), bytes([one])]);
  const totals = kinds.flatMap(([kind, isOf]) => {
    const own = entries.filter(isOf);
    return own.length === 0 ? [] : [[kind, numbers(own), bytes(own)]];
  });
  return [
    visible(`${path}: ${whatItIs(metadata)}`),
    ...foreign(metadata).map(([name, value]) => visible(cut(`${name}: ${value}`))),
    "",
    ...table(columns, rows, (cell, row) => (row === -1 ? style("bold", cell) : cell)),
    "",
    ...totalsTable(totals),
  ];
}

function whatItIs({ format, kind, epochs }: Safetensors["metadata"]): string {
  if (format !== "shapewright") return "tensors that another program has written";
  const after = `after ${epochs} ${epochs === "1" ? "epoch" : "epochs"}`;
  return kind === "weights" ? `weights, ${after}` : `a ${kind}, ${after}`;
}

/** What another program says of its tensors. */
function foreign(metadata: Safetensors["metadata"]): [string, string][] {
  return metadata.format === "shapewright" ? [] : Object.entries(metadata);
}

function asJson(path: string, metadata: Safetensors["metadata"], entries: readonly Entry[]): string {
  return JSON.stringify({ file: path, metadata, tensors: entries });
}
