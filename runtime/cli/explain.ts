import { Command, Option } from "commander";
import type { DimSizes } from "../../compiler/analysis/sizes.js";
import { defaultSize } from "../../compiler/analysis/usualSizes.js";
import { targetPasses } from "../../compiler/pipeline.js";
import { type GraphName, graphNames } from "../../compiler/program.js";
import type { Target } from "../../compiler/target.js";
import { type Trace, traceModel, traceProgram } from "../../compiler/trace.js";
import { visible } from "../../src/ir/checkName.js";
import { didYouMean } from "../../src/ir/nearest.js";
import { CommandError } from "../files/command-error.js";
import { collectDim, dimSizes } from "./dimSizes.js";
import { diffOf, printAlike } from "./explain/around.js";
import { errorCode, errorEntry } from "./explain/errorEntry.js";
import { type Reports, reportOf } from "./explain/report.js";
import { reportAsTable } from "./explain/tables.js";
import { type LoadedExport, loadExport, programArgument } from "./model-file.js";
import { type Terminal, thisTerminal } from "./terminal.js";

export interface ExplainOptions {
  readonly graph?: GraphName;
  readonly pass?: string;
  readonly diff?: boolean;
  readonly dim?: DimSizes;
  readonly target?: Target;
  readonly json?: boolean;
}

/** The command `shapewright explain`. */
export function explainCommand(): Command {
  return new Command("explain")
    .addArgument(programArgument())
    .addOption(new Option("--graph <name>", "one graph (default: all)").choices(graphNames))
    .option("--pass <name>", "print the graph before and after a pass")
    .option("--diff", "show what changed as a unified diff: in all, or by the pass named")
    .option("--dim <name=size>", `the size of a named dim (default: ${defaultSize})`, collectDim)
    .addOption(
      new Option("--target <name>", "which kernels the passes are for")
        .choices(Object.keys(targetPasses))
        .default("tensorflow"),
    )
    .option("--json", "print the figures as one line of JSON")
    .addHelpText("after", "\nOf an error's code instead of a file, such as SW_SHAPE, it says the cause and\nthe cure.")
    .action((file: string, options: ExplainOptions) => explain(file, options, thisTerminal()));
}

/** Compiles a model again, and prints what each pass did. */
export async function explain(file: string, options: ExplainOptions, terminal: Terminal): Promise<void> {
  if (errorCode.test(file)) {
    terminal.out(errorEntry(file, terminal));
    return;
  }
  const found = await loadExport(file);
  const budgeted = found.kind === "program" ? found.program.budget?.dims : undefined;
  const dims = dimSizes(found.model, new Map([...(budgeted ?? []), ...(options.dim ?? [])]));
  const traces = tracesOf(found, options);
  if (options.pass !== undefined || options.diff) {
    for (const text of changes(traces, options, terminal)) terminal.out(text);
    return;
  }
  const reports: Reports = Object.fromEntries(traces.map(([name, trace]) => [name, reportOf(trace, dims)]));
  if (options.json) terminal.out(JSON.stringify(asJson(found, dims, reports)));
  else printTables(found, dims, reports, terminal);
}

/** The graphs asked for, each with its history. A model by itself is compiled for prediction alone. */
function tracesOf(found: LoadedExport, options: ExplainOptions): [GraphName, Trace][] {
  const { graph, target } = options;
  if (found.kind === "program") {
    const names = graph ? [graph] : graphNames;
    return names.map((name) => [name, traceProgram(found.program, name, target)]);
  }
  if (graph !== undefined && graph !== "predict") {
    throw new CommandError(`${found.title} is a model without a program; its only graph is predict`);
  }
  return [["predict", traceModel(found.model, target)]];
}

/** What the pass named did wherever it changed something, or all passes together. */
function changes(traces: readonly [GraphName, Trace][], { pass, diff }: ExplainOptions, { style }: Terminal): string[] {
  if (pass === undefined) {
    return traces.map(([name, { source, result }]) => diffOf(source, result, `all passes on ${name}`, style));
  }
  const names = [...new Set(traces.flatMap(([, { passes }]) => passes.map((ran) => ran.name)))];
  if (!names.includes(pass)) {
    throw new CommandError(`there is no pass "${pass}"; there are ${names.join(", ")}.${didYouMean(pass, names)}`);
  }
  return traces.flatMap(([graph, trace]) => {
    const steps = trace.steps.filter((step) => step.pass.name === pass);
    if (steps.length === 0) return [`${pass} found nothing to do in ${graph}.`];
    return steps.map(({ pass: { summary }, before, after }) => {
      if (diff) return diffOf(before, after, `${pass} on ${graph}`, style);
      const [old, current] = printAlike(before, after);
      const heading = (text: string) => style("bold", text);
      return [heading(`${graph} before ${pass}: ${summary}`), old, heading(`${graph} after ${pass}`), current].join(
        "\n",
      );
    });
  });
}

function printTables(found: LoadedExport, dims: DimSizes, reports: Reports, terminal: Terminal) {
  const sizes = [...dims].map(([name, size]) => `, ${name} = ${size}`).join("");
  terminal.out(visible(`${found.title}${sizes}`));
  for (const [name, report] of Object.entries(reports)) {
    terminal.out("");
    for (const line of reportAsTable(name as GraphName, report, terminal)) terminal.out(line);
  }
}

/** All figures; `kernels` are those of the train step, or of prediction where there is no train step. */
function asJson({ path, name }: LoadedExport, dims: DimSizes, reports: Reports) {
  const main = reports.train ?? Object.values(reports)[0]!;
  return {
    file: path,
    name,
    dims: Object.fromEntries(dims),
    kernels: { before: main.before.kernels, after: main.after.kernels },
    graphs: reports,
  };
}
