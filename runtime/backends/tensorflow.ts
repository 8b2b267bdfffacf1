import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { bindDims } from "../../compiler/bindDims.js";
import { checkSizes } from "../../compiler/checkSizes.js";
import { calledIn } from "../../compiler/lower/called-scope.js";
import type { Endpoints, VariableEndpoints } from "../../compiler/lower/endpoints.js";
import { lowerPrograms } from "../../compiler/lower/lowerProgram.js";
import { retarget } from "../../compiler/pipeline.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { asCalled } from "../../src/ir/asCalled.js";
import { internalError } from "../../src/ir/errors.js";
import type { Node } from "../../src/ir/node.js";
import { notInvertible } from "../../src/ops/shared/linear/lu.js";
import { translateTensorflowError } from "../../src/ops/shared/tensorflow-errors.js";
import { withSavedModelFolder } from "../files/withSavedModelFolder.js";
import type { LoadedTfjsNode } from "../native/index.js";
import type { BatchGraph, Dataset, Executable } from "./backend.js";
import { lastOf } from "./lastOf.js";
import { type Feeds, makeTensor, type Native, TensorflowDataset } from "./tensorflow-dataset.js";
import { withTensorflowActive } from "./withTensorflowActive.js";

/** Loads computations into a TensorFlow session of their own, where they share the variables that are the same in them. */
export function loadTensorflow(native: LoadedTfjsNode, computations: readonly Computation[]): Executable[] {
  const { savedModel, endpoints } = lowerPrograms(computations.map((one) => retarget(one, "tensorflow")));
  const id = withSavedModelFolder(savedModel, (folder) => native.backend.loadSavedModelMetaGraph(folder, "serve"));
  const free = lastOf(computations.length, () => native.backend.deleteSavedModel(id));
  return computations.map((computation, i) => new TensorflowExecutable(native, id, computation, endpoints[i]!, free));
}

class TensorflowExecutable implements Executable {
  readonly backend = "tensorflow";
  constructor(
    readonly native: Native,
    readonly id: number,
    readonly computation: Computation,
    readonly endpoints: Endpoints,
    /** Called when it is disposed of. */
    readonly free: () => void,
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
    const names = this.#batches.feeds;
    const nodes = this.computation.batches!.feeds;
    const arrays = Object.entries(feeds);
    const tensors = Object.fromEntries(arrays.map(([key, value]) => [names[key]!, this.#tensor(value)]));
    return new TensorflowDataset(this.native, tensors, new Map(arrays.map(([key, value]) => [nodes.get(key)!, value])));
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
    const fetched = this.#fetchOnce(scalars, fetches, { ...feeds, [endpoints.order]: order });
    return Object.fromEntries(outputs.map(([name], i) => [name, fetched[i]!]));
  }

  call(inputs: Readonly<Record<string, NdArray>>): Record<string, NdArray> {
    checkSizes(this.computation.call, bindDims(this.#arraysByNode(inputs)));
    const { inputs: names, outputs } = this.endpoints.call;
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [names[name]!, this.#tensor(value)]),
    );
    const fetched = this.#fetchOnce(feeds, Object.values(outputs));
    const given = this.computation.call.outputs;
    return Object.fromEntries(Object.keys(outputs).map((name, i) => [name, asBytes(fetched[i]!, given[name]!)]));
  }

  dispose(): void {
    this.free();
  }

  get #batches() {
    if (!this.endpoints.batches) throw internalError("this computation does not run over batches");
    return this.endpoints.batches;
  }

  #variable(name: string): VariableEndpoints {
    const endpoints = this.endpoints.variables.get(name);
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
    const names = Object.keys(feeds).map((name) => ({ name }));
    const run = () => {
      try {
        return this.native.backend.runSavedModel(this.id, Object.values(feeds), names, fetches);
      } catch (error) {
        throw notInvertible(error) ?? asCalled(translateTensorflowError(error), calledIn(error));
      }
    };
    const tensors = withTensorflowActive(this.native.tf, run);
    return tensors.map((tensor) => {
      const { shape, dtype } = tensor as TensorInfo;
      const data = tensor.dataSync();
      tensor.dispose();
      return { shape: [...shape], dtype, data } as NdArray;
    });
  }
}

/** What is uint8 in the graph, and was fetched as int32, as bytes again. */
function asBytes(value: NdArray, { dtype }: Node): NdArray {
  return dtype === "uint8" ? { ...value, dtype, data: Uint8Array.from(value.data) } : value;
}
