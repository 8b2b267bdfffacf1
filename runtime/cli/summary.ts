import { Command } from "commander";
import { type DimSizes, sizesOf } from "../../compiler/analysis/sizes.js";
import { usualSizes } from "../../compiler/analysis/usualSizes.js";
import { type ModelSummary, summarize } from "../../compiler/emit/summary.js";
import type { Program } from "../../compiler/program.js";
import { inBytes, inPrefixes, inThousands } from "../../compiler/units.js";
import { elementCount } from "../../src/ir/array.js";
import { visible } from "../../src/ir/checkName.js";
import type { Node } from "../../src/ir/node.js";
import { show } from "../../src/types/show.js";
import { collectDim, dimSizes } from "./dimSizes.js";
import { type LoadedExport, loadExport, programArgument } from "./model-file.js";
import { table, totalsTable } from "./table.js";
import { type Terminal, thisTerminal } from "./terminal.js";

export interface SummaryOptions {
  readonly dim?: DimSizes;
  readonly json?: boolean;
}

/** The command `shapewright summary`. */
export function summaryCommand(): Command {
  return new Command("summary")
    .addArgument(programArgument())
    .option(
      "--dim <name=size>",
      "the size of a named dim, for FLOPs (default: 1 for the batch, 32 for others)",
      collectDim,
    )
    .option("--json", "print the summary as one line of JSON")
    .action((file: string, options: SummaryOptions) => summary(file, options, thisTerminal()));
}

/** Prints a model's layers, and their totals. */
export async function summary(file: string, options: SummaryOptions, terminal: Terminal): Promise<void> {
  const found = await loadExport(file);
  const dims = dimSizes(found.model, new Map([...usualSizes(found.model.inputs), ...(options.dim ?? [])]));
  const result = summarize(found.model, dims);
  const optimizer = found.kind === "program" ? optimizerState(found.program) : undefined;
  const lines = options.json
    ? [asJson(found, dims, result, optimizer)]
    : asText(found, dims, result, optimizer, terminal);
  for (const line of lines) terminal.out(line);
}

/** How many numbers the optimizer keeps besides the model's own, in all. */
function optimizerState({ model, variables }: Program): number {
  const own = new Set<Node>(model.variables.values());
  const others = [...variables.values()].filter((node) => !own.has(node));
  return others.reduce((sum, { shape }) => sum + elementCount(sizesOf(shape, new Map())), 0);
}

function asText(
  { title }: LoadedExport,
  dims: DimSizes,
  { layers, parameters, flops }: ModelSummary,
  optimizer: number | undefined,
  terminal: Terminal,
): string[] {
  const sizes = [...dims].map(([dim, size]) => `, ${dim} = ${size}`).join("");
  const rows = layers.map((layer) => [
    layer.name,
    layer.kind,
    show(layer.shape),
    inThousands(layer.parameters),
    layer.flops === 0 ? "0" : inPrefixes(layer.flops),
  ]);
  const columns = [
    { heading: "layer", align: "left" },
    { heading: "kind", align: "left" },
    { heading: "output", align: "left" },
    { heading: "parameters", align: "right" },
    { heading: "FLOPs", align: "right" },
  ] as const;
  const all = parameters.trainable + parameters.nonTrainable;
  const totals = [
    ["parameters", inThousands(all), inBytes(parameters.bytes)],
    ["  trainable", inThousands(parameters.trainable), ""],
    ["  not trainable", inThousands(parameters.nonTrainable), ""],
    ...(optimizer === undefined ? [] : [["optimizer's state", inThousands(optimizer), inBytes(4 * optimizer)]]),
    ["FLOPs, forward", inPrefixes(flops), ""],
  ];
  return [visible(`${title}${sizes}`), "", ...table(columns, rows, terminal), "", ...totalsTable(totals)];
}

function asJson(
  { path, name }: LoadedExport,
  dims: DimSizes,
  { layers, parameters, flops }: ModelSummary,
  optimizer: number | undefined,
): string {
  const total = parameters.trainable + parameters.nonTrainable;
  return JSON.stringify({
    file: path,
    name,
    dims: Object.fromEntries(dims),
    layers,
    parameters: { total, ...parameters },
    ...(optimizer !== undefined && { optimizerState: optimizer }),
    flops,
  });
}
