import { generate } from "../../ir/array.js";
import type { DType } from "../../ir/dtype.js";
import { type Facts, factsOf } from "../../ir/facts.js";
import type { GradientRule, NotDifferentiable } from "../../ir/gradient-rule.js";
import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf, type OpName, type OpTable, type Signature, tensorOf } from "../../ir/node.js";
import type { InFamily, ValueRules } from "../../ir/op.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import { type Broadcast, broadcast, type CheckBroadcast, checkBroadcast } from "../../types/broadcast.js";
import type { Shape } from "../../types/dim.js";
import { type CheckDType, type CheckSameDType, checkDType, checkSameDType } from "../../types/dtype.js";
import type { Moment, Settled } from "../../types/settled.js";
import type { FirstMessage } from "./firstMessage.js";
import { flopsPerElement } from "./flops.js";
import type { onHost } from "./onHost.js";
import { type CheckNumber, type CheckOneTensor, operandNodes } from "./operand.js";
import { opFunction } from "./opFunction.js";
import { broadcastIndex } from "./strides.js";
import { limitBroadcast } from "./tensorflow-limits.js";

/** What tells one elementwise function of two arguments from another. */
export interface BinaryRule<K extends OpName> extends Facts<K> {
  readonly name: K;
  /** The dtypes that it takes. float32 unless said otherwise. */
  readonly dtypes?: readonly DType[];
  /** TensorFlow's op, which has one attribute `T`. */
  readonly tensorflow: string;
  /** tfjs's kernel, which takes inputs `a` and `b`; `onHost` where the backends have none, or none that is right. */
  readonly tfjs: string | typeof onHost;
  readonly scalar: (a: number, b: number) => number | boolean;
  /** The same of int32, where it is not `scalar`, wrapped around as int32 is. */
  readonly integer?: (a: number, b: number) => number;
  readonly gradient: GradientRule<K> | NotDifferentiable;
}

/** The definition of an elementwise function of two arguments, which broadcast against each other. */
export function defineBinary<K extends OpName>(rule: BinaryRule<K>): InFamily<K, "binary"> {
  return { ...binaryRules(rule), family: "binary" };
}

/** The definition of a comparison: the same with a result of booleans, and without a slope. */
export function defineComparison<K extends OpName>(
  rule: Omit<BinaryRule<K>, "dtypes" | "gradient">,
): InFamily<K, "comparison"> {
  const gradient = { notDifferentiable: "a comparison is a step: it has no slope" };
  return { ...binaryRules({ ...rule, dtypes: ["float32", "int32"], gradient }, "bool"), family: "comparison" };
}

/** @param result the dtype of the result: that of the operands unless said otherwise */
function binaryRules<K extends OpName>(rule: BinaryRule<K>, result?: DType): ValueRules<K> {
  const { tfjs: kernel, dtypes = ["float32"] } = rule;
  const reference: ValueRules<K>["reference"] = ([a, b], { shape, dtype }) => {
    const indexA = broadcastIndex(a!.shape, shape);
    const indexB = broadcastIndex(b!.shape, shape);
    const scalar = (dtype === "int32" && rule.integer) || rule.scalar;
    return generate(shape, dtype, (i) => scalar(a!.data[indexA(i)]!, b!.data[indexB(i)]!));
  };
  return {
    ...factsOf(rule),
    name: rule.name,
    infer([a, b]) {
      checkOperands(rule.name, a!, b!, dtypes);
      return { shape: broadcast(a!.shape, b!.shape), dtype: result ?? a!.dtype };
    },
    gradient: rule.gradient,
    tensorflow(t, [a, b], { inputs: [x, y] }) {
      limitBroadcast(rule.name, x!.shape, y!.shape);
      return t.op(rule.tensorflow, [a!, b!], { T: { type: x!.dtype } });
    },
    ...(typeof kernel === "string" ? { tfjs: (k, [a, b]) => k.run(kernel, { a: a!, b: b! }) } : kernel(reference)),
    reference,
    flops: flopsPerElement(1),
  };
}

/** Runtime twin of `CheckBinary`. */
export function checkOperands(op: string, a: Signature, b: Signature, dtypes: readonly DType[]): void {
  refuse("SW_DTYPE", op, checkDType(op, a.dtype, dtypes));
  refuse("SW_DTYPE", op, checkSameDType(op, a.dtype, b.dtype));
  refuse("SW_SHAPE", op, checkBroadcast(op, a.shape, b.shape));
}

