import type { Facts } from "../../ir/facts.js";
import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf, type OpName, type OpTable, tensorOf } from "../../ir/node.js";
import type { InFamily, ValueRules } from "../../ir/op.js";
import type { Tensor } from "../../ir/tensor.js";
import type { Broadcast } from "../../types/broadcast.js";
import type { Shape } from "../../types/dim.js";
import type { CheckDType, DType } from "../../types/dtype.js";
import { type CheckBinary, defineBinary } from "./binary.js";
import { opFunction } from "./opFunction.js";
import { limitBroadcast } from "./tensorflow-limits.js";

/** What tells one function of two truth values from another. */
interface LogicalRule<K extends OpName> extends Facts<K> {
  readonly name: K;
  /** TensorFlow's op, which has no attributes, and tfjs's kernel. */
  readonly kernel: string;
  readonly scalar: (a: number, b: number) => boolean;
}

/** Why there is no gradient of truth values. */
export const noSlope = { notDifferentiable: "truth values have no slope" } as const;

/** The definition of an elementwise function of two truth values, which broadcast against each other. */
export function defineLogical<K extends OpName>({ kernel, ...rule }: LogicalRule<K>): InFamily<K, "binary"> {
  return {
    ...defineBinary<K>({ ...rule, dtypes: ["bool"], tensorflow: kernel, tfjs: kernel, gradient: noSlope }),
    tensorflow(t, [a, b], { inputs: [x, y] }) {
      limitBroadcast(rule.name, x!.shape, y!.shape);
      return t.op(kernel, [a!, b!]);
    },
  };
}

/** A function of two tensors of truth values, element by element, with broadcasting. */
export type LogicalFunction<Op extends string> = <
  const A extends Shape,
  D extends DType,
  const B extends Shape,
  E extends DType,
>(
  a: Tensor<A, D> & CheckDType<Op, D, "bool">,
  b: Tensor<B, E> & CheckBinary<Op, A, D, B, E, "bool">,
) => Tensor<Broadcast<A, B>, "bool">;

/** The public function of such an op. */
export function logicalFunction<K extends OpName>(definition: ValueRules<K>): LogicalFunction<K> {
  return opFunction(definition.name, ["a", "b"], (a, b) =>
    tensorOf(makeNode(definition, [nodeOf(a, definition.name), nodeOf(b, definition.name)], {} as OpTable[K]) as Node),
  );
}
