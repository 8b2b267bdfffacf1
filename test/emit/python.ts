import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { NdArray } from "../../src/ir/array.js";

/** Python 3: SHAPEWRIGHT_PYTHON where that is set, else the one on PATH. */
export const python = process.env.SHAPEWRIGHT_PYTHON ?? "python3";

/** A SavedModel to load, and what to call in it, call after call. */
export interface PythonRequest {
  readonly folder: string;
  readonly calls: readonly { readonly signature: string; readonly inputs: Readonly<Record<string, NdArray>> }[];
}

/** What Python has found of a SavedModel. */
export interface PythonAnswer {
  /** The shapes and dtypes of each signature's inputs and outputs. */
  readonly signatures: Readonly<Record<string, { inputs: Record<string, string>; outputs: Record<string, string> }>>;
  /** For each call, its outputs by name. */
  readonly results: readonly Readonly<Record<string, NdArray>>[];
  /** The shapes of the outputs of each node that says them. */
  readonly shapes: Readonly<Record<string, readonly string[]>>;
  /** The nodes that no node and no signature reads. */
  readonly unread: readonly string[];
}

/** Why Python's TensorFlow cannot be tested with here; `undefined` if it can. */
export const pythonMissing = findMissing();

/** The title of a suite that needs Python's TensorFlow; it says why the suite is skipped, if it is. */
export const pythonTitle = (title: string): string =>
  pythonMissing === undefined ? title : `${title} (skipped: ${pythonMissing})`;

/** Loads SavedModels with `tf.saved_model.load`, one after the other in one process, and calls their signatures. */
export function runInPython(requests: readonly PythonRequest[]): PythonAnswer[] {
  const input = JSON.stringify(requests, (_, value) =>
    ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value,
  );
  const script = join(import.meta.dirname, "run-saved-models.py");
  const { status, stdout, stderr } = spawnSync(python, [script], { input, encoding: "utf8", timeout: 120_000 });
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as PythonAnswer[];
}

/** A Python that was asked for by SHAPEWRIGHT_PYTHON has to have TensorFlow: its tests are not to pass by being skipped. */
function findMissing(): string | undefined {
  const script = "import importlib.util, sys; sys.exit(importlib.util.find_spec('tensorflow') is None)";
  const { status, error } = spawnSync(python, ["-c", script], { timeout: 60_000 });
  if (status === 0) return undefined;
  const reason = error ? `there is no ${python}` : `${python} has no tensorflow`;
  if (process.env.SHAPEWRIGHT_PYTHON) throw new Error(`SHAPEWRIGHT_PYTHON: ${reason}`);
  return reason;
}
