import { Command } from "commander";
import { inputNodes, type Program } from "../../compiler/program.js";
import { inBytes, inThousands } from "../../compiler/units.js";
import { elementCount } from "../../src/ir/array.js";
import { visible } from "../../src/ir/checkName.js";
import { cut } from "../../src/ir/cut.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { Node } from "../../src/ir/node.js";
import { printSignature } from "../../src/ir/print.js";
import { isOptimizerState } from "../../src/optimizerState.js";
import { show } from "../../src/types/show.js";
import { CommandError } from "../files/command-error.js";
import { programIn } from "../model-file/readModel.js";
import type { Safetensors } from "../weights/readSafetensors.js";
import { constantsPrefix, isBeside, readingWeights, rememberedPrefix } from "../weights/weight-files.js";
import { table, totalsTable } from "./table.js";
import { type Terminal, thisTerminal } from "./terminal.js";

export interface InspectOptions {
  readonly json?: boolean;
}

/** The command `shapewright inspect`. */
export function inspectCommand(): Command {
  return new Command("inspect")
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

/** Prints what is in a file. */
export async function inspect(path: string, options: InspectOptions, terminal: Terminal): Promise<void> {
  const content = await contentOf(path);
  for (const line of options.json ? [asJson(path, content)] : asText(path, content, terminal)) terminal.out(line);
}

/** What is in a file, and of a model, what it takes and gives. */
interface Content {
  readonly metadata: Safetensors["metadata"];
  readonly entries: readonly Entry[];
  readonly model?: ModelContent;
}

interface ModelContent {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly optimizer: string;
  /** What is reported of training. */
  readonly reports: readonly string[];
}

async function contentOf(path: string): Promise<Content> {
  try {
    return await readingWeights("inspect", path, (file) => {
      const { program: text, ...metadata } = file.metadata;
      const all = [...file.entries];
      const entries = all.map(([name, { type, shape, begin, end }]) => ({ name, type, shape, bytes: end - begin }));
      if (!isOurs(metadata) || metadata.kind !== "model") return { metadata: file.metadata, entries };
      return { metadata, entries, model: modelContent(programIn("inspect", path, file)) };
    });
  } catch (error) {
    if (error instanceof ShapewrightError) throw new CommandError(error.message.replace(/^inspect: /, ""), 1);
    throw error;
  }
}

function modelContent({ model, predict, optimizer, reported }: Program): ModelContent {
  const signatures = (nodes: Iterable<readonly [string, Node]>) =>
    Object.fromEntries([...nodes].map(([name, node]) => [name, printSignature(node)]));
  return {
    inputs: signatures(inputNodes(model.inputs)),
    outputs: signatures(Object.entries(predict.outputs)),
    optimizer: optimizer.name,
    reports: Object.keys(reported.results.outputs),
  };
}

const none = new Map();
const kinds = [
  ["model", ({ name }: Entry) => !isOptimizerState(name) && !isBeside(name, none)],
  ["optimizer", ({ name }: Entry) => isOptimizerState(name)],
  ["callbacks", ({ name }: Entry) => name.startsWith(rememberedPrefix)],
  ["constants", ({ name }: Entry) => name.startsWith(constantsPrefix)],
] as const;

function asText(path: string, { metadata, entries, model }: Content, terminal: Terminal): string[] {
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
    ...[...foreign(metadata), ...(model ? ofModel(model, metadata) : [])].map(([name, value]) =>
      visible(terminal.piped ? `${name}: ${value}` : cut(`${name}: ${value}`, terminal.columns - 1)),
    ),
    "",
    ...table(columns, rows, terminal),
    "",
    ...totalsTable(totals),
  ];
}

function whatItIs({ format, kind, epochs }: Safetensors["metadata"]): string {
  if (format !== "shapewright") return "tensors that another program has written";
  const after = `after ${epochs} ${epochs === "1" ? "epoch" : "epochs"}`;
  return kind === "weights" ? `weights, ${after}` : `a ${kind}, ${after}`;
}

function isOurs({ format }: Safetensors["metadata"]): boolean {
  return format === "shapewright";
}

/** What another program says of its tensors. */
function foreign(metadata: Safetensors["metadata"]): [string, string][] {
  return isOurs(metadata) ? [] : Object.entries(metadata);
}

/** What a model takes, gives and is trained with, and what is said of it. */
function ofModel(
  { inputs, outputs, optimizer, reports }: ModelContent,
  { optimizer: kept, metadata = "{}", preprocessing = "[]" }: Safetensors["metadata"],
): [string, string][] {
  const listed = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, signature]) => `${name} ${signature}`);
  return [
    ["inputs", listed(inputs).join(", ")],
    ["outputs", listed(outputs).join(", ")],
    ["optimizer", kept === "kept" ? optimizer : `${optimizer}, whose state was left out`],
    ["reports", reports.join(", ")],
    ...(preprocessing === "[]" ? [] : ([["preprocessing", preprocessing]] as [string, string][])),
    ...(metadata === "{}" ? [] : ([["metadata", metadata]] as [string, string][])),
  ];
}

function asJson(path: string, { metadata, entries, model }: Content): string {
  return JSON.stringify({ file: path, metadata, ...(model && { model }), tensors: entries });
}
