import { checkName } from "./ir/checkName.js";
import { cut } from "./ir/cut.js";
import { ShapewrightError } from "./ir/errors.js";
import { givenInWords } from "./ir/givenInWords.js";
import { inWords } from "./ir/inWords.js";
import { listNames } from "./ir/nearest.js";
import { isTensor, type Names, type Node, nodeOf } from "./ir/node.js";
import { aRecord, callback, checkOption, natural, required } from "./ir/options.js";
import { refuse } from "./ir/refuse.js";
import { arrangeLike, nodesOf } from "./ir/structure.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "./ir/tensor.js";
import { nameNodes, ownInputs } from "./nameNodes.js";
import { rebuild } from "./ops/rebuild.js";
import { opFunction } from "./ops/shared/opFunction.js";
import { checkParameters } from "./parameters.js";
import { fill } from "./types/message.js";
import { sameShape } from "./types/same-shape.js";
import { show } from "./types/show.js";

/** What a model returns: a tensor, or tensors by names. The names have one level: records in records are refused. */
export type Outputs = TensorLike | Readonly<Record<string, TensorLike>>;

/**
 * A function of named inputs, with the variables it uses. Made by `model`; compiled by `compile`.
 *
 * @typeParam I the inputs by name
 * @typeParam O the output, or the outputs by name
 */
export interface Model<out I extends Readonly<Record<string, TensorLike>>, out O extends Outputs> {
  readonly inputs: I;
  /** The output, or the outputs by name. */
  readonly output: O;
  /** Variables by their full names, such as `"dense/kernel"`, in the order of the computation. */
  readonly variables: ReadonlyMap<string, Node<"variable">>;
  /** Names of inputs, variables and layers. */
  readonly names: Names;
  /**
   * The model's output for other inputs: within another model, with the same weights wherever it is applied.
   *
   * @param inputs a tensor for each input, of its shape and dtype
   * @throws SW_NAME when one is missing or unknown; SW_SHAPE or SW_DTYPE when one differs from the model's own
   * @example
   * const encoder = model({ x: input(["batch", 784]) }, ({ x }) => dense(x, { units: 32 }));
   * const twins = model({ a: input(["batch", 784]), b: input(["batch", 784]) }, ({ a, b }) =>
   *   concat([encoder.apply({ x: a }), encoder.apply({ x: b })], 1),
   * );
   */
  apply(inputs: { readonly [K in keyof I]: Tensor<ShapeOf<I[K]>, DTypeOf<I[K]>> }): O;
  /**
   * Asserts, where the model is built, how many numbers its variables hold, whether training changes them or not: Keras's
   * `count_params()`.
   *
   * @param count how many there must be
   * @returns the model
   * @throws SW_VALUE when there are more or fewer, with those of each layer
   * @example
   * const digits = model({ x: input(["batch", 784]) }, ({ x }) => dense(x, { units: 10 })).expectParameters(7850);
   */
  expectParameters(count: number): Model<I, O>;
}

/**
 * Makes a model: runs `build` once with the inputs and records what it computes.
 *
 * @param inputs the inputs by the names that data is given under
 * @param build computes the output from them, or several by names
 * @throws SW_VALUE when there are no inputs or no output; SW_NAME when an input's or output's name is none, when two variables or two layers have one name, or when the output depends on an
 *   input that is not listed
 * @example
 * const digits = model({ image: input(["batch", 784]) }, ({ image }) => dense(image, { units: 10 }));
 * const faces = model({ image: input(["batch", 784]) }, ({ image }) => {
 *   const h = dense(image, { units: 64, activation: relu });
 *   return { age: dense(h, { units: 1 }), corners: dense(h, { units: 4 }) };
 * });
 */
export function model<const I extends Readonly<Record<string, TensorLike>>, O extends Outputs>(
  inputs: I,
  build: (inputs: I) => O,
): Model<I, O> {
  refuse("SW_VALUE", "model", checkInputs("model: inputs are", inputs));
  checkOption("model", "build", build, required(callback));
  const own = ownInputs("model", inputs);
  const output = build(own);
  const apply = opFunction("apply", ["inputs"], (given: Readonly<Record<string, TensorLike>>) =>
    applyModel(own, output, given),
  );
  const named = nameNodes("model", own, [...outputNodes(output).values()]);
  const made: Model<I, O> = {
    ...{ inputs: own, output, apply, ...named },
    expectParameters: opFunction("expectParameters", ["count"], (count: number) => {
      checkOption("expectParameters", "count", count, required(natural));
      refuse("SW_VALUE", "model", checkParameters(named.variables, count));
      return made;
    }),
  };
  return made;
}

