import { lastUses } from "../../compiler/analysis/liveness.js";
import { bindDims } from "../../compiler/bindDims.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { internalError } from "../../src/ir/errors.js";
import { type Graph, resultsRead } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName } from "../../src/ir/node.js";
import type { OpDefinition, RunContext } from "../../src/ir/op.js";
import { definitionOf } from "../../src/ops/registry.js";
import { evaluateDim } from "../../src/types/evaluate.js";
import { takeRows } from "../data/rows.js";
import type { BackendName, BatchGraph, Dataset, Executable } from "./backend.js";

/** How an interpreter holds values: on the host, or as tensors of a library. */
export interface Machine<V> {
  readonly backend: BackendName;
  fromHost(value: NdArray): V;
  toHost(value: V, dtype: NdArray["dtype"]): NdArray;
  /** Runs one op. Returns its results, each with a life of its own. Leaves the inputs as they are. */
  run(definition: OpDefinition<OpName>, inputs: readonly V[], context: RunContext<OpName>): readonly V[];
  dispose(value: V): void;
}

/** Runs computations node by node. Every value is disposed after its last use. */
export class Interpreter<V> implements Executable {
  readonly #variables = new Map<Node, V>();
  readonly #plans = new Map<Graph, Plan>();

  constructor(
    readonly machine: Machine<V>,
    readonly computation: Computation,
  ) {}

  get backend(): BackendName {
    return this.machine.backend;
  }

  setVariables(values: ReadonlyMap<string, NdArray>): void {
    for (const [name, value] of values) this.#setVariable(this.#variable(name), this.machine.fromHost(value));
  }

  getVariables(names: readonly string[]): Map<string, NdArray> {
    return new Map(
      names.map((name) => {
        const node = this.#variable(name);
        return [name, this.machine.toHost(this.#variables.get(node)!, node.dtype)];
      }),
    );
  }

  upload(inputs: Readonly<Record<string, NdArray>>, target: NdArray): Dataset {
    return new HostDataset(this.#feeds(inputs).set(this.#batches.target, target));
  }

  run(graph: BatchGraph, data: Dataset, begin: number, end: number, batchSize: number): Record<string, number> {
    const { arrays, order } = data as HostDataset;
    const sums = new Map<string, number>();
    for (let position = begin; position < end; position += batchSize) {
      const rows = order.subarray(position, position + batchSize);
      const feeds = new Map([...arrays].map(([node, all]) => [node, takeRows(all, rows)]));
      const outputs = this.#execute(this.#batches[graph], feeds);
      for (const [name, value] of Object.entries(outputs)) {
        sums.set(name, (sums.get(name) ?? 0) + (value.data[0] as number));
      }
    }
    return Object.fromEntries(sums);
  }

  call(inputs: Readonly<Record<string, NdArray>>): Record<string, NdArray> {
    return this.#execute(this.computation.call, this.#feeds(inputs));
  }

  dispose(): void {
    for (const value of this.#variables.values()) this.machine.dispose(value);
    this.#variables.clear();
  }

  get #batches() {
    if (!this.computation.batches) throw internalError("this computation does not run over batches");
    return this.computation.batches;
  }

  #feeds(inputs: Readonly<Record<string, NdArray>>): Map<Node, NdArray> {
    return new Map(Object.entries(inputs).map(([name, value]) => [this.computation.inputs.get(name)!, value]));
  }

  #variable(name: string): Node {
    const node = this.computation.variables.get(name);
    if (!node) throw internalError(`no variable is named "${name}"`);
    return node;
  }

  #setVariable(node: Node, value: V): void {
    const old = this.#variables.get(node);
    this.#variables.set(node, value);
    if (old !== undefined) this.machine.dispose(old);
  }

  /** Runs a graph and reads its outputs; variables get their next values when all is computed. */
  #execute(graph: Graph, feeds: ReadonlyMap<Node, NdArray>): Record<string, NdArray> {
    const dims = bindDims(feeds);
    const size = (dim: number | string) => evaluateDim(dim, dims);
    const values = new Map<Node, V>();
    const { dying, results } = this.#planOf(graph);
    const dispose = (node: Node) => {
      const value = values.get(node);
      if (value === undefined || isOp(node, "variable")) return;
      this.machine.dispose(value);
      values.delete(node);
    };
    try {
      for (const node of graph.nodes) {
        if (isOp(node, "variable")) values.set(node, this.#variables.get(node)!);
        else if (isOp(node, "input")) values.set(node, this.machine.fromHost(feeds.get(node)!));
        else if (!isOp(node, "result")) {
          const definition = definitionOf(node.op) as OpDefinition<OpName>;
          const { attributes, dtype } = node;
          const inputs = node.inputs.map((input) => values.get(input)!);
          const context = { attributes, dtype, shape: node.shape.map(size), size };
          const produced = this.machine.run(definition, inputs, context);
          if (node.results) this.#hand(produced, results.get(node) ?? [], values);
          else values.set(node, produced[0]!);
        }
        dying.get(node)?.forEach(dispose);
      }
      const outputs = Object.entries(graph.outputs).map(([name, node]): [string, NdArray] => [
        name,
        this.machine.toHost(values.get(node)!, node.dtype),
      ]);
      this.#update(graph, values);
      return Object.fromEntries(outputs);
    } finally {
      // Of a run that failed, all that it had made by then.
      for (const node of values.keys()) dispose(node);
    }
  }

  /** Gives variables their next values, which are theirs from now on. What is another variable's, before or after, is copied. */
  #update({ updates }: Graph, values: Map<Node, V>): void {
    const given = new Set<V>(this.#variables.values());
    const next = [...updates].map(([variable, node]) => {
      const value = values.get(node)!;
      const own = given.has(value) ? this.#copy(value) : value;
      given.add(own);
      return [variable, own] as const;
    });
    for (const node of updates.values()) values.delete(node);
    for (const [variable, value] of next) this.#setVariable(variable, value);
  }

  /** Hands the results of an op to those who stand for them; what nobody reads is freed. */
  #hand(produced: readonly V[], readers: readonly Node<"result">[], values: Map<Node, V>): void {
    const free = new Set(produced);
    for (const node of readers) {
      const value = produced[node.attributes.index]!;
      values.set(node, free.delete(value) ? value : this.#copy(value));
    }
    for (const value of free) this.machine.dispose(value);
  }

  #copy(value: V): V {
    const context = { attributes: {}, dtype: "float32", shape: [], size: Number } as const;
    return this.machine.run(definitionOf("barrier") as OpDefinition<OpName>, [value], context)[0]!;
  }

  #planOf(graph: Graph): Plan {
    const known = this.#plans.get(graph) ?? { dying: lastUses(graph), results: resultsRead(graph) };
    this.#plans.set(graph, known);
    return known;
  }
}

/** What is found out once for each graph: when values die, and who reads the results of an op that has several. */
interface Plan {
  readonly dying: ReadonlyMap<Node, readonly Node[]>;
  readonly results: ReadonlyMap<Node, readonly Node<"result">[]>;
}

/** Samples on the host; batches are gathered as they are needed. */
class HostDataset implements Dataset {
  #order: Int32Array | undefined;
  constructor(readonly arrays: ReadonlyMap<Node, NdArray>) {}

  get order(): Int32Array {
    if (!this.#order) throw internalError("a dataset is run before its order is set");
    return this.#order;
  }

  setOrder(order: Int32Array): void {
    this.#order = order;
  }

  dispose(): void {}
}
