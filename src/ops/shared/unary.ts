import { generate } from "../../ir/array.js";
import type { DType } from "../../ir/dtype.js";
import { type Facts, factsOf } from "../../ir/facts.js";
import type { GradientRule, NotDifferentiable } from "../../ir/gradient-rule.js";
import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf, type OpName, type OpTable, tensorOf } from "../../ir/node.js";
import type { InFamily, ValueRules } from "../../ir/op.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import type { Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { flopsPerElement } from "./flops.js";
import type { onHost } from "./onHost.js";
import { opFunction } from "./opFunction.js";

/** What tells one elementwise function of one argument from another. */
export interface UnaryRule<K extends OpName> extends Facts<K> {
  readonly name: K;
  /** The dtypes that it takes; the result has the same. float32 unless said otherwise. */
  readonly dtypes?: readonly DType[];
  /** TensorFlow's op, which has one attribute `T`. */
  readonly tensorflow: string;
  /** tfjs's kernel, which takes one input `x`; `onHost` where the backends have none, or none that is right. */
  readonly tfjs: string | typeof onHost;
  readonly scalar: (x: number) => number | boolean;
  /** The same of int32, where it is not `scalar`, wrapped around as int32 is. */
  readonly integer?: (x: number) => number;
  readonly gradient: GradientRule<K> | NotDifferentiable;
}

/** The definition of an elementwise function of one argument. */
export function defineUnary<K extends OpName>(rule: UnaryRule<K>): InFamily<K, "unary"> {
  const { tfjs: kernel, dtypes = ["float32"] } = rule;
  const reference: ValueRules<K>["reference"] = ([x]) => {
    const scalar = (x!.dtype === "int32" && rule.integer) || rule.scalar;
    return generate(x!.shape, x!.dtype, (i) => scalar(x!.data[i]!));
  };
  return {
    ...factsOf(rule),
    name: rule.name,
    family: "unary",
    infer([x]) {
      refuse("SW_DTYPE", rule.name, checkDType(rule.name, x!.dtype, dtypes));
      return x!;
    },
    gradient: rule.gradient,
    tensorflow: (t, [x], node) => t.op(rule.tensorflow, [x!], { T: { type: node.dtype } }),
    ...(typeof kernel === "string" ? { tfjs: (k, [x]) => k.run(kernel, { x: x! }) } : kernel(reference)),
    reference,
    flops: flopsPerElement(1),
  };
}

/**
 * A function that maps every element of a tensor, keeping shape and dtype.
 *
 * @typeParam Op the op's name, for messages
 * @typeParam Allowed the dtypes it takes
 */
export type UnaryFunction<Op extends string, Allowed extends DType = "float32"> = <S extends Shape, D extends DType>(
  x: Tensor<S, D> & CheckDType<Op, D, Allowed>,
) => Tensor<S, D>;

/** The public function of an elementwise op of one argument. */
export function unaryFunction<K extends OpName, Allowed extends DType = "float32">(
  definition: ValueRules<K>,
): UnaryFunction<K, Allowed> {
  return opFunction(definition.name, ["x"], (x) =>
    tensorOf(makeNode(definition, [nodeOf(x, definition.name)], {} as OpTable[K]) as Node),
  );
}
