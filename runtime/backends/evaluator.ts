import { lastUses } from "../../compiler/analysis/liveness.js";
import { asCalled } from "../../src/ir/asCalled.js";
import { type Graph, resultsRead } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName, type OpTable } from "../../src/ir/node.js";
import type { OpDefinition } from "../../src/ir/op.js";
import { controlOf, definitionOf } from "../../src/ops/registry.js";
import { Bodies, type GraphRunner, type SizeOf, type Surroundings } from "./bodies.js";
import type { Machine } from "./machine.js";

/** What is found out once for each graph: when values die, and who reads the results of an op that has several. */
interface Plan {
  readonly dying: ReadonlyMap<Node, readonly Node[]>;
  readonly results: ReadonlyMap<Node, readonly Node<"result">[]>;
}

/** Computes graphs and nodes on a machine. */
export class Evaluator<V> implements GraphRunner<V> {
  readonly #plans = new WeakMap<Graph, Plan>();
  constructor(readonly machine: Machine<V>) {}

  /**
   * Computes a graph's nodes. Every value is disposed after its last use, but those that are lent.
   *
   * @param values what is left at the end is in it
   */
  compute(graph: Graph, values: Map<Node, V>, { given, isLent, size }: Surroundings<V>): void {
    const { dying, results } = this.#planOf(graph);
    for (const node of graph.nodes) {
      if (isOp(node, "input") || isOp(node, "variable")) values.set(node, given(node));
      else if (!isOp(node, "result")) {
        const inputs = node.inputs.map((input) => values.get(input)!);
        const produced = this.run(node, inputs, size);
        if (node.results) this.#hand(produced, results.get(node) ?? [], values);
        else values.set(node, produced[0]!);
      }
      for (const dead of dying.get(node) ?? []) {
        const value = values.get(dead);
        if (value === undefined || isLent(dead)) continue;
        this.machine.dispose(value);
        values.delete(dead);
      }
    }
  }

  /** The results of one node, which are the caller's. */
  run(node: Node, inputs: readonly V[], size: SizeOf): readonly V[] {
    const control = controlOf(node);
    if (control) return new Bodies(this, node, size).run(control, inputs);
    const { op, attributes, dtype, shape } = node;
    const context = { attributes, dtype, shape: shape.map(size), size };
    try {
      return this.machine.run(definitionOf(op) as OpDefinition<OpName>, inputs, context);
    } catch (error) {
      throw asCalled(error, node);
    }
  }

  /** The same value with a life of its own. */
  copy(value: V): V {
    return this.op("barrier", [value], {}, [], "float32");
  }

  /** Hands the results of an op to those who stand for them; what nobody reads is freed. */
  #hand(produced: readonly V[], readers: readonly Node<"result">[], values: Map<Node, V>): void {
    const free = new Set(produced);
    for (const node of readers) {
      const value = produced[node.attributes.index]!;
      values.set(node, free.delete(value) ? value : this.copy(value));
    }
    for (const value of free) this.machine.dispose(value);
  }

  /** The result of an op on sizes that are known. */
  op<K extends OpName>(
    op: K,
    inputs: readonly V[],
    attributes: OpTable[K],
    shape: readonly number[],
    dtype: Node["dtype"],
  ): V {
    const context = { attributes, dtype, shape, size: Number };
    return this.machine.run(definitionOf(op) as OpDefinition<OpName>, inputs, context as never)[0]!;
  }

  #planOf(graph: Graph): Plan {
    const known = this.#plans.get(graph) ?? { dying: lastUses(graph), results: resultsRead(graph) };
    this.#plans.set(graph, known);
    return known;
  }
}
