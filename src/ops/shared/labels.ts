import { ShapewrightError } from "../../ir/errors.js";
import type { KernelRunner, TensorInfo } from "../../ir/tfjs-lowering.js";

const op = "sparseSoftmaxCrossEntropyWithLogits";

/** Refuses labels that are none of the classes: their loss would be 0, or another row's. */
export function checkLabels(labels: ArrayLike<number>, classes: number): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label < 0 || label >= classes) throw noClass(label, classes);
  }
}

/** The same of a tensor, on backends whose memory is the host's; elsewhere, reading it would hold up every step. */
export function checkLabelsOf(k: KernelRunner, labels: TensorInfo, classes: number): void {
  if (["tensorflow", "wasm", "cpu"].includes(k.backend)) checkLabels(k.read(labels), classes);
}

/** What TensorFlow says when it fails, of such labels as here. */
export function translateTensorflowError(error: unknown): ShapewrightError {
  if (error instanceof ShapewrightError) return error;
  const found = /label value of (-?\d+) which is outside the valid range of \[0, (\d+)\)/.exec(String(error));
  if (found) return noClass(Number(found[1]), Number(found[2]));
  const message = error instanceof Error ? error.message : String(error);
  return new ShapewrightError("SW_BACKEND", `TensorFlow failed: ${message}`);
}

function noClass(label: number, classes: number): ShapewrightError {
  return new ShapewrightError("SW_DATA", `${op}: the label ${label} is none of the classes 0 to ${classes - 1}`, op);
}