/** A model's outputs by name: `output` where it has one. */
export function outputNodes(output: Outputs): Map<string, Node> {
  if (!aRecord.accepts(output)) throw noOutputs(output);
  if (isTensor(output)) return new Map([["output", nodeOf(output)]]);
  const outputs = Object.entries(output);
  for (const [name, tensor] of outputs) {
    refuse("SW_NAME", "model", checkName("model", name, "the output "));
    if (isTensor(tensor)) continue;
    const isNested = aRecord.accepts(tensor) && Object.values(tensor).some(isTensor);
    throw isNested ? nestedOutputs(name, tensor) : noOutputs(tensor, `a record whose "${name}" is `);
  }
  if (outputs.length === 0) throw noOutputs(output);
  return new Map(outputs.map(([name, tensor]) => [name, nodeOf(tensor)]));
}

function noOutputs(value: unknown, within = ""): ShapewrightError {
  const message = `model: build returns ${within}${inWords(value)}, but must return a tensor, or a record of tensors by names`;
  return new ShapewrightError("SW_VALUE", message, "model");
}

function nestedOutputs(name: string, record: object): ShapewrightError {
  const flat = Object.keys(record).map((inner) => `${name}_${inner}`);
  const message =
    `model: build returns a record whose "${name}" is a record, too, but outputs have one level of names; ` +
    `name them ${flat.join(", ")}`;
  return new ShapewrightError("SW_VALUE", message, "model");
}

function checkInputs(subject: string, inputs: unknown): string | undefined {
  if (aRecord.accepts(inputs) && !isTensor(inputs)) return undefined;
  return `${subject} given as a record, such as { x: input(["batch", 784]) }, got ${givenInWords(inputs)}`;
}

/** Refuses what is no record of tensors for a model's inputs. */
export function checkGiven(inputs: Readonly<Record<string, TensorLike>>, given: unknown): void {
  if (aRecord.accepts(given) && !isTensor(given)) return;
  const wanted = `{ ${Object.keys(inputs)
    .map((name) => `${name}: …`)
    .join(", ")} }`;
  throw new ShapewrightError(
    "SW_VALUE",
    `model: tensors are given by the inputs' names, as ${wanted}, got ${givenInWords(given)}`,
    "model",
  );
}

/** What is said of a name that is none of the inputs'. */
export const noInput = 'no input is named "{input}"';

/** The output for other inputs. Variables stay what they are. */
function applyModel<O extends Outputs>(
  inputs: Readonly<Record<string, TensorLike>>,
  output: O,
  given: Readonly<Record<string, TensorLike>>,
): O {
  checkGiven(inputs, given);
  const extra = Object.keys(given).find((name) => !Object.hasOwn(inputs, name));
  if (extra !== undefined) {
    const fault = `${fill(noInput, { input: cut(extra) })}; there are ${listNames(extra, Object.keys(inputs))}`;
    throw new ShapewrightError("SW_NAME", `model: ${fault}`, "model");
  }
  const known = Object.entries(inputs).map(([name, tensor]): [Node, Node] => {
    if (!Object.hasOwn(given, name))
      throw new ShapewrightError("SW_NAME", `model: the input "${name}" is missing`, "model");
    const [wanted, node] = [nodeOf(tensor), nodeOf(given[name]!)];
    refuse(
      "SW_DTYPE",
      "model",
      wanted.dtype === node.dtype ? undefined : `model: ${name} takes ${wanted.dtype}, got ${node.dtype}`,
    );
    const fits = sameShape(wanted.shape, node.shape);
    refuse(
      "SW_SHAPE",
      "model",
      fits ? undefined : `model: ${name} takes ${show(wanted.shape)}, got ${show(node.shape)}`,
    );
    return [wanted, node];
  });
  return arrangeLike(output, rebuild(nodesOf(output), new Map(known)));
}
