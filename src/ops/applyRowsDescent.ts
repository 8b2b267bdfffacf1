import { array, elementCount } from "../ir/array.js";
import { internalError } from "../ir/errors.js";
import type { Node } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import { sameShape } from "../types/same-shape.js";
import { applyGradientDescentOp } from "./applyGradientDescent.js";
import { gatherGradientOp } from "./gatherGradient.js";
import { ramp } from "./shared/ramp.js";
import { updateRule } from "./shared/update.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** w[indices] := w[indices] - η·g, once for each index. Inputs: w, learning rate, indices, the gradient of what was gathered. */
    applyRowsDescent: Record<never, never>;
  }
}

const name = "applyRowsDescent";

/** How the gradient of w is made of that of its rows. */
const gathering = (shape: readonly (number | string)[]) => ({ axis: 0, batchDims: 0, shape });

export const applyRowsDescentOp: ResultsOpDefinition<typeof name> = {
  name,
  words: { formula: () => "w[indices] := w[indices] - η·g" },
  ...updateRule,
  infer([w, , indices, g]) {
    if (!sameShape([...indices!.shape, ...w!.shape.slice(1)], g!.shape)) {
      throw internalError(`${name}: variable, indices and gradient do not fit`);
    }
    return [{ shape: w!.shape, dtype: w!.dtype }];
  },
  tfjs(k, [w, rate, indices, g], context) {
    const gradient = gatherGradientOp.tfjs(k, [g!, indices!], { ...context, attributes: gathering(context.shape) });
    return applyGradientDescentOp.tfjs(k, [w!, rate!, gradient], { ...context, attributes: {} });
  },
  inPlace: {
    tensorflow(t, [w, rate, indices, g]) {
      const step = t.op("Mul", [g!, rate!], { T: { type: "float32" } });
      return t.update("ResourceScatterSub", [w!, indices!, step], {
        dtype: { type: "float32" },
        Tindices: { type: "int32" },
      });
    },
    plain(b, { inputs: [w, rate, indices, g] }) {
      const gradient = b.op("gatherGradient", [g!, indices!], gathering(w!.shape));
      const dense = b.op("applyGradientDescent", [w!, rate!, gradient]);
      return applyGradientDescentOp.inPlace!.plain(b, dense as Node<"applyGradientDescent">);
    },
  },
  reference([w, rate, indices, g], context) {
    const gradient = gatherGradientOp.reference([g!, indices!], { ...context, attributes: gathering(context.shape) });
    return applyGradientDescentOp.reference([w!, rate!, gradient], { ...context, attributes: {} });
  },
  flops: ({ inputs: [, , , g] }) => 2 * elementCount(g!),
};

export const applyRowsDescentSamples: Samples<typeof name> = () => [
  {
    inputs: [ramp([5, 2]), array(new Float32Array([0.1]), []), array(new Int32Array([3, 0, 3]), [3]), ramp([3, 2], 4)],
    attributes: {},
  },
];
