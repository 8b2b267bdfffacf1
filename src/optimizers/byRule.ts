import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { Tensor } from "../ir/tensor.js";
import type { Optimizer, StepContext } from "./optimizer.js";

/** What an optimizer's rule is written with. */
export interface Ruled {
  /** The variable's full name. */
  readonly name: string;
  readonly w: Tensor<any>;
  readonly gradient: Tensor<any>;
  readonly rate: Tensor<[]>;
  /** What is kept for the variable. */
  readonly kept: Readonly<Record<string, Tensor<any>>>;
  /** The number of this step, from 1: a float32 scalar. */
  readonly time: Tensor<[]>;
}

/** The next value of a variable, and of what is kept for it. */
export type Rule = (ruled: Ruled) => readonly [w: Tensor<any>, kept: Readonly<Record<string, Tensor<any>>>];

/** A step that changes every variable by itself, by a rule in plain arithmetic. */
export function byRule(rule: Rule): Optimizer["step"] {
  return (context) => {
    const time = timeOf(context);
    return context.parameters.flatMap(({ name, variable, slots, gradient, learningRate }) => {
      const tensors = Object.entries(slots).map(([slot, node]) => [slot, tensorOf<Tensor<any>>(node)] as const);
      const [w, kept] = rule({
        name,
        w: tensorOf(variable),
        gradient: tensorOf(gradient),
        rate: tensorOf(learningRate),
        kept: Object.fromEntries(tensors),
        time,
      });
      const next = (node: Node<"variable">, value: Tensor<any>) => [node, nodeOf(value)] as const;
      return [next(variable, w), ...Object.entries(kept).map(([slot, value]) => next(slots[slot]!, value))];
    });
  };
}

/** The number of a step, from 1: a float32 scalar. */
export function timeOf({ b, steps }: StepContext): Tensor<[]> {
  return tensorOf(b.op("cast", [b.op("add", [steps, b.scalar(1, "int32")])], { dtype: "float32" }));
}
