import { bindDims } from "../../compiler/bindDims.js";
import type { NdArray } from "../../src/ir/array.js";
import { evaluateDim } from "../../src/ir/evaluate.js";
import { finalValues, type Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { Total } from "../backends/backend.js";
import type { SizeOf } from "../backends/bodies.js";
import { Evaluator } from "../backends/evaluator.js";
import { referenceMachine } from "../backends/reference.js";
import { isFiniteSum } from "../data/isFiniteSum.js";

/** A node that made a number that is none, with what it made it from. */
export interface Origin {
  readonly node: Node;
  readonly result: NdArray;
  readonly inputs: readonly NdArray[];
  /** The place in the result. */
  readonly at: number;
}

/**
 * Runs a graph node by node on the reference kernels and finds who first made infinity or NaN on the way to what an output or a
 * variable's next value is. What is infinite on purpose, such as a mask before a softmax, leads to no such value and is not taken
 * for the origin.
 *
 * @returns undefined where all are finite on these kernels
 */
export function firstNonFinite(graph: Graph, given: ReadonlyMap<Node, NdArray>): Origin | undefined {
  const dims = bindDims(new Map([...given].filter(([node]) => isOp(node, "input"))));
  const watch = new Watch();
  watch.compute(graph, new Map(), {
    given: (node) => watch.see(node, given.get(node)!),
    isLent: () => false,
    size: (dim) => evaluateDim(dim, dims),
  });
  const ends = finalValues(graph).filter((node) => node.part !== "metric" && watch.isBad(node));
  // The loss comes before the updates: where it is finite, the fault is in the gradient.
  return ends[0] && watch.originOf(ends[0]);
}

/** What was seen of a node's results that are not all finite. */
interface Seen {
  readonly isNaN: boolean;
  readonly origin: Origin;
}

/** Keeps of every node whose results are not all finite how it made them. */
class Watch extends Evaluator<NdArray> {
  readonly #bad = new Map<Node, Seen>();
  /** Those that made such a number from numbers, in the order in which they ran. */
  readonly #made: Origin[] = [];

  constructor() {
    super(referenceMachine);
  }

  isBad(node: Node): boolean {
    return this.#bad.has(opOf(node));
  }

  /** Looks at what is given: an input or a variable. */
  see(node: Node, value: NdArray): NdArray {
    this.#look(node, [], [value]);
    return value;
  }

  override run(node: Node, inputs: readonly NdArray[], size: SizeOf): readonly NdArray[] {
    const before = this.#made.length;
    const results = super.run(node, inputs, size);
    this.#look(node, inputs, results, this.#made[before]);
    return results;
  }

  /** Goes back from a bad value to who made it: from NaN through inputs that are NaN, then through those that are infinite. */
  originOf(node: Node): Origin {
    const { isNaN, origin } = this.#bad.get(opOf(node))!;
    // What is infinite as a constant is so on purpose.
    const bad = opOf(node).inputs.filter((input) => this.isBad(input) && !isOp(input, "constant"));
    const next = bad.find((input) => this.#bad.get(opOf(input))!.isNaN === isNaN) ?? bad[0];
    return next === undefined ? origin : this.originOf(next);
  }

  /** @param inside who made one first in the bodies of the node */
  #look(node: Node, inputs: readonly NdArray[], results: readonly NdArray[], inside?: Origin): void {
    for (const result of results) {
      const at = badPlace(result);
      if (at === undefined) continue;
      const origin = inside ?? { node, result, inputs, at };
      this.#bad.set(node, { isNaN: Number.isNaN(result.data[at]), origin });
      if (!inside && inputs.every((input) => badPlace(input) === undefined)) this.#made.push(origin);
      return;
    }
  }
}

/** Where NaN is in an array, or else infinity. */
export function badPlace({ data, dtype }: NdArray | (Total & { readonly dtype?: undefined })): number | undefined {
  if ((dtype !== undefined && dtype !== "float32") || isFiniteSum(data)) return undefined;
  const place = data.findIndex(Number.isNaN);
  const at = place >= 0 ? place : data.findIndex((value: number) => !Number.isFinite(value));
  return at < 0 ? undefined : at;
}

/** Who computes a node's value: of a result, the op whose it is. */
function opOf(node: Node): Node {
  return isOp(node, "result") ? node.inputs[0]! : node;
}
