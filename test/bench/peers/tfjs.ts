import type * as layers from "@tensorflow/tfjs-layers";
import { loadTfjsNode, type Tfjs } from "../../../runtime/native/index.js";
import { dataOf, type Workload } from "./workload.js";

/** tfjs-node, with tfjs-layers in it. */
export type TfjsNode = Tfjs & typeof layers;

export function loadTfjs(): TfjsNode {
  const native = loadTfjsNode();
  if (!("tf" in native)) throw new Error(`There is nothing to compare with: ${native.problem}. ${native.mend}`);
  return native.tf as TfjsNode;
}

/** Samples that TensorFlow holds already, with labels that are one-hot beforehand: that is what tfjs trains fastest on. */
export function tfjsData(tf: TfjsNode, workload: Workload) {
  const { x, y } = dataOf(workload);
  const labels = tf.tensor(y.data, y.shape as number[], "int32");
  return {
    x: tf.tensor(x.data, x.shape as number[], x.dtype as "float32" | "int32"),
    y: tf.cast(tf.oneHot(labels, workload.classes), "float32"),
  };
}
