import type { Graph } from "../../src/ir/graph.js";
import type { Node } from "../../src/ir/node.js";
import type { Loss } from "../../src/losses/loss.js";
import type { Model } from "../../src/model.js";

/** All codes of warnings, with what they mean. */
export const warningCodes = {
  SW_WARN_AFFINE_CHAIN: "Two affine maps, one after the other, with no activation between them: they are one.",
  SW_WARN_BATCH_BROADCAST:
    "A model, a loss or a metric that puts each sample beside all others, by [batch, 1] with [batch].",
  SW_WARN_BATCH_REDUCTION: "An output for a sample that depends on the other samples of its batch.",
  SW_WARN_CLASSIFIER_ACTIVATION:
    "An activation that does not go with the loss: relu, or a sigmoid or softmax out of place.",
  SW_WARN_LOGITS: "Logits where the loss takes probabilities.",
  SW_WARN_MEMORY: "A training step takes more memory than its budget, computing again what can be.",
  SW_WARN_NO_GRADIENT: "Trainable variables that no gradient reaches.",
  SW_WARN_PROBABILITIES: "Probabilities where the loss takes logits.",
  SW_WARN_SAME_NAME: "Programs that are opened together, with layers of one name that are not one layer.",
  SW_WARN_UNUSED_INPUT: "An input that nothing is computed from.",
  SW_WARN_UNUSED_TARGET: "A loss that is not computed from the target.",
} as const;

export type WarningCode = keyof typeof warningCodes;

/** A probable mistake in a model that compiles all the same. `code` is stable and may be matched on. */
export interface CompileWarning {
  readonly code: WarningCode;
  readonly message: string;
}

/** Says a warning where nothing else is to become of it. */
export function printWarning({ message }: CompileWarning): void {
  console.warn(`shapewright: ${message}`);
}

/** What is looked through for mistakes: a model and its graphs, as they are before any pass. */
export interface Examined {
  readonly model: Pick<Model<any, any>, "inputs" | "names" | "variables">;
  /** Each output that a loss is taken of, with its target: none of a model alone. */
  readonly judged: readonly JudgedOutput[];
  /** What the loss is taken of. */
  readonly answers: readonly Node[];
  readonly sources: { readonly evaluate: Graph; readonly predict: Graph };
  /** What the loss has been differentiated with respect to: gradients, and what they are the gradients of. */
  readonly gradientOf: ReadonlyMap<Node, readonly Node[]>;
}

export interface JudgedOutput {
  readonly output: Node;
  readonly target: Node;
  readonly loss: Loss;
}

/** Finds the mistakes of one kind: a message for each. */
export type Check = (examined: Examined) => readonly string[];
