import { spawn } from "node:child_process";
import { closeSync, createReadStream, fstatSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { DimSizes } from "../../compiler/analysis/sizes.js";
import { type ErrorCode, ShapewrightError } from "../../src/ir/errors.js";
import type { Signal } from "../signal.js";
import { marks } from "./marks.js";
import type { StepLogs } from "./profile.js";

/** What has TensorFlow write what it does: read when it is loaded, hence in processes of their own. */
const logged = {
  executor: { TF_CPP_VMODULE: "executor=2" },
  // Of all its allocators for this, the one that numbers what it gives. It logs more than time is measured beside.
  allocator: { TF_CPP_VMODULE: "log_memory=2", TF_CPU_ALLOCATOR_USE_BFC: "true" },
} as const;

/** What TensorFlow writes of a step of a program, which is taken in processes of their own on numbers that stand for data. */
export async function stepLogs(
  save: (file: string) => Promise<void>,
  sizes: DimSizes,
  disposed: Signal,
): Promise<StepLogs> {
  const folder = mkdtempSync(join(tmpdir(), "shapewright-profile-"));
  try {
    const model = join(folder, "model.shapewright");
    await save(model);
    const logOf = (what: keyof StepLogs) =>
      logOfStep(model, sizes, logged[what], join(folder, `${what}.log`), disposed);
    return { executor: await logOf("executor"), allocator: await logOf("allocator") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What another process has sent of why it failed. */
interface Failed {
  readonly code: ErrorCode;
  readonly message: string;
}

async function logOfStep(
  model: string,
  sizes: DimSizes,
  settings: Readonly<Record<string, string>>,
  log: string,
  disposed: Signal,
): Promise<string[]> {
  disposed.throwIfAborted();
  // A file takes what is written at once, however much it is.
  const written = openSync(log, "w");
  try {
    const child = spawn(process.execPath, [...loaders(), ownFile("take-steps"), model, JSON.stringify([...sizes])], {
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "0", ...settings },
      stdio: ["ignore", "ignore", written, "ipc"],
      signal: disposed,
    });
    let failed: Failed | undefined;
    child.on("message", (message) => {
      failed = message as Failed;
    });
    const how = await new Promise<string | undefined>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve(code === 0 ? undefined : (signal ?? `code ${code}`)));
    }).catch((error: unknown) => {
      disposed.throwIfAborted();
      throw error;
    });
    if (failed !== undefined) throw new ShapewrightError(failed.code, failed.message, "profile");
    if (how !== undefined) {
      const said = wordsIn(log);
      const message = `profile: the process that is measured ended with ${how}${said && `:\n${said}`}`;
      throw new ShapewrightError("SW_BACKEND", message, "profile");
    }
  } finally {
    closeSync(written);
  }
  return linesBetween(log);
}

/** How TensorFlow begins the lines of its log. */
const ofTensorflow = /^(\d{4}-\d\d-\d\d |[IWEF]\d{4} )/;

/** The end of what a process has written, but for TensorFlow's log: its words of why it ended. */
function wordsIn(log: string): string {
  const file = openSync(log, "r");
  try {
    const { size } = fstatSync(file);
    const end = Buffer.alloc(Math.min(size, 100_000));
    readSync(file, end, 0, end.length, size - end.length);
    const lines = end.toString().split("\n");
    const words = lines.filter((line) => line.trim() !== "" && !ofTensorflow.test(line));
    return words.slice(-10).join("\n");
  } finally {
    closeSync(file);
  }
}

/** The lines between the marks. */
async function linesBetween(log: string): Promise<string[]> {
  const lines: string[] = [];
  let isWithin = false;
  for await (const line of createInterface({ input: createReadStream(log) })) {
    if (line === marks.end) break;
    if (isWithin) lines.push(line);
    else isWithin = line === marks.begin;
  }
  return lines;
}

/** What runs a TypeScript file, where this is one. */
function loaders(): string[] {
  if (!import.meta.url.endsWith(".ts")) return [];
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  return ["--import", tsx, "--conditions=shapewright-source"];
}

function ownFile(name: string): string {
  return fileURLToPath(new URL(`${name}${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));
}
