import * as tf from "@tensorflow/tfjs-core";
import type { DType } from "../../src/ir/dtype.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { OpName, OpTable } from "../../src/ir/node.js";
import {
  hasResults,
  type OpDefinition,
  type ResultsOpDefinition,
  type ResultsRules,
  type RunContext,
  type Signature,
  type ValueOpDefinition,
  type ValueRules,
} from "../../src/ir/op.js";
import type { TensorInfo } from "../../src/ir/tfjs-lowering.js";
import { computeEagerly, updateEagerly } from "./eager-tensorflow.js";
import { Runner } from "./runner.js";

/** What an op is computed from: tensors, and numbers for scalars. */
export type Operand = tf.Tensor | number;

/** What a rule is told besides its inputs, where it is not what it is for most. */
interface Told<K extends OpName> {
  readonly attributes?: OpTable[K];
  readonly shape?: readonly number[];
  readonly dtype?: DType;
}

/** Computes one op by its tfjs rule, on the backend that is active. */
export function run<K extends OpName>(
  { tfjs }: Pick<ValueRules<K>, "tfjs">,
  inputs: readonly Operand[],
  told: Told<K> = {},
): any {
  const runner = new Runner(activeBackend());
  const rule = () => {
    const infos = inputs.map((input) => infoOf(runner, input, inputs));
    return [tfjs(runner, infos, contextOf(infos, told))];
  };
  return runner.keep(rule)[0];
}

/** Computes the results of an op that has several. */
export function runResults<K extends OpName>(
  { tfjs }: Pick<ResultsRules<K>, "tfjs">,
  inputs: readonly tf.Tensor[],
  told: Told<K>,
): any {
  const infos = inputs as unknown as TensorInfo[];
  const runner = new Runner(activeBackend());
  return runner.keep(() => tfjs(runner, infos, contextOf(infos, told)));
}

/** Computes an op with the shape and the dtype that its shape rule gives: one result, or a list of several. */
export function runInferred<K extends OpName>(
  definition: OpDefinition<K>,
  inputs: readonly Operand[],
  attributes: OpTable[K],
): any {
  const runner = new Runner(activeBackend());
  const results = runner.keep(() => {
    const infos = inputs.map((input) => infoOf(runner, input, inputs));
    const operands = infos.map(({ shape, dtype }) => ({ shape, dtype: dtype as DType }));
    if (hasResults(definition)) {
      const [first] = definition.infer(operands, attributes);
      return definition.tfjs(runner, infos, contextOf(infos, { attributes, ...sized(first!) }));
    }
    const inferred = definition.infer(operands, attributes);
    return [definition.tfjs(runner, infos, contextOf(infos, { attributes, ...sized(inferred) }))];
  });
  return hasResults(definition) ? results : results[0];
}

/** Of sizes alone, a shape rule gives sizes. */
function sized({ shape, dtype }: Signature) {
  return { shape: shape as readonly number[], dtype };
}

/**
 * Computes one op that TensorFlow has a kernel for, and tfjs only kernels for its parts: on tfjs-node by the one, elsewhere by
 * the others.
 */
export function runWhole<K extends OpName>(
  definition: ValueOpDefinition<K>,
  inputs: readonly tf.Tensor[],
  told: Told<K> = {},
): any {
  if (activeBackend() !== "tensorflow") return run(definition, inputs, told);
  return computeEagerly(definition, inputs, contextOf(inputs as unknown as TensorInfo[], told));
}

/** For variables with fewer elements, handing them to TensorFlow takes longer than it saves: 0.14 against 0.09 ms for RMSProp. */
const smallestEager = 100_000;

/** The new values of the variables that an update writes. The old ones are freed. */
export function runUpdate<K extends OpName>(
  { tfjs, inPlace }: ResultsOpDefinition<K>,
  variables: readonly tf.Tensor[],
  inputs: readonly Operand[],
  attributes: OpTable[K],
): tf.Tensor[] {
  const backend = activeBackend();
  const isLarge = variables[0]!.size >= smallestEager;
  if (backend === "tensorflow" && isLarge && inPlace) return updateEagerly(inPlace, variables, inputs, attributes);
  const runner = new Runner(backend);
  const operands = [...variables, ...inputs];
  const values = runner.keep(() => {
    const infos = operands.map((input) => infoOf(runner, input, operands));
    return tfjs(runner, infos, contextOf(infos, { attributes }));
  });
  for (const variable of variables) variable.dispose();
  return values;
}

function contextOf<K extends OpName>(inputs: readonly TensorInfo[], told: Told<K>): RunContext<K> {
  return {
    attributes: told.attributes ?? ({} as OpTable[K]),
    shape: told.shape ?? inputs[0]?.shape ?? [],
    dtype: told.dtype ?? ((inputs[0]?.dtype ?? "float32") as DType),
    // Generated code writes the sizes of named dims themselves.
    size: (dim) => dim as number,
  };
}

/** A number has the dtype of the tensors beside it. */
function infoOf(runner: Runner, operand: Operand, beside: readonly Operand[]): TensorInfo {
  if (typeof operand !== "number") return operand as unknown as TensorInfo;
  const tensors = beside.filter((other): other is tf.Tensor => typeof other !== "number" && other.dtype !== "bool");
  return runner.tensor([operand], [], (tensors[0]?.dtype ?? "float32") as DType);
}

/** The tfjs backend that generated code runs on: the one that the program has chosen. */
export function activeBackend(): string {
  const name = tf.engine().backendName;
  if (name) return name;
  const message = `no tfjs backend has started: import one, such as "@tensorflow/tfjs-backend-wasm", and write: await tf.setBackend("wasm")`;
  throw new ShapewrightError("SW_BACKEND", message);
}
