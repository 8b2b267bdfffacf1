import * as fs from "node:fs";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Machine, Outcome } from "../../runtime/native/machine.js";
import { addonPath, libraryFolder, packageFolder } from "../../runtime/native/tfjs-node.js";

/** The programs that are run while the addon is provided, by what they do. */
export type Step =
  | "npm"
  | "nodedir"
  | "python"
  | "pip"
  | "download"
  | "unpack"
  | "build"
  | "installer"
  | "own"
  | "kernels"
  | "load"
  | "probe";

export interface FakeMachine extends Machine {
  /** The steps that were run, in order. */
  readonly steps: Step[];
  /** The same with their arguments. */
  readonly commands: string[][];
  /** A folder of this machine alone; everything else lies in it. */
  readonly root: string;
}

export interface FakeOptions {
  /** The programs on PATH. */
  readonly programs?: readonly string[];
  /** How a step ends when it does not go well. */
  readonly failures?: { readonly [S in Step]?: Partial<Outcome> };
  readonly overrides?: Partial<Machine>;
  readonly installerAnswers?: boolean;
  readonly freeBytes?: number;
  readonly npm?: boolean;
}

const well: Outcome = { status: 0, stdout: "", stderr: "", timedOut: false };

/** A machine on which all goes well without anything being downloaded or compiled, except for what `options` says. */
export function fakeMachine(options: FakeOptions = {}): FakeMachine {
  const root = fs.realpathSync(mkdtempSync(join(tmpdir(), "shapewright-native-")));
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }));
  const bin = join(root, "bin");
  const prefix = join(root, "node");
  const project = join(root, "project");
  for (const program of options.programs ?? ["python3", "g++", "make"]) write(join(bin, program), 0o755);
  write(join(prefix, "bin", "node"), 0o755);
  write(join(prefix, "include", "node", "node_api.h"));
  write(join(prefix, "include", "node", "common.gypi"));
  if (options.npm !== false) write(join(prefix, "lib", "node_modules", "npm", "bin", "npm-cli.js"));
  mkdirSync(project);
  const steps: Step[] = [];
  const commands: string[][] = [];
  const freeBytes = options.freeBytes ?? 1e12;
  return {
    root,
    steps,
    commands,
    env: { PATH: bin, SHAPEWRIGHT_CACHE: join(root, "cache") },
    platform: "linux",
    arch: "x64",
    home: root,
    cwd: project,
    resolveFrom: [project],
    execPath: join(prefix, "bin", "node"),
    nodeVersion: "20.0.0",
    files: { ...fs, statfsSync: (() => ({ bavail: freeBytes, bsize: 1 })) as unknown as typeof fs.statfsSync },
    glibcVersion: () => "2.36",
    reachable: async () => options.installerAnswers ?? false,
    run(command, args, { cwd }) {
      const step = stepOf(args);
      steps.push(step);
      commands.push([command, ...args]);
      const failure = options.failures?.[step];
      if (failure !== undefined) return { ...well, status: 1, ...failure };
      return perform(step, args, cwd ?? "");
    },
    ...options.overrides,
  };
}

/** Installs tfjs-node into a folder, as npm does without install scripts. */
export function installPackage(into: string, version = "4.22.0"): string {
  const folder = packageFolder(into);
  write(join(folder, "package.json"), 0o644, JSON.stringify({ name: "@tensorflow/tfjs-node", version }));
  return folder;
}

/** Gives a tfjs-node package its addon and library. */
export function giveAddon(folder: string): void {
  write(addonPath(folder));
  write(join(libraryFolder(folder), "libtensorflow_cc.so.2"));
}

function stepOf(args: readonly string[]): Step {
  const all = args.join(" ");
  if (all.includes("config get nodedir")) return "nodedir";
  if (all.includes("npm-cli.js install")) return "npm";
  if (all.includes("version_info")) return "python";
  if (all.includes("pip --version")) return "pip";
  if (all.includes("pip download")) return "download";
  if (all.includes("zipfile")) return "unpack";
  if (all.includes("build-from-source")) return "build";
  if (all.includes("session.cc")) return "own";
  if (all.includes("register.cc")) return "kernels";
  if (all.includes("install.js")) return "installer";
  if (all.includes("TF_Version")) return "probe";
  if (all.includes("registered")) return "load";
  throw new Error(`unexpected program: ${all}`);
}

function perform(step: Step, args: readonly string[], cwd: string): Outcome {
  if (step === "npm") installPackage(valueAfter("--prefix", args));
  if (step === "python") return { ...well, stdout: "3\n" };
  if (step === "download") write(join(valueAfter("--dest", args), "tensorflow.whl"));
  if (step === "unpack") {
    const lib = args.at(-1)!;
    for (const name of ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]) write(join(lib, name));
  }
  if (step === "build") write(addonPath(cwd));
  if (step === "own" || step === "kernels") write(valueAfter("-o", args), 0o755, "compiled");
  if (step === "installer") giveAddon(cwd);
  if (step === "load") return { ...well, stdout: "registered true" };
  if (step === "probe") return { ...well, stdout: "TensorFlow 2.21.0" };
  return well;
}

function valueAfter(option: string, args: readonly string[]): string {
  return args[args.indexOf(option) + 1]!;
}

function write(file: string, mode = 0o644, text = ""): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
}
