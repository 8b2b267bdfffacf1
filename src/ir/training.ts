import type { Builder } from "./builder.js";
import type { Node, OpName } from "./node.js";

/** What an op's rule for training is given. */
export interface TrainingContext<K extends OpName> {
  readonly b: Builder;
  readonly node: Node<K>;
  /** The node's inputs as they are in training. */
  readonly inputs: readonly Node[];
  /** The key of what the node draws: in each step, and for each node, another one. */
  key(): Node;
  /** The value that a variable has so far: its next value, where another node of the step gives it one. */
  current(variable: Node): Node;
  /** What a body gives in training. It reads its keys by `keyInside`, which is given those that it would read outside. */
  inside(results: readonly Node[], keyInside: (key: Node) => Node): readonly Node[];
}

/** What a node becomes in training. */
export interface Trained {
  /** What takes the place of its results. */
  readonly results: readonly Node[];
  /** The next values of variables, if it changes any. */
  readonly nextValues?: () => readonly (readonly [variable: Node, next: Node])[];
}

/** What an op becomes in training, where that is something else; nothing where it stays what it is. */
export type TrainingRule<K extends OpName> = (context: TrainingContext<K>) => Trained | undefined;
