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

/** The error of a label that is no class. */
export function noClass(label: number, classes: number): ShapewrightError {
  return new ShapewrightError("SW_DATA", `${op}: the label ${label} is none of the classes 0 to ${classes - 1}`, op);
}
