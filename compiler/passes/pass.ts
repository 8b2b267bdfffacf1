import type { Graph } from "../../src/ir/graph.js";
import type { OpName } from "../../src/ir/node.js";

/** A named, pure function from graph to graph. What the graph computes stays the same. */
export interface Pass {
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  readonly run: (graph: Graph) => Graph;
  /** Ops of which a graph must have one, or the pass leaves it as it is without looking. Any, unless said otherwise. */
  readonly needs?: readonly OpName[];
  /** Said of a pass that looks at whole graphs alone, not at the bodies of loops in them. */
  readonly ofWhole?: true;
}

/** Is told what a pass made of a graph: the same graph where it changed nothing. */
export type PassObserver = (pass: Pass, before: Graph, after: Graph) => void;
