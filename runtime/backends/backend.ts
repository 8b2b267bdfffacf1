import type { NdArray } from "../../src/ir/array.js";

/** The backends there are, best first. */
export const backendNames = ["tensorflow", "wasm", "cpu", "reference"] as const;

/**
 * What runs a program. `tensorflow`: native, whole loops of steps as one call. `wasm`, `cpu`: tfjs's portable kernels, op by op.
 * `reference`: plain JavaScript, slow and obviously right; what the others are tested against.
 */
export type BackendName = (typeof backendNames)[number];

/** The two graphs of a computation that run over batches. */
export type BatchGraph = "train" | "evaluate";

/** Samples that a backend holds: uploaded once, visited in any order. */
export interface Dataset {
  /** Sets the order in which batches take their samples. */
  setOrder(order: Int32Array): void;
  dispose(): void;
}

/** What the outputs of several steps come to, in double precision. */
export interface Total {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** A computation on a backend, with its variables. They have no values until they are set. */
export interface Executable {
  readonly backend: BackendName;
  /** Whether it has copies of all that it is fed when `step` returns, so that who feeds it need not. */
  readonly copiesFeeds?: boolean;
  /** Sets variables by name, all in one run. */
  setVariables(values: ReadonlyMap<string, NdArray>): void;
  /** The values of variables by name, all of one moment. */
  getVariables(names: readonly string[]): Map<string, NdArray>;
  /** Uploads samples: what is fed, by keys. First axes have one size. */
  upload(feeds: Readonly<Record<string, NdArray>>): Dataset;
  /**
   * Runs a graph on the batches between two places of a dataset's order; `batchSize` divides what is between.
   * Returns each output of the graph, summed over the batches.
   */
  run(graph: BatchGraph, data: Dataset, begin: number, end: number, batchSize: number): Record<string, Total>;
  /** Runs a graph once, on a batch as it is: the graph's outputs. */
  step(graph: BatchGraph, batch: Readonly<Record<string, NdArray>>): Record<string, NdArray>;
  /** Calls the computation: its outputs by name. */
  call(inputs: Readonly<Record<string, NdArray>>): Record<string, NdArray>;
  dispose(): void;
}
