import { spawnSync } from "node:child_process";
import { writeFileSync, writeSync } from "node:fs";
import { Command } from "commander";
import { type DimSizes, sizesOf } from "../../compiler/analysis/sizes.js";
import { computationOf, feedsOf, type Program } from "../../compiler/program.js";
import { generate } from "../../src/ir/array.js";
import { visible } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { CommandError } from "../files/command-error.js";
import { reasonOf } from "../files/writeWhole.js";
import { load } from "../load.js";
import { collectDim, dimSizes } from "./dimSizes.js";
import { fileArgument, loadExport } from "./model-file.js";
import { type KernelRun, kernelRuns, layerOf, type Share, sharesBy, traceOf } from "./profile/kernel-times.js";
import { table } from "./table.js";
import { type Terminal, thisTerminal } from "./terminal.js";

export interface ProfileOptions {
  readonly dim?: DimSizes;
  readonly trace?: string;
  readonly json?: boolean;
}

/** The command `shapewright profile`. */
export function profileCommand(): Command {
  return new Command("profile")
    .description("measure where a training step's time goes, by layer and by kernel, on native TensorFlow")
    .addArgument(fileArgument())
    .option("--dim <name=size>", "the size of a named dim (default: 32)", collectDim)
    .option("--trace <file>", "write a trace that Perfetto and Chrome open")
    .option("--json", "print the times as one line of JSON")
    .action((file: string, options: ProfileOptions) => profile(file, options, thisTerminal()));
}

/** Says to a process that it is the one that is measured. */
const measured = "SHAPEWRIGHT_PROFILED";
/** What stands in the log before and after the step that counts. */
const marks = { begin: "shapewright: the step begins", end: "shapewright: the step has ended" } as const;
/** The first steps take time for reasons of their own. */
const stepsBefore = 5;

/** Prints how long the kernels of one step took. TensorFlow tells it in its log, which a process of its own is asked for. */
export async function profile(file: string, options: ProfileOptions, terminal: Terminal): Promise<void> {
  if (process.env[measured]) return takeSteps(file, options);
  const env = { ...process.env, [measured]: "1", TF_CPP_MIN_LOG_LEVEL: "0", TF_CPP_VMODULE: "executor=2" };
  const { status, stderr } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const [, log] = stderr.split(marks.begin);
  if (status !== 0 || log === undefined) {
    const own = stderr.split("\n").filter((text) => !/ executor\.cc:\d+\] /.test(text));
    throw new CommandError(
      own
        .join("\n")
        .trim()
        .replace(/^shapewright: /, ""),
      status === 2 ? 2 : 1,
    );
  }
  const runs = kernelRuns(log.split(marks.end)[0]!);
  if (runs.length === 0) throw new CommandError("this TensorFlow's log does not say which kernels ran", 1);
  if (options.trace !== undefined) writeTrace(options.trace, runs);
  const lines = options.json ? [asJson(runs)] : asText(file, runs, terminal);
  for (const text of lines) terminal.out(text);
}

/** Takes steps on numbers that stand for data, of which the last one counts. */
async function takeSteps(file: string, { dim }: ProfileOptions): Promise<void> {
  const found = await loadExport(file);
  if (found.kind !== "program")
    throw new CommandError(`${found.path}#${found.name} is a model; a step is a program's`, 1);
  const program: Program = found.program;
  const sizes = dimSizes(found.model, dim ?? new Map());
  const executable = await load(computationOf(program), { backend: "tensorflow" }).catch((error: unknown) => {
    throw error instanceof ShapewrightError ? new CommandError(error.message, 1) : error;
  });
  const feeds = [...feedsOf(program)].map(([key, { shape, dtype }]) => {
    return [key, generate(sizesOf(shape, sizes), dtype, () => (dtype === "float32" ? 0.5 : 0))] as const;
  });
  const data = executable.upload(Object.fromEntries(feeds));
  const count = feeds[0]![1].shape[0] as number;
  data.setOrder(Int32Array.from({ length: count }, (_, i) => i));
  for (let step = 0; step < stepsBefore; step++) executable.run("train", data, 0, count, count);
  writeSync(2, `${marks.begin}\n`);
  executable.run("train", data, 0, count, count);
  writeSync(2, `${marks.end}\n`);
  executable.dispose();
}

function writeTrace(path: string, runs: readonly KernelRun[]): void {
  try {
    writeFileSync(path, JSON.stringify(traceOf(runs)));
  } catch (error) {
    throw new CommandError(`${path} cannot be written: ${reasonOf(error)}`, 1);
  }
}

function asText(file: string, runs: readonly KernelRun[], { style }: Terminal): string[] {
  const total = runs.reduce((sum, { duration }) => sum + duration, 0);
  const rowsOf = (heading: string, shares: readonly Share[]) => {
    const columns = [
      { heading, align: "left" },
      { heading: "runs", align: "right" },
      { heading: "ms", align: "right" },
      { heading: "share", align: "right" },
    ] as const;
    const rows = shares.map(({ name, runs, microseconds }) => [
      name || "(around the layers)",
      String(runs),
      (microseconds / 1000).toFixed(3),
      `${((100 * microseconds) / total).toFixed(1)} %`,
    ]);
    return table(columns, rows, (cell, row) => (row === -1 ? style("bold", cell) : cell));
  };
  return [
    visible(`${file}: one step, ${runs.length} kernels, ${(total / 1000).toFixed(2)} ms in them`),
    "",
    ...rowsOf("layer", sharesBy(runs, layerOf)),
    "",
    ...rowsOf("kernel", sharesBy(runs, ({ kernel }) => kernel).slice(0, 15)),
    "",
    "As TensorFlow's log tells it; to write it down takes a few µs of each kernel's time.",
  ];
}

function asJson(runs: readonly KernelRun[]): string {
  const kernels = sharesBy(runs, ({ kernel }) => kernel);
  return JSON.stringify({ kernels, layers: sharesBy(runs, layerOf), runs: runs.length });
}
