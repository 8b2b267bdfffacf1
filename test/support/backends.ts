import type { Computation } from "../../compiler/program.js";
import type { BackendName, Executable } from "../../runtime/backends/backend.js";
import { loadPortable } from "../../runtime/backends/portable.js";
import { loadTensorflow } from "../../runtime/backends/tensorflow.js";
import { loadTfjsNode } from "../../runtime/native/index.js";

/**
 * The backends that tests run on. Native TensorFlow is left out only where a machine has it not, which SHAPEWRIGHT_NATIVE
 * makes an error: CI sets it, so that no run passes for want of what it should have tested.
 */
export const testedBackends: readonly Exclude<BackendName, "reference">[] = hasNative()
  ? ["tensorflow", "wasm", "cpu"]
  : ["wasm", "cpu"];

function hasNative(): boolean {
  const native = loadTfjsNode();
  if ("tf" in native) return true;
  if (process.env.SHAPEWRIGHT_NATIVE === "required")
    throw new Error(`native TensorFlow is not there: ${native.problem}`);
  return false;
}

/** Puts a computation onto a backend. */
export async function loadOn(backend: BackendName, computation: Computation): Promise<Executable> {
  if (backend !== "tensorflow") return (await loadPortable(backend as "wasm" | "cpu", [computation]))[0]!;
  const native = loadTfjsNode();
  if (!("tf" in native)) throw new Error(native.problem);
  return loadTensorflow(native, [computation])[0]!;
}