/** `unknown` where an op takes two operands, else the message: dtypes first, then shapes. */
export type CheckBinary<
  Op extends string,
  A extends Shape,
  D extends DType,
  B extends Shape,
  E extends DType,
  Allowed extends DType,
> =
  unknown extends CheckDType<Op, D, Allowed>
    ? unknown extends CheckSameDType<Op, D, E>
      ? CheckBroadcast<Op, A, B>
      : CheckSameDType<Op, D, E>
    : CheckDType<Op, D, Allowed>;

/** `CheckBinary` where the second operand may be a number, and the first. */
export type CheckOperands<
  Op extends string,
  A extends Shape,
  D extends DType,
  B extends Shape,
  E extends DType,
  M extends number,
  N extends number,
  Allowed extends DType,
  Now,
> =
  unknown extends CheckNumber<Op, N, D, Now>
    ? FirstMessage<CheckOneTensor<Op, A, B, D, M, N, Now>, CheckBinary<Op, A, D, B, E, Allowed>>
    : CheckNumber<Op, N, D, Now>;

/**
 * A function of two tensors, or a tensor and a number, element by element. The shapes broadcast as in NumPy: aligned at the last axis, sizes
 * equal or one of them 1. Both operands have one dtype: a number
 * that of the tensor beside it.
 *
 * @typeParam Op the op's name, for messages
 * @typeParam Allowed the dtypes it takes
 */
export type BinaryFunction<Op extends string, Allowed extends DType = "float32"> = <
  const M extends number,
  const N extends number,
  Now extends Moment = "now",
  const A extends Shape = [],
  const B extends Shape = [],
  E extends DType = any,
  D extends DType = E,
>(
  a: (Tensor<A, D> | M) & Settled<CheckNumber<Op, M, D, Now>>[Now],
  b: (Tensor<B, E> | N) & Settled<CheckOperands<Op, A, D, B, E, M, N, Allowed, Now>>[Now],
) => Tensor<Settled<Broadcast<A, B>>[Now], D>;

/** The public function of an elementwise op of two arguments. */
export function binaryFunction<K extends OpName, Allowed extends DType = "float32">(
  definition: ValueRules<K>,
): BinaryFunction<K, Allowed> {
  return opFunction(definition.name, ["a", "b"], (a, b) =>
    tensorOf(makeNode(definition, operandNodes(definition.name, a, b), {} as OpTable[K]) as Node),
  );
}

/** The public function of a composition of two operands that broadcast, both of one of some dtypes. */
export function binaryComposite<Op extends string, Allowed extends DType = "float32">(
  name: Op,
  dtypes: readonly Allowed[],
  build: (a: Tensor<any, any>, b: Tensor<any, any>) => Tensor<any, any>,
): BinaryFunction<Op, Allowed> {
  return opFunction(name, ["a", "b"], (a, b) => {
    const [first, second] = operandNodes(name, a, b);
    checkOperands(name, first, second, dtypes);
    return tensorOf(nodeOf(calling(name, () => build(tensorOf(first), tensorOf(second)))));
  });
}

/** Like `BinaryFunction`, with a result of booleans. */
export type ComparisonFunction<Op extends string> = <
  const M extends number,
  const N extends number,
  Now extends Moment = "now",
  const A extends Shape = [],
  const B extends Shape = [],
  E extends DType = any,
  D extends DType = E,
>(
  a: (Tensor<A, D> | M) & Settled<CheckNumber<Op, M, D, Now>>[Now],
  b: (Tensor<B, E> | N) & Settled<CheckOperands<Op, A, D, B, E, M, N, "float32" | "int32", Now>>[Now],
) => Tensor<Settled<Broadcast<A, B>>[Now], "bool">;

/** The public function of a comparison. */
export function comparisonFunction<K extends OpName>(definition: ValueRules<K>): ComparisonFunction<K> {
  return opFunction(definition.name, ["a", "b"], (a, b) =>
    tensorOf(makeNode(definition, operandNodes(definition.name, a, b), {} as OpTable[K]) as Node),
  );
}
