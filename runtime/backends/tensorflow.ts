import { bindDims } from "../../compiler/bindDims.js";
import { checkSizes } from "../../compiler/checkSizes.js";
import { calledIn } from "../../compiler/lower/called-scope.js";
import type { CallEndpoints, Endpoints, VariableEndpoints } from "../../compiler/lower/endpoints.js";
import { MOST_FEW } from "../../compiler/lower/lowerCall.js";
import { mapValues } from "../../compiler/lower/nodes.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { asCalled } from "../../src/ir/asCalled.js";
import { internalError } from "../../src/ir/errors.js";
import type { Node } from "../../src/ir/node.js";
import { notInvertible } from "../../src/ops/shared/linear/lu.js";
import { translateTensorflowError } from "../../src/ops/shared/tensorflow-errors.js";
import type { BatchGraph, Dataset, Executable, Total } from "./backend.js";
import type { Feeds } from "./graph-session.js";
import { TensorflowDataset } from "./tensorflow-dataset.js";
import { type Native, TensorflowSession } from "./tensorflow-session.js";

/** Loads computations into a TensorFlow session of their own, where they share the variables that are the same in them. */
export function loadTensorflow(native: Native, computations: readonly Computation[]): Executable[] {
  const session = new TensorflowSession(native, computations);
  return computations.map((computation, i) => new TensorflowExecutable(session, i, computation));
}

class TensorflowExecutable implements Executable {
  readonly backend = "tensorflow";
  readonly copiesFeeds: boolean;
  constructor(
    readonly session: TensorflowSession,
    /** Its number among the session's. */
    readonly index: number,
    readonly computation: Computation,
  ) {
    this.copiesFeeds = session.native.own !== undefined;
  }

  setVariables(values: ReadonlyMap<string, NdArray>): void {
    const feeds: Record<string, NdArray> = {};
    const fetches: string[] = [];
    for (const [name, value] of values) {
      const { assign, alone } = this.#variable(name);
      if (values.size === 1) feeds[alone.place] = scalar(alone.index);
      const endpoints = values.size === 1 ? alone.assign : assign;
      feeds[endpoints.value] = value;
      fetches.push(endpoints.done);
    }
    if (values.size > 0) this.#run(feeds, fetches);
  }

  getVariables(names: readonly string[]): Map<string, NdArray> {
    const [first, ...others] = names.map((name) => this.#variable(name));
    if (!first) return new Map();
    const { alone } = first;
    const values =
      others.length === 0
        ? this.#run({ [alone.place]: scalar(alone.index) }, [alone.read])
        : this.#run(
            {},
            [first, ...others].map(({ read }) => read),
          );
    return new Map(names.map((name, i) => [name, values[i]!]));
  }

  upload(feeds: Readonly<Record<string, NdArray>>): Dataset {
    const hold = (value: NdArray) => this.session.hold(value);
    return new TensorflowDataset(hold, mapValues(feeds, hold), this.#fed(feeds));
  }

  run(graph: BatchGraph, data: Dataset, begin: number, end: number, batchSize: number): Record<string, Total> {
    const endpoints = this.#batches;
    const { feeds, order, samples } = data as TensorflowDataset;
    const batch = [...samples].map(([node, { shape }]) => [node, { shape: [batchSize, ...shape.slice(1)] }] as const);
    checkSizes(this.computation.batches![graph], bindDims(new Map(batch)));
    const scalars = {
      [endpoints.begin]: scalar(begin),
      [endpoints.end]: scalar(end),
      [endpoints.batchSize]: scalar(batchSize),
    };
    const { totals, rests } = endpoints[graph];
    const names = Object.keys(totals);
    const fetches = [totals, rests].flatMap((refs) => names.map((name) => refs[name]!));
    const fetched = this.#run({ ...named(feeds, endpoints.feeds), [endpoints.order]: order, ...scalars }, fetches);
    return Object.fromEntries(names.map((name, i) => [name, together(fetched[i]!, fetched[i + names.length]!)]));
  }

  step(graph: BatchGraph, batch: Readonly<Record<string, NdArray>>): Record<string, NdArray> {
    checkSizes(this.computation.batches![graph], bindDims(this.#fed(batch)));
    return this.#call(this.session.steps(this.index)[graph], batch);
  }

  call(inputs: Readonly<Record<string, NdArray>>): Record<string, NdArray> {
    checkSizes(this.computation.call, bindDims(this.#arraysByNode(inputs)));
    const called = this.#call(this.#endpoints.call, inputs);
    const given = this.computation.call.outputs;
    return Object.fromEntries(Object.entries(called).map(([name, value]) => [name, asBytes(value, given[name]!)]));
  }

  dispose(): void {
    this.session.free();
  }

  get #endpoints(): Endpoints {
    return this.session.endpoints(this.index);
  }

  get #batches() {
    const { batches } = this.#endpoints;
    if (!batches) throw internalError("this computation does not run over batches");
    return batches;
  }

  /** What is fed to graphs that run over batches, by its nodes. */
  #fed(feeds: Readonly<Record<string, NdArray>>): Map<Node, NdArray> {
    const nodes = this.computation.batches!.feeds;
    return new Map(Object.entries(feeds).map(([key, value]) => [nodes.get(key)!, value]));
  }

  #call({ inputs, outputs, ofFew }: CallEndpoints, given: Readonly<Record<string, NdArray>>): Record<string, NdArray> {
    const areFew = Object.values(given).every(({ shape }) => shape.length === 0 || shape[0]! <= MOST_FEW);
    const fetched = this.#run(named(given, inputs), Object.values((areFew && ofFew) || outputs));
    return Object.fromEntries(Object.keys(outputs).map((name, i) => [name, fetched[i]!]));
  }

  #variable(name: string): VariableEndpoints {
    const endpoints = this.#endpoints.variables.get(name);
    if (!endpoints) throw internalError(`no variable is named "${name}"`);
    return endpoints;
  }

  #arraysByNode(inputs: Readonly<Record<string, NdArray>>): Map<Node, NdArray> {
    return new Map(Object.entries(inputs).map(([name, value]) => [this.computation.inputs.get(name)!, value]));
  }

  /** Runs the session, and says of its errors which are ours. */
  #run(feeds: Feeds, fetches: readonly string[]): NdArray[] {
    try {
      return this.session.run(feeds, fetches);
    } catch (error) {
      throw notInvertible(error) ?? asCalled(translateTensorflowError(error), calledIn(error));
    }
  }
}

/** A sum of what is nearest to it and of what that has lost; what is infinite has lost nothing. */
function together({ shape, data }: NdArray, rest: NdArray): Total {
  const sum = (value: number, i: number) => (Number.isFinite(value) ? value + rest.data[i]! : value);
  return { shape: shape as readonly number[], data: Float64Array.from(data, sum) };
}

function scalar(value: number): NdArray {
  return { data: new Int32Array([value]), shape: [], dtype: "int32" };
}

/** What is fed, by the names that the graph has for its keys. */
function named(given: Feeds, names: Readonly<Record<string, string>>): Feeds {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [names[key]!, value]));
}

/** What is uint8 in the graph, and was fetched as int32, as bytes again. */
function asBytes(value: NdArray, { dtype }: Node): NdArray {
  return dtype === "uint8" ? { ...value, dtype, data: Uint8Array.from(value.data) } : value;
}
