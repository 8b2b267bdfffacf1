import type { OpName, OpTable } from "../../ir/node.js";
import type { ValueRules } from "../../ir/op.js";
import { refuse } from "../../ir/refuse.js";
import type { TrainingRule } from "../../ir/training.js";
import { checkDType } from "../../types/dtype.js";
import { noFlops } from "./flops.js";

/** What tells one op that acts in training alone from another. */
export interface TrainingOnlyRule<K extends OpName> {
  readonly name: K;
  /** The message for attributes that it does not take. */
  readonly check?: (attributes: OpTable[K]) => string | undefined;
  readonly training: TrainingRule<K>;
}

/** The definition of an op from float32 to float32 that leaves its input as it is, but in training. */
export function defineTrainingOnly<K extends OpName>({ name, check, training }: TrainingOnlyRule<K>): ValueRules<K> {
  return {
    name,
    traits: ["keepsFinite", "trainingOnly", "drawsInTraining"],
    view: true,
    infer([x], attributes) {
      refuse("SW_DTYPE", name, checkDType(name, x!.dtype, ["float32"]));
      refuse("SW_VALUE", name, check?.(attributes));
      return x!;
    },
    training,
    gradient: ({ dy }) => [dy],
    tensorflow: (_, [x]) => x!,
    tfjs: (k, [x]) => k.reshape(x!, x!.shape),
    reference: ([x]) => x!,
    flops: noFlops,
  };
}
