import { lastUses } from "../../compiler/analysis/liveness.js";
import { bindDims } from "../../compiler/bindDims.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { internalError } from "../../src/ir/errors.js";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName } from "../../src/ir/node.js";
import { isUpdate, type OpDefinition, type RunContext } from "../../src/ir/op.js";
import { definitionOf } from "../../src/ops/registry.js";
import { evaluateDim } from "../../src/types/evaluate.js";
import { takeRows } from "../data/rows.js";
import type { BackendName, BatchGraph, Dataset, Executable } from "./backend.js";

/** How an interpreter holds values: on the host, or as tensors of a library. */
export interface Machine<V> {
  readonly backend: BackendName;
  fromHost(value: NdArray): V;
  toHost(value: V, dtype: NdArray["dtype"]): NdArray;
  /** Runs one op. Returns the value, or the new values of the variables that it updates. Leaves the inputs as they are. */
  run(definition: OpDefinition<OpName>, inputs: readonly V[], context: RunContext<OpName>): readonly V[];
  dispose(value: V): void;
}

/** Runs computations node by node. Every value is disposed after its last use. */
export class Interpreter<V> implements Executable {
  readonly #variables = new Map<Node, V>();
  readonly #dying = new Map<Graph, ReadonlyMap<Node, readonly Node[]>>();

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

  /** Runs a graph and reads its outputs; updates take effect when all is computed. */
  #execute(graph: Graph, feeds: ReadonlyMap<Node, NdArray>): Record<string, NdArray> {
    const dims = bindDims(feeds);
    const size = (dim: number | string) => evaluateDim(dim, dims);
    const values = new Map<Node, V>();
    const dying = this.#lastUses(graph);
    const updated: [Node, V][] = [];
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
        else {
          const definition = definitionOf(node.op) as OpDefinition<OpName>;
          const { attributes, dtype } = node;
          const inputs = node.inputs.map((input) => values.get(input)!);
          const context = { attributes, dtype, shape: node.shape.map(size), size };
          const produced = this.machine.run(definition, inputs, context);
          if (isUpdate(definition)) for (const [i, value] of produced.entries()) updated.push([node.inputs[i]!, value]);
          else values.set(node, produced[0]!);
        }
        dying.get(node)?.forEach(dispose);
      }
      const results = Object.entries(graph.outputs).map(([name, node]): [string, NdArray] => [
        name,
        this.machine.toHost(values.get(node)!, node.dtype),
      ]);
      for (const [node, value] of updated.splice(0)) this.#setVariable(node, value);
      return Object.fromEntries(results);
    } finally {
      // Of a run that failed, all that it had made by then.
      for (const node of values.keys()) dispose(node);
      for (const [, value] of updated) this.machine.dispose(value);
    }
  }

  /** When the values of a graph die; found out once for each graph. */
  #lastUses(graph: Graph): ReadonlyMap<Node, readonly Node[]> {
    const known = this.#dying.get(graph) ?? lastUses(graph);
    this.#dying.set(graph, known);
    return known;
  }
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
