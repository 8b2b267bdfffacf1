import type { DType } from "../../../src/ir/dtype.js";
import type { OpName, OpTable } from "../../../src/ir/node.js";
import type { ReduceAttributes } from "../../../src/ops/shared/reduce.js";
import type { Broadcast } from "../../../src/types/broadcast.js";
import type { Shape } from "../../../src/types/dim.js";
import type { RemoveAxes } from "../../../src/types/reduce.js";
import type { List, Tensor } from "./tensor.js";

/** The functions of ops that have their type from what they are defined with: `defineUnary`, `defineBinary`, … */
export interface FamilyKernels<K extends OpName> {
  unary: Unary<K>;
  binary: Binary;
  comparison: Comparison;
  reduction: Reduction;
  outputGradient: OutputGradient<K>;
}

/** An op's attributes as the last argument; none where it has none. */
export type AttributesOf<K extends OpName> = [keyof OpTable[K]] extends [never] ? [] : [attributes: OpTable[K]];

/** A function that keeps shape and dtype. */
export type Unary<K extends OpName> = <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  ...attributes: AttributesOf<K>
) => Tensor<S, D>;

/** Arithmetic with broadcasting. A number is a scalar. */
interface Binary {
  <A extends Shape, B extends Shape, D extends DType>(
    a: Tensor<A, D>,
    b: Tensor<B, NoInfer<D>>,
  ): Tensor<Broadcast<A, B>, D>;
  <A extends Shape, D extends DType>(a: Tensor<A, D>, b: number): Tensor<A, D>;
  <B extends Shape, D extends DType>(a: number, b: Tensor<B, D>): Tensor<B, D>;
}

/** A comparison with broadcasting. A number is a scalar. */
interface Comparison {
  <A extends Shape, B extends Shape, D extends DType>(
    a: Tensor<A, D>,
    b: Tensor<B, NoInfer<D>>,
  ): Tensor<Broadcast<A, B>, "bool">;
  <A extends Shape, D extends DType>(a: Tensor<A, D>, b: number): Tensor<A, "bool">;
  <B extends Shape, D extends DType>(a: number, b: Tensor<B, D>): Tensor<B, "bool">;
}

type Reduction = <S extends Shape, D extends DType, const A extends ReduceAttributes>(
  x: Tensor<S, D>,
  attributes: A,
) => Tensor<RemoveAxes<S, List<A["axes"]>, A["keepDims"]>, D>;

/** The gradient of an activation, from its output: dy times the slope there. */
type OutputGradient<K extends OpName> = <S extends Shape>(
  dy: Tensor<S>,
  output: Tensor<NoInfer<S>>,
  ...attributes: AttributesOf<K>
) => Tensor<S>;
