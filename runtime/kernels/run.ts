import * as tf from "@tensorflow/tfjs-core";
import type { DType } from "../../src/ir/dtype.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { OpName, OpTable } from "../../src/ir/node.js";
import {
  hasResults,
  type OpDefinition,
  type ResultsOpDefinition,
  type RunContext,
  type Signature,
  type ValueOpDefinition,
} from "../../src/ir/op.js";
import type { TensorInfo } from "../../src/ir/tfjs-lowering.js";
import { Runner } from "./runner.js";
import { computeEagerly } from "./tensorflow/computeEagerly.js";
import { updateEagerly } from "./tensorflow/updateEagerly.js";
import type { TfjsTensor } from "./types/tensor.js";

/** What an op is computed from: tensors, and numbers for scalars. */
export type Operand = TfjsTensor | number;

/** Computes an op with the shape and the dtype that its shape rule gives: one result, or a list of several. */
export function run<K extends OpName>(
  definition: OpDefinition<K>,
  inputs: readonly Operand[],
  attributes: OpTable[K],
): any {
  const runner = new Runner(activeBackend());
  const results = runner.keep(() => {
    const infos = inputs.map((input) => infoOf(runner, input, inputs));
    const [first] = [definition.infer(infos, attributes)].flat();
    return [definition.tfjs(runner, infos, contextOf(first!, attributes))].flat();
  });
  return hasResults(definition) ? results : results[0];
}

/**
 * Computes one op that TensorFlow has a kernel for, and tfjs only kernels for its parts: on tfjs-node by the one, elsewhere by
 * the others.
 */
export function runWhole<K extends OpName>(
  definition: ValueOpDefinition<K>,
  inputs: readonly Operand[],
  attributes: OpTable[K],
): any {
  const tensors = inputs.filter((input) => typeof input !== "number") as tf.Tensor[];
  if (activeBackend() !== "tensorflow" || tensors.length < inputs.length) return run(definition, inputs, attributes);
  const signature = definition.infer(tensors as unknown as TensorInfo[], attributes);
  return computeEagerly(definition, tensors, contextOf(signature, attributes));
}

/** For variables with fewer elements, handing them to TensorFlow takes longer than it saves: 0.14 against 0.09 ms for RMSProp. */
const smallestEager = 100_000;

/**
 * Gives the variables that an update writes their new values, by `put`, and frees the old ones. An update that fails leaves them
 * their old values, perhaps as other tensors.
 */
export function runUpdate<K extends OpName>(
  { infer, tfjs, inPlace }: ResultsOpDefinition<K>,
  variables: readonly TfjsTensor[],
  inputs: readonly Operand[],
  attributes: OpTable[K],
  put: (index: number, value: TfjsTensor) => void,
): void {
  const scalar = { shape: [], dtype: "float32" } as const;
  const signatures = [...variables, ...inputs].map((operand) => (typeof operand === "number" ? scalar : operand));
  infer(signatures as readonly Signature[] as never, attributes);
  const backend = activeBackend();
  const isLarge = variables[0]!.size >= smallestEager;
  if (backend === "tensorflow" && isLarge && inPlace) {
    updateEagerly(inPlace, variables as tf.Tensor[], inputs as (tf.Tensor | number)[], attributes, put);
    return;
  }
  const runner = new Runner(backend);
  const operands = [...variables, ...inputs];
  const values = runner.keep(() => {
    const infos = operands.map((input) => infoOf(runner, input, operands));
    return tfjs(runner, infos, contextOf(infos[0]!, attributes));
  });
  for (const [i, value] of values.entries()) {
    put(i, value);
    variables[i]!.dispose();
  }
}

function contextOf<K extends OpName>({ shape, dtype }: Signature, attributes: OpTable[K]): RunContext<K> {
  // Generated code writes the sizes of named dims themselves; of sizes alone, a shape rule gives sizes.
  return { attributes, shape: shape as readonly number[], dtype, size: (dim) => dim as number };
}

/** A number has the dtype of the tensors beside it. */
function infoOf(runner: Runner, operand: Operand, beside: readonly Operand[]): TensorInfo {
  if (typeof operand !== "number") return operand as unknown as TensorInfo;
  const tensors = beside.filter((other): other is TfjsTensor => typeof other !== "number" && other.dtype !== "bool");
  return runner.tensor([operand], [], (tensors[0]?.dtype ?? "float32") as DType);
}

/** The tfjs backend that generated code runs on: the one that the program has chosen. */
export function activeBackend(): string {
  const name = tf.engine().backendName;
  if (name) return name;
  const message = `no tfjs backend has started: import one, such as "@tensorflow/tfjs-backend-wasm", and write: await tf.setBackend("wasm")`;
  throw new ShapewrightError("SW_BACKEND", message);
}
