import { bindDims } from "../../compiler/bindDims.js";
import { checkSizes } from "../../compiler/checkSizes.js";
import { penalties } from "../../compiler/penalty.js";
import type { Inputs } from "../../compiler/program.js";
import { specializeTraining } from "../../compiler/specializeTraining.js";
import { cut } from "../../src/ir/cut.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { evaluateDim } from "../../src/ir/evaluate.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { listNames } from "../../src/ir/nearest.js";
import { isTensor, type Node, nodeOf, tensorOf } from "../../src/ir/node.js";
import { aRecord, checkOption, checkOptions, flag, required } from "../../src/ir/options.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "../../src/ir/tensor.js";
import { checkGiven, type Model, noInput, type Outputs, outputNodes } from "../../src/model.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputOp } from "../../src/ops/input.js";
import { mapDims } from "../../src/ops/mapDims.js";
import { rebuild } from "../../src/ops/rebuild.js";
import { fill, type Message } from "../../src/types/message.js";
import { show } from "../../src/types/show.js";
import type { CheckFit, DataShape } from "../data/data.js";
import { wrongDataDType, wrongDataShape } from "../data/data.js";
import { checkNamedSizes, type NamedSizes } from "../data/samples.js";
import { refused } from "../data/toArray.js";
import type { MutableVariable } from "./variable.js";

/** Options of a call of a model. */
export interface CallOptions {
  /** Whether the model is in training: dropout drops, moving statistics move. @default false */
  readonly training?: boolean;
}

/** The output of a model for tensors, or its outputs by name: what is named in the model is a number. */
type CallResult<O extends Outputs> = [O] extends [TensorLike]
  ? Called<O>
  : { readonly [K in keyof O]: O[K] extends TensorLike ? Called<O[K]> : never };

type Called<T extends TensorLike> =
  ShapeOf<T> extends infer S extends (number | string)[] ? Tensor<DataShape<S>, DTypeOf<T>> : never;

/** `unknown` for every input that its tensor fits; the message on one that it does not, and on a name that is none. */
type CheckTensors<I extends Inputs, X> = {
  readonly [K in keyof I & string]: K extends keyof X ? CheckFit<K, I[K], X[K]> : unknown;
} & { readonly [K in Exclude<keyof X & string, keyof I>]: Message<typeof noInput, { input: K }> };

/** A model with mutable variables, which is called with tensors. Made by `model` of an eager session. */
export interface EagerModel<I extends Inputs, O extends Outputs> {
  <const X extends Readonly<Record<string, TensorLike>>>(
    inputs: X & CheckTensors<I, X>,
    options?: CallOptions,
  ): CallResult<O>;
  /** All variables by their full names, such as `"dense/kernel"`. */
  readonly variables: Readonly<Record<string, MutableVariable>>;
  /** Those that optimizers are to change. */
  readonly trainableVariables: Readonly<Record<string, MutableVariable>>;
  /**
   * What is to be added to the loss of the last call: what `addLoss` and activity regularizers made of it, and what its variables cost by
   * their regularizers; none before the first call. A loop that leaves them out trains without them.
   */
  readonly losses: readonly Tensor<[]>[];
}

/** Makes a model callable; `variableFor` has its mutable variables. */
export function eagerModel<I extends Inputs, O extends Outputs>(
  model: Model<I, O>,
  seed: number,
  variableFor: (variable: Node<"variable">, name: string) => MutableVariable,
): EagerModel<I, O> {
  const variables = Object.fromEntries([...model.variables].map(([name, node]) => [name, variableFor(node, name)]));
  const outputs = outputNodes(model.output);
  const steps = makeNode(inputOp, [], { shape: [], dtype: "int32" });
  const trained = specializeTraining([...outputs.values()], steps, model.names, seed);
  const added = {
    plainly: penalties("model", [...outputs.values()], model.variables),
    training: penalties("model", trained.outputs, model.variables),
  };
  const plainly = computing([...outputs.values(), ...added.plainly]);
  const inTraining = computing([...trained.outputs, ...trained.nextValues.values(), ...added.training]);
  let losses: readonly Tensor<[]>[] = [];
  const changed = [...trained.nextValues.keys()].map((variable) => model.names.get(variable)!);
  let calls = 0;
  const call = (given: Readonly<Record<string, TensorLike>>, options: CallOptions = {}) => {
    checkOptions<CallOptions>("model", options, { training: flag });
    const { training = false } = options;
    checkGiven(model.inputs, given);
    const inputs = checkTensors(model.inputs, given);
    const known = new Map<Node, Node>(inputs);
    for (const [name, node] of model.variables) known.set(node, nodeOf(variables[name]!));
    if (training) known.set(steps, b.scalar(calls++, "int32"));
    const sizes = bindDims(inputs);
    const wanted = training ? inTraining : plainly;
    checkSizes(wanted, sizes);
    const made = rebuild(wanted.results, known, (node) => mapDims(node, (dim) => evaluateDim(dim, sizes)));
    const tensors = made.map((node) => tensorOf(node));
    losses = tensors.slice(outputs.size + (training ? changed.length : 0)) as unknown as Tensor<[]>[];
    if (training)
      for (const [i, name] of changed.entries()) variables[name]!.assign(tensors[outputs.size + i] as never);
    if (isTensor(model.output)) return tensors[0]!;
    return Object.fromEntries([...outputs.keys()].map((name, i) => [name, tensors[i]!]));
  };
  const trainable = Object.entries(variables).filter(([, variable]) => variable.trainable);
  const made = Object.assign(call, { variables, trainableVariables: Object.fromEntries(trainable) });
  return Object.defineProperty(made, "losses", { get: () => losses, enumerable: true }) as unknown as EagerModel<I, O>;
}

function computing(results: readonly Node[]) {
  return { results, nodes: topologicalOrder(results) };
}

/** The tensors that are given for a model's inputs, by its input nodes. Runtime twin of `CheckTensors`. */
function checkTensors(wanted: Inputs, given: Readonly<Record<string, TensorLike>>): Map<Node, Node> {
  checkOption("model", "the record of inputs", given, required(aRecord));
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(wanted, name));
  if (unknown !== undefined) {
    const there = listNames(unknown, Object.keys(wanted));
    throw new ShapewrightError("SW_NAME", `${fill(noInput, { input: cut(unknown) })}; there are ${there}`);
  }
  const sizes: NamedSizes = new Map();
  const nodes = Object.entries(wanted).map(([name, input]): [Node, Node] => {
    const tensor = Object.hasOwn(given, name) ? given[name] : undefined;
    if (!tensor) throw new ShapewrightError("SW_NAME", `the input "${name}" is missing`);
    const [to, from] = [nodeOf(input), nodeOf(tensor)];
    if (from.dtype !== to.dtype)
      throw refused(fill(wrongDataDType, { input: name, first: to.dtype, second: from.dtype }));
    const fits =
      from.rank === to.rank && to.shape.every((dim, axis) => typeof dim === "string" || dim === from.shape[axis]);
    if (!fits) throw refused(fill(wrongDataShape, { input: name, wanted: show(to.shape), shape: show(from.shape) }));
    checkNamedSizes(name, to.shape, from as never, sizes);
    return [to, from];
  });
  return new Map(nodes);
}
