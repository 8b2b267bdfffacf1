import type { Kind } from "./kinds.js";

/** What is drawn of a graph: plain data, so that a page can carry it as JSON. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly groups: readonly DiagramGroup[];
}

/** A node as it is drawn. */
export interface DiagramNode {
  readonly kind: Kind;
  /** The op, or for an output of the graph "output". */
  readonly op: string;
  /** The name of an input, a variable or an output. */
  readonly name?: string;
  /** What it is called in generated code, where it has a name there. */
  readonly written?: string;
  /** What it computes, as a mathematician writes it. */
  readonly formula?: string;
  /** Of an input or a variable, what it is for: "target", "of the optimizer". */
  readonly role?: string;
  /** Index of its layer's group; absent outside of every layer. */
  readonly group?: number;
  /** What it reads, in order: indices of nodes, and scalar constants as text. */
  readonly inputs: readonly (number | string)[];
  /** The nodes of the diagram of which it is the gradient, where it is one. */
  readonly gradientOf?: readonly number[];
  /** `float32[batch, 512]`. */
  readonly type: string;
  /** Names and values, as text. */
  readonly attributes: readonly (readonly [string, string])[];
  /** The number of a trainable variable's elements. */
  readonly parameters?: number;
  /** Where the user's call stands that made it, as a number in the page's list of such. */
  readonly source?: number;
  readonly flops: number;
  /** What it reads and writes. */
  readonly bytes: number;
  /**
   * How `flops` and `bytes` grow with the batch: what n batches of the given size more add to each for n, and, where there is such, for n².
   */
  readonly perBatch?: readonly number[];
  /** Where a diagram is of several stages of a graph: the first stage that has it; that of before any pass, unless said. */
  readonly from?: number;
  /** The first stage that has it no more. */
  readonly until?: number;
  /** What it reads from a stage on, where that changes; then `inputs` are all of these. */
  readonly inputsFrom?: readonly (readonly [number, readonly (number | string)[]])[];
  /** The stages in which it stands elsewhere, or is otherwise, than in the one before. */
  readonly moved?: readonly number[];
}

/** A layer, or a part of the model that holds layers: what a layer's name has before a slash. */
export interface DiagramGroup {
  readonly name: string;
  readonly parent?: number;
  /** Of a group that holds equal blocks, their number. */
  readonly times?: number;
  /** Set where it is no layer, but the update of a weight within one. */
  readonly isUpdate?: true;
}
