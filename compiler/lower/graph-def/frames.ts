import type { GraphDType } from "./attributes.js";

/** One output of one node. */
export interface TensorRef {
  readonly node: string;
  readonly output: number;
}

/**
 * A while loop's frame, or one way of a choice. TensorFlow runs a node once in every round of the loop which the node stands in, and
 * not at all in a way that is not chosen. A value comes into a loop only through an `Enter` node, and into a way through a `Switch`.
 */
export interface Frame {
  readonly name: string;
  readonly parent: Frame | undefined;
  readonly entry:
    | { readonly kind: "loop"; readonly parallelIterations: number }
    | { readonly kind: "choice"; readonly predicate: TensorRef; readonly output: 0 | 1 };
  /** Values from outside that have been entered already, by the text of their edge. */
  readonly entered: Map<string, TensorRef>;
  /** Alive only in rounds whose body runs, and in the way that is chosen; there is none while a condition is being built. */
  control: TensorRef | undefined;
}

/** What the builder remembers of a node. */
export interface NodeRecord {
  readonly op: string;
  readonly frame: Frame | undefined;
  /** The dtype of each output; `undefined` where it isn't known. */
  readonly dtypes: readonly (GraphDType | undefined)[];
}

/** A value as a node's input names it. */
export function edge(ref: TensorRef): string {
  return ref.output === 0 ? ref.node : `${ref.node}:${ref.output}`;
}

/** "Only after this node", as a node's input says it. */
export function controlEdge(ref: TensorRef): string {
  return `^${ref.node}`;
}

/** How many loops and choices a frame stands in; 0 is outside of all. */
export function depth(frame: Frame | undefined): number {
  return frame === undefined ? 0 : 1 + depth(frame.parent);
}

/** Whether `frame` is `inner` or a frame around it. */
export function encloses(frame: Frame | undefined, inner: Frame | undefined): boolean {
  if (frame === inner) return true;
  return inner !== undefined && encloses(frame, inner.parent);
}
