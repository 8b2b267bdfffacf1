import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { bindDims } from "../../compiler/bindDims.js";
import { checkSizes } from "../../compiler/checkSizes.js";
import { calledIn } from "../../compiler/lower/called-scope.js";
import type { CallEndpoints, Endpoints, VariableEndpoints } from "../../compiler/lower/endpoints.js";
import { mapValues } from "../../compiler/lower/nodes.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { asCalled } from "../../src/ir/asCalled.js";
import { internalError } from "../../src/ir/errors.js";
import type { Node } from "../../src/ir/node.js";
import { notInvertible } from "../../src/ops/shared/linear/lu.js";
import { translateTensorflowError } from "../../src/ops/shared/tensorflow-errors.js";
import type { LoadedTfjsNode } from "../native/index.js";
import type { BatchGraph, Dataset, Executable } from "./backend.js";
import { type Feeds, makeTensor, type Native, TensorflowDataset } from "./tensorflow-dataset.js";
import { TensorflowSession } from "./tensorflow-session.js";

/** Loads computations into a TensorFlow session of their own, where they share the variables that are the same in them. */
export function loadTensorflow(native: LoadedTfjsNode, computations: readonly Computation[]): Executable[] {
  const session = new TensorflowSession(native, computations);
  return computations.map((computation, i) => new TensorflowExecutable(native, session, i, computation));
}

class TensorflowExecutable implements Executable {
  readonly backend = "tensorflow";
  constructor(
    readonly native: Native,
    readonly session: TensorflowSession,
    /** Its number among the session's. */
    readonly index: number,
    readonly computation: Computation,
  ) {}

  setVariables(values: ReadonlyMap<string, NdArray>): void {
    const feeds: Record<string, Tensor> = {};
    const fetches: string[] = [];
    for (const [name, value] of values) {
      const { assign, alone } = this.#variable(name);
      if (values.size === 1) feeds[alone.place] = this.#scalar(alone.index);
      const endpoints = values.size === 1 ? alone.assign : assign;
      feeds[endpoints.value] = this.#tensor(value);
      fetches.push(endpoints.done);
    }
    if (values.size > 0) this.#fetchOnce(feeds, fetches);
  }

  getVariables(names: readonly string[]): Map<string, NdArray> {
    const [first, ...others] = names.map((name) => this.#variable(name));
    if (!first) return new Map();
    const { alone } = first;
    const values =
      others.length === 0
        ? this.#fetchOnce({ [alone.place]: this.#scalar(alone.index) }, [alone.read])
        : this.#fetch(
            {},
            [first, ...others].map(({ read }) => read),
          );
    return new Map(names.map((name, i) => [name, values[i]!]));
  }

  upload(feeds: Readonly<Record<string, NdArray>>): Dataset {
    const tensors = Object.entries(feeds).map(([key, value]) => [key, this.#tensor(value)]);
    return new TensorflowDataset(this.native, Object.fromEntries(tensors), this.#fed(feeds));
  }

  run(graph: BatchGraph, data: Dataset, begin: number, end: number, batchSize: number): Record<string, NdArray> {
    const endpoints = this.#batches;
    const { feeds, order, samples } = data as TensorflowDataset;
    const batch = [...samples].map(([node, { shape }]) => [node, { shape: [batchSize, ...shape.slice(1)] }] as const);
    checkSizes(this.computation.batches![graph], bindDims(new Map(batch)));
    const scalars = {
      [endpoints.begin]: this.#scalar(begin),
      [endpoints.end]: this.#scalar(end),
      [endpoints.batchSize]: this.#scalar(batchSize),
    };
    const outputs = Object.entries(endpoints[graph]);
    const fetches = outputs.map(([, endpoint]) => endpoint);
    const fetched = this.#fetchOnce(scalars, fetches, { ...named(feeds, endpoints.feeds), [endpoints.order]: order });
    return Object.fromEntries(outputs.map(([name], i) => [name, fetched[i]!]));
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

  #call({ inputs, outputs }: CallEndpoints, given: Readonly<Record<string, NdArray>>): Record<string, NdArray> {
    const fetched = this.#fetchOnce(
      named(
        mapValues(given, (value) => this.#tensor(value)),
        inputs,
      ),
      Object.values(outputs),
    );
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

  #tensor(value: NdArray): Tensor {
    return makeTensor(this.native, value);
  }

  #scalar(value: number): Tensor {
    return this.#tensor({ data: new Int32Array([value]), shape: [], dtype: "int32" });
  }

  /** Runs the session with feeds that are for this run alone, and with others that stay. */
  #fetchOnce(feeds: Feeds, fetches: string[], others: Feeds = {}): NdArray[] {
    try {
      return this.#fetch({ ...others, ...feeds }, fetches);
    } finally {
      for (const tensor of Object.values(feeds)) tensor.dispose();
    }
  }

  /** Runs the session and reads what it returns. */
  #fetch(feeds: Feeds, fetches: string[]): NdArray[] {
    return this.#run(feeds, fetches).map((tensor) => {
      const { shape, dtype } = tensor as TensorInfo;
      const data = tensor.dataSync();
      tensor.dispose();
      return { shape: [...shape], dtype, data } as NdArray;
    });
  }

  #run(feeds: Feeds, fetches: string[]): Tensor[] {
    try {
      return this.session.run(feeds, fetches);
    } catch (error) {
      throw notInvertible(error) ?? asCalled(translateTensorflowError(error), calledIn(error));
    }
  }
}

/** Tensors by the names that the graph has for their keys. */
function named(tensors: Feeds, names: Readonly<Record<string, string>>): Feeds {
  return Object.fromEntries(Object.entries(tensors).map(([key, tensor]) => [names[key]!, tensor]));
}

/** What is uint8 in the graph, and was fetched as int32, as bytes again. */
function asBytes(value: NdArray, { dtype }: Node): NdArray {
  return dtype === "uint8" ? { ...value, dtype, data: Uint8Array.from(value.data) } : value;
}
