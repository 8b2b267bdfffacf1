import { elementCount, generate } from "../../src/ir/array.js";
import type { DType } from "../../src/ir/dtype.js";
import { type CheckFloat, type CheckFloats, checkFloat } from "../../src/ir/like.js";
import { nodeOf } from "../../src/ir/node.js";
import { refuse } from "../../src/ir/refuse.js";
import { arrangeLike, type Structure } from "../../src/ir/structure.js";
import type { ShapeOf, Tensor, TensorLike } from "../../src/ir/tensor.js";
import { builder as b } from "../../src/ops/builder.js";
import type { FirstMessage } from "../../src/ops/shared/firstMessage.js";
import type { Dim, IsName, Shape, UnknownShape } from "../../src/types/dim.js";
import { fill, type Message } from "../../src/types/message.js";
import { type Show, show } from "../../src/types/show.js";
import { floatNodes } from "./directions.js";
import { filled } from "./filled.js";
import { pullBack } from "./pullBack.js";

/** Outputs with more elements than this are refused: each element adds a backward pass to the graph. */
const largestOutput = 256;

/** Tensors in the places of a structure: the shape of y, then that of each. */
export type JacobianOf<S extends Shape, W> = W extends TensorLike
  ? Tensor<JacobianShape<S, ShapeOf<W>>>
  : { -readonly [K in keyof W]: Tensor<JacobianShape<S, ShapeOf<W[K]>>> };

type JacobianShape<S extends Shape, W extends Shape> = number extends S["length"] | W["length"]
  ? UnknownShape
  : [...S, ...W];

export const namedOutput =
  "jacobian: takes an output whose dims are numbers, got {shape}; take one sample with slice(), or use vjp() or jvp()";

/** `unknown` where every dim of an output is a number, else the message. */
export type CheckJacobian<S extends Shape, Beside> =
  HasName<S, Beside> extends true ? Message<typeof namedOutput, { shape: Show<S> }> : unknown;

type HasName<S, Beside> = S extends [infer D, ...infer Rest]
  ? IsName<D, Beside> extends true
    ? true
    : HasName<Rest, Beside>
  : false;

/** Runtime twin of `CheckJacobian`; it counts too. */
function checkJacobian(shape: readonly Dim[]): string | undefined {
  if (shape.some((dim) => typeof dim === "string")) return fill(namedOutput, { shape: show(shape) });
  const count = elementCount(shape as number[]);
  if (count <= largestOutput) return undefined;
  return `jacobian: ${show(shape)} has ${count} elements, and each takes a backward pass; ${largestOutput} are the most: use vjp() or jvp() for products with the jacobian`;
}

/**
 * All derivatives of an output's elements: one backward pass for each element of y, stacked. For small outputs; products
 * with a jacobian, `vjp` and `jvp`, do without it.
 *
 * @param y float32, of up to 256 elements, its dims numbers
 * @param wanted w: a tensor, a list or a record, float32; one that y does not depend on gets zeros
 * @returns tensors in the places of w, of y's shape followed by each one's
 * @throws SW_SHAPE when y has a named dim or too many elements; SW_GRADIENT when an op on the way has no gradient
 * @example
 * const w = variable("w", [2, 3], ones());
 * const { w: dw } = jacobian(dot(w, constant([1, 2, 3])), { w }); // Tensor<[2, 2, 3], "float32">
 */
export function jacobian<const S extends Shape, D extends DType, const W extends Structure>(
  y: Tensor<S, D> & FirstMessage<CheckFloat<"jacobian", Tensor<S, D>>, CheckJacobian<S, D>>,
  wanted: W & CheckFloats<"jacobian", W>,
): JacobianOf<S, W> {
  const output = nodeOf(y, "jacobian");
  refuse("SW_DTYPE", "jacobian", checkFloat("jacobian", output));
  const nodes = floatNodes("jacobian", wanted);
  refuse("SW_SHAPE", "jacobian", checkJacobian(output.shape));
  const shape = output.shape as number[];
  const rows = Array.from({ length: elementCount(shape) }, (_, element) => {
    const unit = b.constant(generate(shape, "float32", (i) => (i === element ? 1 : 0)));
    return pullBack([output], [unit], nodes);
  });
  const stacked = nodes.map((node, i) => {
    // Without rows, where y has no elements, there is nothing in it.
    if (!rows[0]?.[i]) return filled(0, [...shape, ...node.shape]);
    const parts = rows.map((row) => b.op("reshape", [row[i]!], { shape: [1, ...node.shape] }));
    return b.op("reshape", [b.op("concat", parts, { axis: 0 })], { shape: [...shape, ...node.shape] });
  });
  return arrangeLike(wanted, stacked);
}
