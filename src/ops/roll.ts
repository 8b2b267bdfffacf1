import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { axisRule, checkOption, int32, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type CheckAxis, checkAxis, normalizeAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { noFlops } from "./shared/flops.js";
import { joinedInTfjs } from "./shared/join-tfjs.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import { coordinatesOf, indexOf } from "./shared/strides.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** By how many places elements move on along an axis, which counts from the start. */
    roll: { readonly shift: number; readonly axis: number };
  }
}

/** The same shift from 0 to below the size. */
const modulo = (shift: number, size: number) => (size === 0 ? 0 : ((shift % size) + size) % size);

export const rollOp: ValueOpDefinition<"roll"> = {
  name: "roll",
  words: { noun: "rolled" },
  traits: ["keepsFinite", "keepsSign"],
  infer([x], { axis }) {
    refuse("SW_VALUE", "roll", checkAxis("roll", x!.shape, axis));
    return { shape: x!.shape, dtype: x!.dtype };
  },
  // dy as far back. Of the lowest integer, int32 has no opposite: then twice by half of it.
  gradient({ b, dy, node: { attributes } }) {
    const back = -attributes.shift;
    const by = (x: Node, shift: number) => b.op("roll", [x], { ...attributes, shift });
    return [back === 2 ** 31 ? by(by(dy, back / 2), back / 2) : by(dy, back)];
  },
  tensorflow: (t, [x], { attributes: { shift, axis }, dtype }) =>
    t.op("Roll", [x!, t.constant(shift, "int32"), t.constant(axis, "int32")], {
      T: { type: dtype },
      Tshift: { type: "int32" },
      Taxis: { type: "int32" },
    }),
  tfjs(k, [x], { attributes: { shift, axis }, shape }) {
    const moved = modulo(shift, shape[axis]!);
    if (moved === 0) return x!;
    const part = (begin: number, size: number) =>
      k.run("Slice", { x: x! }, { begin: shape.map((_, i) => (i === axis ? begin : 0)), size: shape.with(axis, size) });
    const rest = shape[axis]! - moved;
    return joinedInTfjs(k, [part(rest, moved), part(0, rest)], axis);
  },
  reference: ([x], { attributes: { shift, axis }, shape, dtype }) =>
    generate(shape, dtype, (i) => {
      const place = coordinatesOf(i, shape);
      return x!.data[indexOf(place.with(axis, modulo(place[axis]! - shift, shape[axis]!)), shape)]!;
    }),
  flops: noFlops,
};

export const rollSamples: Samples<"roll"> = () => [
  { inputs: [ramp([2, 5])], attributes: { shift: 2, axis: 1 } },
  { inputs: [ramp([3, 2, 2])], attributes: { shift: -1, axis: 0 } },
  { inputs: [ramp([4])], attributes: { shift: 11, axis: 0 } },
  { inputs: [ramp([2, 1])], attributes: { shift: 3, axis: 1 } },
  { inputs: [array(new Int32Array([1, 2, 3, 4, 5, 6]), [2, 3])], attributes: { shift: 1, axis: 1 } },
];

/**
 * The elements moved on along an axis; what leaves it at the end comes in again at the beginning.
 *
 * @param x rank 1 or more, any dtype
 * @param shift by how many places; negative ones go back, and more than there are go round
 * @param axis negative ones count from the end
 * @returns x's shape
 * @throws SW_VALUE when the shift is no integer of int32, or there is no such axis
 * @example
 * const previous = roll(input(["batch", "time", 64]), 1, 1); // Tensor<["batch", "time", 64], "float32">
 */
export function roll<const S extends Shape, D extends DType, const K extends number, const A extends number>(
  x: Tensor<S, D>,
  shift: K & CheckInt32<"roll", "shift", K>,
  axis: OrMessage<A, CheckAxis<"roll", S, A>>,
): Tensor<S, D> {
  const node = nodeOf(x, "roll");
  const along = axis as number;
  checkOption("roll", "shift", shift, required(int32));
  checkOption("roll", "axis", along, required(axisRule));
  refuse("SW_VALUE", "roll", checkAxis("roll", node.shape, along));
  return tensorOf(makeNode(rollOp, [node], { shift, axis: normalizeAxis(node.shape, along) }));
}
