import { generate } from "../../src/ir/array.js";
import type { Body } from "../../src/ir/body.js";
import type { Choice, Control, Loop } from "../../src/ir/control.js";
import { type Graph, graphOfBody } from "../../src/ir/graph.js";
import type { Node, OpName, OpTable } from "../../src/ir/node.js";
import type { Dim } from "../../src/types/dim.js";
import type { Machine } from "./machine.js";

/** The size that a dim has in a run. */
export type SizeOf = (dim: Dim) => number;

/** What a graph is computed among. */
export interface Surroundings<V> {
  /** The value of an input or a variable. */
  given(node: Node): V;
  /** Whether a node's value is another's to dispose. */
  isLent(node: Node): boolean;
  readonly size: SizeOf;
}

/** What computes graphs and ops on a machine. */
export interface GraphRunner<V> {
  readonly machine: Machine<V>;
  compute(graph: Graph, values: Map<Node, V>, surroundings: Surroundings<V>): void;
  copy(value: V): V;
  op<K extends OpName>(
    op: K,
    inputs: readonly V[],
    attributes: OpTable[K],
    shape: readonly number[],
    dtype: Node["dtype"],
  ): V;
}

/** Runs the bodies of one node: rounds and choices are the host's. */
export class Bodies<V> {
  constructor(
    readonly runner: GraphRunner<V>,
    readonly node: Node,
    readonly size: SizeOf,
  ) {}

  /** The results of the node, which are the caller's. */
  run(control: Control, inputs: readonly V[]): readonly V[] {
    return control.kind === "loop" ? this.#loop(control, inputs) : this.#choice(control, inputs);
  }

  #choice({ ifTrue, ifFalse }: Choice, [predicate, ...inputs]: readonly V[]): readonly V[] {
    return this.#round(this.#isTrue(predicate!) ? ifTrue : ifFalse, inputs);
  }

  #loop({ body, condition, carries, sequences, length, reverse }: Loop, inputs: readonly V[]): readonly V[] {
    const scanned = inputs.slice(carries, carries + sequences);
    const captured = inputs.slice(carries + sequences);
    const outputs = body.results.slice(carries).map((): V[] => []);
    const places = length === undefined ? 0 : this.size(length);
    return this.#owning((own, free) => {
      let carried = inputs.slice(0, carries).map((value) => own(this.runner.copy(value)));
      const follows = (round: number) => {
        if (!condition) return round < places;
        const [answer] = this.#round(condition, [...carried, ...captured]).map(own);
        const isTrue = this.#isTrue(answer!);
        free(answer!);
        return isTrue;
      };
      for (let round = 0; follows(round); round++) {
        const place = reverse ? places - 1 - round : round;
        const slices = scanned.map((sequence, i) => own(this.#placeOf(sequence, body.parameters[carries + i]!, place)));
        const results = this.#round(body, [...carried, ...slices, ...captured]).map(own);
        for (const value of [...carried, ...slices]) free(value);
        carried = results.slice(0, carries);
        for (const [i, list] of outputs.entries()) list.push(results[carries + i]!);
      }
      const stacks = outputs.map((list, i) => {
        const { dtype } = this.node.results![carries + i]!;
        const shape = body.results[carries + i]!.shape.map(this.size);
        while (list.length < places) list.push(own(this.runner.machine.fromHost(generate(shape, dtype, () => 0))));
        const stack = own(this.#stack(reverse ? list.reverse() : list, shape, dtype));
        for (const value of list) free(value);
        return stack;
      });
      return [...carried, ...stacks];
    });
  }

  #isTrue(value: V): boolean {
    return Boolean(this.runner.machine.toHost(value, "bool").data[0]);
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
      this.runner.machine.dispose(value);
    };
    try {
      return compute(own, free);
    } catch (error) {
      for (const value of owned) this.runner.machine.dispose(value);
      throw error;
    }
  }

  /** The results of a body, each with a life of its own; its inputs stay the caller's. */
  #round(body: Body, inputs: readonly V[]): V[] {
    const values = new Map<Node, V>();
    const given = (node: Node) => inputs[body.parameters.indexOf(node)]!;
    const isLent = (node: Node) => body.parameters.includes(node);
    try {
      this.runner.compute(graphOfBody(body), values, { given, isLent, size: this.size });
    } catch (error) {
      for (const [node, value] of values) if (!isLent(node)) this.runner.machine.dispose(value);
      throw error;
    }
    const taken = new Set<Node>(body.parameters);
    return body.results.map((node) => {
      const value = values.get(node)!;
      const own = taken.has(node) ? this.runner.copy(value) : value;
      taken.add(node);
      return own;
    });
  }

  #placeOf(sequence: V, { shape, dtype }: Node, place: number): V {
    const sizes = shape.map(this.size);
    const begin = [place, ...sizes.map(() => 0)];
    return this.#owning((own, free) => {
      const slice = own(this.runner.op("slice", [sequence], { begin, size: [1, ...sizes] }, [1, ...sizes], dtype));
      const value = this.runner.op("reshape", [slice], { shape: sizes }, sizes, dtype);
      free(slice);
      return value;
    });
  }

  #stack(values: readonly V[], shape: readonly number[], dtype: Node["dtype"]): V {
    if (values.length === 0) return this.runner.machine.fromHost(generate([0, ...shape], dtype, () => 0));
    return this.#owning((own, free) => {
      const rows = values.map((value) =>
        own(this.runner.op("reshape", [value], { shape: [1, ...shape] }, [1, ...shape], dtype)),
      );
      const stack = this.runner.op("concat", rows, { axis: 0 }, [rows.length, ...shape], dtype);
      for (const row of rows) free(row);
      return stack;
    });
  }
}
