import { Command } from "commander";
import type { DimSizes } from "../../compiler/analysis/sizes.js";
import { inBytes } from "../../compiler/units.js";
import { visible } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { CommandError } from "../files/command-error.js";
import { loadModel } from "../loadModel.js";
import { open } from "../open.js";
import type { Profile, Share } from "../profile/profile.js";
import { traceOf } from "../profile/traceOf.js";
import { collectDim, dimSizes } from "./dimSizes.js";
import { loadExport, programArgument } from "./model-file.js";
import { checkOut, writeOut } from "./out-file.js";
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
    .addArgument(programArgument())
    .option("--dim <name=size>", "the size of a named dim (default: 32)", collectDim)
    .option("--trace <file>", "write a trace that Perfetto and Chrome open")
    .option("--json", "print times and bytes as one line of JSON")
    .action((file: string, options: ProfileOptions) => profile(file, options, thisTerminal()));
}

/** Prints where the time and the memory of one step go. */
export async function profile(file: string, options: ProfileOptions, terminal: Terminal): Promise<void> {
  const { trace, json, dim = new Map() } = options;
  if (trace !== undefined) checkOut("--trace", trace, "step.json");
  const found = await loadExport(file);
  if (found.kind !== "program") throw new CommandError(`${found.title} is a model; a step is a program's`, 1);
  const { program } = found;
  const dims = Object.fromEntries(dimSizes(found.model, dim));
  const measured = await measure().catch((error: unknown) => {
    throw error instanceof ShapewrightError ? new CommandError(error.message, 1, error.code) : error;
  });
  if (trace !== undefined) writeOut(trace, JSON.stringify(traceOf(measured)));
  const lines = json ? [asJson(measured)] : asText(file, measured, terminal);
  for (const text of lines) terminal.out(text);

  async function measure(): Promise<Profile> {
    const native = { backend: "tensorflow" } as const;
    // `using` would need a helper, which the bundler takes from a package.
    const session = found.isSaved ? await loadModel(found.path, native) : await open(program, native);
    try {
      return await session.profile({ dims });
    } finally {
      session.dispose();
    }
  }
}

const where = {
  allocator: "bytes are what kernels asked TensorFlow's allocator for",
  plan: "TensorFlow's log does not tell bytes: they are the compiler's plan",
} as const;

function asText(file: string, { runs, layers, kernels, peak }: Profile, terminal: Terminal): string[] {
  const total = runs.reduce((sum, { duration }) => sum + duration, 0);
  const rowsOf = (heading: string, shares: readonly Share[]) => {
    const right = ["runs", "ms", "share", "allocated", "at peak"].map(
      (heading) => ({ heading, align: "right" }) as const,
    );
    const rows = shares.map(({ name, runs, microseconds, bytes, bytesAtPeak }) => [
      name || "(around the layers)",
      String(runs),
      (microseconds / 1000).toFixed(3),
      `${((100 * microseconds) / total).toFixed(1)} %`,
      inBytes(bytes),
      bytesAtPeak === undefined ? "" : inBytes(bytesAtPeak),
    ]);
    return table([{ heading, align: "left" }, ...right], rows, terminal);
  };
  const memory = `at most ${inBytes(peak.bytes)} of values at once, where the plan says ${inBytes(peak.planned)}`;
  return [
    visible(`${file}: one step, ${runs.length} kernels, ${(total / 1000).toFixed(2)} ms in them,`),
    peak.from === "plan" ? `at most ${inBytes(peak.bytes)} of values at once` : memory,
    "",
    ...rowsOf("layer", layers),
    "",
    ...rowsOf("kernel", kernels.slice(0, 15)),
    "",
    "As TensorFlow's log tells it; to write it down takes a few µs of each kernel's time;",
    `${where[peak.from]}.`,
  ];
}

function asJson({ runs, layers, kernels, peak }: Profile): string {
  return JSON.stringify({ kernels, layers, peak, runs: runs.length });
}
