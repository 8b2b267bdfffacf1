import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { isOp, type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { axisRule, checkOption } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckDefaultAxis, type CheckGivenAxis, checkAxis, normalizeAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type RemoveAxes, removeAxes } from "../types/reduce.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { flopsPerInputElement } from "./shared/flops.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import { coordinatesOf, indexOf } from "./shared/strides.js";
import { limitAxes } from "./shared/tensorflow-limits.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The axis counts from the start. */
    argMax: { readonly axis: number };
  }
}

export const argMaxOp: ValueOpDefinition<"argMax"> = {
  name: "argMax",
  words: { noun: "predicted" },
  traits: ["keepsFinite"],
  infer([x], { axis }) {
    refuse("SW_DTYPE", "argMax", checkDType("argMax", x!.dtype, ["float32", "int32"]));
    refuse("SW_VALUE", "argMax", checkAxis("argMax", x!.shape, axis));
    return { shape: removeAxes(x!.shape, axis), dtype: "int32" };
  },
  gradient: { notDifferentiable: "its result is an integer, which does not change by a little" },
  tensorflow(t, [x], { attributes: { axis }, inputs }) {
    const { shape, dtype } = inputs[0]!;
    limitAxes("argMax", shape, 7);
    // TensorFlow's optimiser takes argMax(f(x)) for argMax(x) where f only grows. Of elements that f makes equal, as relu does,
    // the first would not be found. It does not look through a snapshot, which costs no more than an entry to the executor.
    const elements = isProduct(inputs[0]!) ? x! : t.op("Snapshot", [x!], { T: { type: dtype } });
    return t.op("ArgMax", [elements, t.constant(axis, "int32")], {
      T: { type: dtype },
      Tidx: { type: "int32" },
      output_type: { type: "int32" },
    });
  },
  tfjs: (k, [x], { attributes: { axis } }) => k.run("ArgMax", { x: x! }, { axis }),
  reference: ([x], { attributes: { axis }, shape }) =>
    generate(shape, "int32", (i) => {
      const at = (place: number) => x!.data[indexOf(coordinatesOf(i, shape).toSpliced(axis, 0, place), x!.shape)]!;
      let [best, largest] = [0, Number.NEGATIVE_INFINITY];
      for (let place = 0; place < x!.shape[axis]!; place++) {
        if (at(place) > largest) [best, largest] = [place, at(place)];
      }
      return best;
    }),
  flops: flopsPerInputElement(1),
};

export const argMaxSamples: Samples<"argMax"> = () => [
  { inputs: [ramp([2, 3])], attributes: { axis: 1 } },
  { inputs: [ramp([3, 4])], attributes: { axis: 0 } },
  { inputs: [ramp([2, 3, 4])], attributes: { axis: 1 } },
  { inputs: [ramp([5])], attributes: { axis: 0 } },
  { inputs: [ramp([3, 1])], attributes: { axis: 1 } },
  { inputs: [array(new Float32Array([1, 3, 3, 2, 2, 2]), [2, 3])], attributes: { axis: 1 }, notSmooth: "ties" },
  { inputs: [array(new Int32Array([4, -1, 7, 7, 0, 9]), [2, 3])], attributes: { axis: 1 } },
];

/** Whether an element is a sum of products, with a bias perhaps, as logits mostly are: it is no function of one other element. */
function isProduct(node: Node): boolean {
  if (isOp(node, "affine") || isOp(node, "affineConvolution")) return node.attributes.activation === undefined;
  const isBiased = isOp(node, "add") && isProduct(node.inputs[0]!) && isOp(node.inputs[1]!, "variable");
  return isBiased || isOp(node, "dot") || isOp(node, "convolution");
}

/**
 * Where along an axis the largest element stands; of equal ones the first. A NaN is passed over, as in TensorFlow.
 *
 * @param x rank 1 or more; float32 or int32
 * @param axis the last unless said otherwise; negative ones count from the end
 * @returns the shape without that axis, int32
 * @throws SW_VALUE when the axis is out of range; SW_SHAPE when it has no elements, known when the program runs
 * @example
 * const predicted = argMax(input(["batch", 10])); // Tensor<["batch"], "int32">
 */
export function argMax<const S extends Shape, D extends DType, const A extends number = -1>(
  x: Tensor<S, D> & FirstMessage<CheckDType<"argMax", D, "float32" | "int32">, CheckDefaultAxis<"argMax", S, A, D>>,
  axis?: OrMessage<A, CheckGivenAxis<"argMax", S, A>>,
): Tensor<RemoveAxes<S, A>, "int32"> {
  const node = nodeOf(x, "argMax");
  const given = (axis === undefined ? -1 : axis) as number;
  checkOption("argMax", "axis", given, axisRule);
  refuse("SW_DTYPE", "argMax", checkDType("argMax", node.dtype, ["float32", "int32"]));
  refuse("SW_VALUE", "argMax", checkAxis("argMax", node.shape, given));
  return tensorOf(makeNode(argMaxOp, [node], { axis: normalizeAxis(node.shape, given) }));
}
