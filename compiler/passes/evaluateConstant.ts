import type { NdArray } from "../../src/ir/array.js";
import { evaluateDim } from "../../src/ir/evaluate.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { definitionOf } from "../../src/ops/registry.js";

/** The value of a node whose inputs are constants, by the reference kernel. */
export function evaluateConstant(node: Node): NdArray {
  const definition = definitionOf(node.op);
  const inputs = node.inputs.map((input) => (input as Node<"constant">).attributes.value);
  const context = {
    attributes: node.attributes,
    dtype: node.dtype,
    shape: node.shape as number[],
    size: (dim: number | string) => evaluateDim(dim, new Map()),
  };
  return definition.reference(inputs, context) as NdArray;
}

/** The number of a constant scalar; `undefined` for any other node. */
export function scalarValue(node: Node): number | undefined {
  return isOp(node, "constant") && node.rank === 0 ? (node.attributes.value.data[0] as number) : undefined;
}
