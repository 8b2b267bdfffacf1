import * as tf from "@tensorflow/tfjs-core";
import type { DType } from "../../src/ir/dtype.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { OpName, OpTable } from "../../src/ir/node.js";
import type { RunContext, UpdateOpDefinition, ValueOpDefinition } from "../../src/ir/op.js";
import type { TensorInfo } from "../../src/ir/tfjs-lowering.js";
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
  { tfjs }: Pick<ValueOpDefinition<K>, "tfjs">,
  inputs: readonly Operand[],
  told: Told<K> = {},
): any {
  const runner = new Runner(activeBackend());
  const infos = inputs.map((input) => infoOf(runner, input, inputs));
  return runner.keep([tfjs(runner, infos, contextOf(infos, told))])[0];
}

/** The new values of the variables that an update writes. */
export function runUpdate<K extends OpName>(
  { tfjs }: Pick<UpdateOpDefinition<K>, "tfjs">,
  inputs: readonly Operand[],
  told: Told<K> = {},
): tf.Tensor[] {
  const runner = new Runner(activeBackend());
  const infos = inputs.map((input) => infoOf(runner, input, inputs));
  return runner.keep(tfjs(runner, infos, contextOf(infos, told)));
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
