import { Command } from "commander";
import { failureRemembered } from "../native/compilation-failures.js";
import { type FindResult, findAddon } from "../native/find.js";
import { type Machine, thisMachine } from "../native/machine.js";
import { hasKernels, kernelsPath, kernelsProblem } from "../native/own-kernels.js";
import { ownAddonPath } from "../native/ownAddon.js";
import { provide } from "../native/provide.js";

export interface DoctorOptions {
  readonly fix?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What the doctor writes to, and looks at. */
export interface DoctorSurroundings {
  readonly machine: Machine;
  /** Results. */
  out(line: string): void;
  /** Progress, and what went wrong. */
  err(line: string): void;
}

/** The command `shapewright doctor`. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .option("--fix", "provide native TensorFlow where it is missing")
    .option("--json", "print the report as JSON")
    .option("--quiet", "print nothing when all is well already")
    .action(async (options: DoctorOptions) => {
      process.exitCode = await doctor(options, {
        machine: thisMachine(),
        out: (line) => process.stdout.write(`${line}\n`),
        err: (line) => process.stderr.write(`${line}\n`),
      });
    });
}

/** Reports which TensorFlow there is, provides it with `fix`, and gives the exit code: 1 where there is no native one in the end. */
export async function doctor(options: DoctorOptions, { machine, out, err }: DoctorSurroundings): Promise<number> {
  const result: FindResult = options.fix
    ? await provide({ machine, say: err, again: !options.quiet })
    : findAddon(machine);
  if (!options.quiet) {
    if (options.json) out(JSON.stringify(reportAsJson(result, machine), undefined, 2));
    else for (const line of reportAsText(result, machine)) out(line);
  }
  if ("found" in result) return 0;
  if (options.fix)
    err(
      `shapewright: ${result.problem.message}. Until then programs run on the portable backend (wasm), which is slower.`,
    );
  else if (options.quiet) err(`shapewright: ${result.problem.message}.`);
  else if (!options.json) out(`To do       ${result.problem.mend}`);
  return 1;
}

const throughTfjsNode =
  "called through tfjs-node, which small steps and predictions feel; a C++ compiler, Node's headers and doctor --fix mend that";

/** Whose kernels compute what both have, and why not ours where something has failed. */
function kernelsOf(
  folder: string,
  machine: Machine,
): { readonly ours: boolean; readonly problem?: string | undefined } {
  const file = kernelsPath(folder, machine);
  if (file === undefined) return { ours: false };
  if (!hasKernels(folder, machine)) {
    const failure = failureRemembered(file, machine);
    return { ours: false, ...(failure && { problem: `could not be compiled (${failure.reason})` }) };
  }
  const problem = kernelsProblem(folder, machine);
  return problem === undefined ? { ours: true } : { ours: false, problem: `do not load (${problem})` };
}

function kernelsAsText(folder: string, machine: Machine): string {
  const { ours, problem } = kernelsOf(folder, machine);
  if (ours) return "Shapewright's, compiled for this processor; TensorFlow's for the rest";
  return problem === undefined ? "TensorFlow's" : `TensorFlow's; Shapewright's own ${problem}`;
}

/** The path of our own addon, where it has been compiled. */
function ownAddon(machine: Machine): string | null {
  const path = ownAddonPath(machine);
  return machine.files.existsSync(path) ? path : null;
}

function reportAsText(result: FindResult, machine: Machine): string[] {
  const node = `Node.js     ${machine.nodeVersion}, ${machine.platform} ${machine.arch}`;
  if ("found" in result) {
    const { folder, from, tensorflowVersion } = result.found;
    const source = from === "project" ? "the project's own" : "from the cache";
    return [
      node,
      `Addon       ${folder} (${source})`,
      `TensorFlow  ${tensorflowVersion}`,
      `Kernels     ${kernelsAsText(folder, machine)}`,
      "Backend     tensorflow (native)",
      `Sessions    ${ownAddon(machine) === null ? throughTfjsNode : "called directly, by Shapewright's own addon"}`,
    ];
  }
  return [
    node,
    "Addon       none",
    "TensorFlow  none",
    "Backend     wasm (portable, slower)",
    `Problem     ${result.problem.code}: ${result.problem.why}`,
  ];
}

function reportAsJson(result: FindResult, machine: Machine): object {
  const { nodeVersion: node, platform, arch } = machine;
  if ("found" in result) {
    const { folder, from, tensorflowVersion: tensorflow } = result.found;
    const kernels = kernelsOf(folder, machine).ours ? "shapewright" : "tensorflow";
    const own = ownAddon(machine);
    const found = { addon: { folder, from }, own, tensorflow, kernels };
    return { node, platform, arch, ...found, backend: "tensorflow", problem: null };
  }
  const { code, why, mend } = result.problem;
  return {
    node,
    platform,
    arch,
    addon: null,
    own: null,
    tensorflow: null,
    kernels: null,
    backend: "wasm",
    problem: { code, why, mend },
  };
}
