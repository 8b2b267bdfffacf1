import { array, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type Broadcast, broadcast, type CheckBroadcast, checkBroadcast } from "../types/broadcast.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType, checkSameDType } from "../types/dtype.js";
import type { Moment, Settled } from "../types/settled.js";
import type { CheckOperands } from "./shared/binary.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { noFlops } from "./shared/flops.js";
import { type CheckElement, operandNodes } from "./shared/operand.js";
import { broadcastIndex } from "./shared/strides.js";

declare module "../ir/node.js" {
  interface OpTable {
    select: Record<never, never>;
  }
}

const bools = (values: number[], shape: number[]) => generate(shape, "bool", (i) => values[i] === 1);

export const selectOp: ValueOpDefinition<"select"> = {
  name: "select",
  words: { noun: "selected", term: ([condition, a, b]) => `${a} where ${condition}, else ${b}` },
  traits: ["keepsFinite"],
  infer([condition, a, b]) {
    refuse("SW_DTYPE", "select", checkDType("select", condition!.dtype, ["bool"]));
    refuse("SW_SHAPE", "select", checkBroadcast("select", condition!.shape, a!.shape));
    refuse("SW_DTYPE", "select", checkSameDType("select", a!.dtype, b!.dtype));
    refuse("SW_SHAPE", "select", checkBroadcast("select", a!.shape, b!.shape));
    refuse("SW_SHAPE", "select", checkBroadcast("select", condition!.shape, b!.shape));
    const values = broadcast(a!.shape, b!.shape);
    return { shape: broadcast(condition!.shape, values), dtype: a!.dtype };
  },
  gradient({ b, inputs: [condition], dy }) {
    // d select(c, a, b) = dy where c, and dy where not c
    const zero = b.scalar(0);
    return [undefined, b.op("select", [condition!, dy, zero]), b.op("select", [condition!, zero, dy])];
  },
  tensorflow: (t, [condition, a, b], node) => t.op("SelectV2", [condition!, a!, b!], { T: { type: node.dtype } }),
  tfjs(k, [condition, a, b], { shape }) {
    // tfjs's kernel does not broadcast.
    const wide = (x: typeof condition) => k.broadcast(x!, shape);
    return k.run("Select", { condition: wide(condition), t: wide(a), e: wide(b) });
  },
  reference([condition, a, b], { shape, dtype }) {
    const indexC = broadcastIndex(condition!.shape, shape);
    const indexA = broadcastIndex(a!.shape, shape);
    const indexB = broadcastIndex(b!.shape, shape);
    return generate(shape, dtype, (i) => (condition!.data[indexC(i)] ? a!.data[indexA(i)]! : b!.data[indexB(i)]!));
  },
  flops: noFlops,
};

export const selectSamples: Samples<"select"> = () => [
  {
    inputs: [
      bools([1, 0, 0, 1], [2, 2]),
      array(new Float32Array([1, 2, 3, 4]), [2, 2]),
      array(new Float32Array([5, 6]), [2]),
    ],
    attributes: {},
  },
  {
    inputs: [bools([1, 0], [2, 1]), array(new Float32Array([7, 8]), [2]), array(new Float32Array([-1]), [])],
    attributes: {},
  },
];

/**
 * Where `condition` holds, the element of `a`, elsewhere that of `b`, with broadcasting among all three. NumPy and
 * TensorFlow call it `where`.
 *
 * @param condition bool
 * @param a any shape and dtype, or a number
 * @param b of a's dtype, a shape that broadcasts with a's; or a number
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when the dtypes differ, SW_DATA when a number is none of the dtype,
 * SW_VALUE when both are numbers
 * @example
 * const positive = select(greater(x, 0), x, 0);
 */
export function select<
  const C extends Shape,
  CD extends DType,
  const M extends number,
  const N extends number,
  Now extends Moment = "now",
  const A extends Shape = [],
  const B extends Shape = [],
  E extends DType = any,
  D extends DType = E,
>(
  condition: Tensor<C, CD> & CheckDType<"select", CD, "bool">,
  a: (Tensor<A, D> | M) & Settled<FirstMessage<CheckElement<"select", M, D, Now>, CheckBroadcast<"select", C, A>>>[Now],
  b: (Tensor<B, E> | N) &
    Settled<
      FirstMessage<
        FirstMessage<CheckElement<"select", N, D, Now>, CheckOperands<"select", A, D, B, E, M, N, DType, Now>>,
        CheckBroadcast<"select", C, B>
      >
    >[Now],
): Tensor<Settled<Broadcast<C, Broadcast<A, B>>>[Now], D> {
  const chosen = nodeOf(condition, "select");
  refuse("SW_DTYPE", "select", checkDType("select", chosen.dtype, ["bool"]));
  return tensorOf(makeNode(selectOp, [chosen, ...operandNodes("select", a, b, true)], {}));
}
