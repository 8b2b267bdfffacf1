import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { bindDims } from "../../compiler/bindDims.js";
import { computationOf, type Program } from "../../compiler/program.js";
import type { Executable } from "../../runtime/backends/backend.js";
import { Totals } from "../../runtime/fit/totals.js";
import { initialize } from "../../runtime/initialize.js";
import type { NdArray } from "../../src/ir/array.js";
import type { DType } from "../../src/ir/dtype.js";
import { loadOn, type testedBackends } from "./backends.js";
import type { TrainingModule } from "./generated.js";

/** One batch: the inputs by name, and the target. */
export interface Batch {
  readonly inputs: Readonly<Record<string, NdArray>>;
  readonly target: NdArray;
}

type Reports = Record<string, number>[];
type Backend = (typeof testedBackends)[number];

/** What a session on a backend reports of training steps, one for each batch. */
export async function sessionReports(backend: Backend, program: Program, batches: readonly Batch[], seed: number) {
  return trainedOn(await loadOn(backend, computationOf(program)), program, batches, seed).reports;
}

/** What training steps on an executable, which is disposed of, report, one for each batch, and the variables after them. */
export function trainedOn(executable: Executable, program: Program, batches: readonly Batch[], seed: number) {
  const computation = computationOf(program);
  initialize(computation, executable, seed);
  const reports: Reports = batches.map(({ inputs, target }) => {
    // An input may be named target, too.
    const key = [...computation.batches!.feeds.keys()].at(-1)!;
    const data = executable.upload({ ...inputs, [key]: target });
    const size = target.shape[0] as number;
    data.setOrder(Int32Array.from({ length: size }, (_, i) => i));
    const totals = new Totals(program);
    const sizes = bindDims(
      new Map(Object.entries(inputs).map(([name, value]) => [computation.inputs.get(name)!, value])),
    );
    totals.add(executable.run("train", data, 0, size, size), 1, size, sizes);
    data.dispose();
    return totals.reports as Record<string, number>;
  });
  const variables = executable.getVariables([...computation.variables.keys()]);
  executable.dispose();
  return { reports, variables };
}

/** A tensor of tfjs on the backend that is active; tfjs has bytes among its integers. */
export function tensorOf({ data, shape, dtype }: NdArray): tf.Tensor {
  return tf.tensor(data, shape, dtype === "uint8" ? "int32" : dtype);
}

/** The numbers of a tensor of tfjs. */
export function arrayOf(tensor: tf.Tensor, dtype = tensor.dtype as DType): NdArray {
  return { shape: tensor.shape, dtype, data: tensor.dataSync() } as NdArray;
}

/**
 * What a generated module reports of the same steps, on tfjs's backend of a name, and its state after them; and how many
 * tensors there were after each of them.
 */
export async function generatedReports(
  backend: Backend,
  module: TrainingModule,
  batches: readonly Batch[],
  seed: number,
) {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const state = module.createState({ seed });
  const tensors: number[] = [];
  const reports: Reports = batches.map(({ inputs, target }) => {
    const batch = [...Object.values(inputs), target].map(tensorOf);
    const report = module.trainStep(state, ...batch);
    for (const tensor of batch) tensor.dispose();
    tensors.push(tf.memory().numTensors - before);
    return report;
  });
  const after = Object.entries(state).map(([name, tensor]) => [name, arrayOf(tensor)] as const);
  for (const tensor of Object.values(state)) tensor.dispose();
  const left = tf.memory().numTensors - before;
  return { reports, tensors, left, variables: after.length, after: new Map(after) };
}
