import { bindDims } from "../../compiler/bindDims.js";
import { checkSizes } from "../../compiler/checkSizes.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { internalError } from "../../src/ir/errors.js";
import { evaluateDim } from "../../src/ir/evaluate.js";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { takeRows } from "../data/rows.js";
import type { BackendName, BatchGraph, Dataset, Executable, Total } from "./backend.js";
import { Evaluator } from "./evaluator.js";
import { lastOf } from "./lastOf.js";
import type { Machine } from "./machine.js";

/** Computations on a machine, which share the variables that are the same in them. */
export function interpreters<V>(machine: Machine<V>, computations: readonly Computation[]): Interpreter<V>[] {
  const variables = new Map<Node, V>();
  const free = lastOf(computations.length, () => disposeAll(machine, variables));
  return computations.map((computation) => new Interpreter(machine, computation, variables, free));
}

function disposeAll<V>(machine: Machine<V>, variables: Map<Node, V>): void {
  for (const value of variables.values()) machine.dispose(value);
  variables.clear();
}

/** Runs computations node by node. Every value is disposed after its last use. */
export class Interpreter<V> implements Executable {
  readonly #variables: Map<Node, V>;
  readonly #free: () => void;
  readonly #evaluator: Evaluator<V>;

  constructor(
    readonly machine: Machine<V>,
    readonly computation: Computation,
    variables = new Map<Node, V>(),
    free = () => disposeAll(machine, variables),
  ) {
    this.#variables = variables;
    this.#free = free;
    this.#evaluator = new Evaluator(machine);
  }

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

  upload(feeds: Readonly<Record<string, NdArray>>): Dataset {
    const nodes = this.#batches.feeds;
    return new HostDataset(new Map(Object.entries(feeds).map(([key, value]) => [nodes.get(key)!, value])));
  }

  run(graph: BatchGraph, data: Dataset, begin: number, end: number, batchSize: number): Record<string, Total> {
    const { arrays, order } = data as HostDataset;
    const sums = new Map<string, Total>();
    for (let position = begin; position < end; position += batchSize) {
      const rows = order.subarray(position, position + batchSize);
      const feeds = new Map([...arrays].map(([node, all]) => [node, takeRows(all, rows)]));
      const outputs = this.#execute(this.#batches[graph], feeds);
      for (const [name, value] of Object.entries(outputs)) {
        const { shape, data } = value;
        const sum = sums.get(name) ?? { shape: shape as readonly number[], data: new Float64Array(data.length) };
        sums.set(name, sum);
        for (let i = 0; i < data.length; i++) sum.data[i]! += data[i]!;
      }
    }
    return Object.fromEntries(sums);
  }

  step(graph: BatchGraph, batch: Readonly<Record<string, NdArray>>): Record<string, NdArray> {
    const { feeds } = this.#batches;
    const fed = new Map(Object.entries(batch).map(([key, value]) => [feeds.get(key)!, value]));
    return this.#execute(this.#batches[graph], fed);
  }

  call(inputs: Readonly<Record<string, NdArray>>): Record<string, NdArray> {
    return this.#execute(this.computation.call, this.#feeds(inputs));
  }

  dispose(): void {
    this.#free();
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
    checkSizes(graph, dims);
    const values = new Map<Node, V>();
    const isVariable = (node: Node) => isOp(node, "variable");
    try {
      this.#evaluator.compute(graph, values, {
        given: (node) => (isVariable(node) ? this.#variables.get(node)! : this.machine.fromHost(feeds.get(node)!)),
        isLent: isVariable,
        size: (dim) => evaluateDim(dim, dims),
      });
      const outputs = Object.entries(graph.outputs).map(([name, node]): [string, NdArray] => [
        name,
        this.machine.toHost(values.get(node)!, node.dtype),
      ]);
      this.#update(graph, values);
      return Object.fromEntries(outputs);
    } finally {
      // Of a run that failed, all that it had made by then.
      for (const [node, value] of values) if (!isVariable(node)) this.machine.dispose(value);
    }
  }

  /** Gives variables their next values, which are theirs from now on. What is another variable's, before or after, is copied. */
  #update({ updates }: Graph, values: Map<Node, V>): void {
    const given = new Set<V>(this.#variables.values());
    const next = [...updates].map(([variable, node]) => {
      const value = values.get(node)!;
      const own = given.has(value) ? this.#evaluator.copy(value) : value;
      given.add(own);
      return [variable, own] as const;
    });
    for (const node of updates.values()) values.delete(node);
    for (const [variable, value] of next) this.#setVariable(variable, value);
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
