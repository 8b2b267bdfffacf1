import { lastUses } from "../../compiler/analysis/liveness.js";
import { generate } from "../../src/ir/array.js";
import type { Body } from "../../src/ir/body.js";
import { type Graph, graphOfBody, resultsRead } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName, type OpTable } from "../../src/ir/node.js";
import type { OpDefinition } from "../../src/ir/op.js";
import { definitionOf } from "../../src/ops/registry.js";
import type { Dim } from "../../src/types/dim.js";
import type { Machine } from "./machine.js";

/** The size that a dim has in a run. */
type SizeOf = (dim: Dim) => number;

/** What is found out once for each graph: when values die, and who reads the results of an op that has several. */
interface Plan {
  readonly dying: ReadonlyMap<Node, readonly Node[]>;
  readonly results: ReadonlyMap<Node, readonly Node<"result">[]>;
}

/** What a graph is computed among. */
interface Surroundings<V> {
  /** The value of an input or a variable. */
  given(node: Node): V;
  /** Whether a node's value is another's to dispose. */
  isLent(node: Node): boolean;
  readonly size: SizeOf;
}

/** Computes graphs and nodes on a machine. */
export class Evaluator<V> {
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
    if (isOp(node, "scan")) return this.#scan(node, inputs, size);
    const { op, attributes, dtype, shape } = node;
    return this.machine.run(definitionOf(op) as OpDefinition<OpName>, inputs, {
      attributes,
      dtype,
      shape: shape.map(size),
      size,
    });
  }

  /** The same value with a life of its own. */
  copy(value: V): V {
    return this.#op("barrier", [value], {}, [], "float32");
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

  #scan(node: Node<"scan">, inputs: readonly V[], size: SizeOf): readonly V[] {
    const { body, carries, sequences, length, reverse } = node.attributes;
    const scanned = inputs.slice(carries, carries + sequences);
    const captured = inputs.slice(carries + sequences);
    const outputs = body.results.slice(carries).map((): V[] => []);
    const rounds = size(length);
    return this.#owning((own, free) => {
      let carried = inputs.slice(0, carries).map((value) => own(this.copy(value)));
      for (let round = 0; round < rounds; round++) {
        const place = reverse ? rounds - 1 - round : round;
        const slices = scanned.map((sequence, i) =>
          own(this.#placeOf(sequence, body.parameters[carries + i]!, place, size)),
        );
        const results = this.#round(body, [...carried, ...slices, ...captured], size).map(own);
        for (const value of [...carried, ...slices]) free(value);
        carried = results.slice(0, carries);
        for (const [i, list] of outputs.entries()) list.push(results[carries + i]!);
      }
      const stacks = outputs.map((list, i) => {
        const shape = body.results[carries + i]!.shape.map(size);
        const stack = own(this.#stack(reverse ? list.reverse() : list, shape, node.results![carries + i]!.dtype));
        for (const value of list) free(value);
        return stack;
      });
      return [...carried, ...stacks];
    });
  }

  /** Runs what makes and frees values; of one that fails, all that it still owns is freed. */
  #owning<T>(compute: (own: (value: V) => V, free: (value: V) => void) => T): T {
    const owned = new Set<V>();
    const own = (value: V) => {
      owned.add(value);
      return value;
    };
    const free = (value: V) => {
      owned.delete(value);
      this.machine.dispose(value);
    };
    try {
      return compute(own, free);
    } catch (error) {
      for (const value of owned) this.machine.dispose(value);
      throw error;
    }
  }

  /** The results of a body, each with a life of its own; its inputs stay the caller's. */
  #round(body: Body, inputs: readonly V[], size: SizeOf): V[] {
    const values = new Map<Node, V>();
    const given = (node: Node) => inputs[body.parameters.indexOf(node)]!;
    const isLent = (node: Node) => body.parameters.includes(node);
    try {
      this.compute(graphOfBody(body), values, { given, isLent, size });
    } catch (error) {
      for (const [node, value] of values) if (!isLent(node)) this.machine.dispose(value);
      throw error;
    }
    const taken = new Set<Node>(body.parameters);
    return body.results.map((node) => {
      const value = values.get(node)!;
      const own = taken.has(node) ? this.copy(value) : value;
      taken.add(node);
      return own;
    });
  }

  #placeOf(sequence: V, { shape, dtype }: Node, place: number, size: SizeOf): V {
    const sizes = shape.map(size);
    const begin = [place, ...sizes.map(() => 0)];
    return this.#owning((own, free) => {
      const slice = own(this.#op("slice", [sequence], { begin, size: [1, ...sizes] }, [1, ...sizes], dtype));
      const value = this.#op("reshape", [slice], { shape: sizes }, sizes, dtype);
      free(slice);
      return value;
    });
  }

  #stack(values: readonly V[], shape: readonly number[], dtype: Node["dtype"]): V {
    if (values.length === 0) return this.machine.fromHost(generate([0, ...shape], dtype, () => 0));
    return this.#owning((own, free) => {
      const rows = values.map((value) =>
        own(this.#op("reshape", [value], { shape: [1, ...shape] }, [1, ...shape], dtype)),
      );
      const stack = this.#op("concat", rows, { axis: 0 }, [rows.length, ...shape], dtype);
      for (const row of rows) free(row);
      return stack;
    });
  }

  #op<K extends OpName>(
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
