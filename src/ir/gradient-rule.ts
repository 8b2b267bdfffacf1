import type { Builder } from "./builder.js";
import type { Node, OpName } from "./node.js";

/** What every gradient rule is given. The driver un-broadcasts and sums contributions; a rule does neither. */
interface GradientSurroundings<K extends OpName> {
  readonly b: Builder;
  /** The node whose inputs' gradients are wanted. Its output is the node itself. */
  readonly node: Node<K>;
  readonly inputs: readonly Node[];
  /** The gradients of nodes, as the driver finds them: for the rule of an op with a body. */
  pullBack(outputs: readonly Node[], cotangents: readonly Node[], wanted: readonly Node[]): (Node | undefined)[];
}

/** What the gradient rule of an op with one result is given. */
export interface GradientContext<K extends OpName> extends GradientSurroundings<K> {
  /** The gradient of the loss with respect to the node's output, of the output's shape. */
  readonly dy: Node;
}

/** What the gradient rule of an op with several results is given. */
export interface ResultsGradientContext<K extends OpName> extends GradientSurroundings<K> {
  /** The gradient of the loss with respect to each result; `undefined` where none flows. At least one does. */
  readonly dys: readonly (Node | undefined)[];
}

/** A gradient that does not exist, and why. Written down, never left out. */
export interface NotDifferentiable {
  readonly notDifferentiable: string;
}

/** One gradient per input, in order; `undefined` where an input has none (an index, a condition). */
export type GradientRule<K extends OpName> = (context: GradientContext<K>) => readonly (Node | undefined)[];

/** The same of an op with several results. */
export type ResultsGradientRule<K extends OpName> = (
  context: ResultsGradientContext<K>,
) => readonly (Node | undefined)[];
