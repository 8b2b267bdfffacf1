import { checkName } from "../src/ir/checkName.js";
import { makeGraph } from "../src/ir/graph.js";
import { isTensor, nodeOf } from "../src/ir/node.js";
import { aRecord, callback, checkOption, type OptionRule, required } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import type { TensorLike } from "../src/ir/tensor.js";
import { nameNodes, ownInputs } from "../src/nameNodes.js";
import { kindOf } from "./kindOf.js";
import { optimize } from "./pipeline.js";
import { type Computation, type Inputs, inputNodes, variablesOf } from "./program.js";

const name = "compileFunction";

/** What inputs are given as. */
const inputRecord: OptionRule = {
  takes: 'a record, such as { x: input(["n"]) }',
  accepts: (value) => aRecord.accepts(value) && !isTensor(value),
};
const outputRecord: OptionRule = {
  takes: "a record of tensors by names, such as { y }",
  accepts: (value) => aRecord.accepts(value) && !isTensor(value),
};

/**
 * Plain mathematics, compiled. Opened by `openTogether`, beside programs whose variables it computes with.
 *
 * @typeParam I the inputs by name
 * @typeParam O what it computes, by name
 */
export interface FunctionProgram<
  out I extends Inputs = Inputs,
  out O extends Readonly<Record<string, TensorLike>> = Readonly<Record<string, TensorLike>>,
> extends Computation {
  /** The inputs as they were given. */
  readonly given: I;
  /** Never set: carries `O`. */
  readonly computes?: O;
}

/**
 * Compiles a function of named inputs that returns any number of tensors: what `openFunction` opens by itself, and `openTogether` over the
 * variables that it shares with programs. So gradients by variable are had as numbers, or what a part of a model gives.
 *
 * @throws SW_VALUE when there is no record of inputs, or of tensors that are returned; SW_NAME when a name is none
 * @example
 * const net = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 1 }));
 * const program = compile(net, { optimizer: adam(), loss: meanSquaredError() });
 * const slopes = compileFunction({ x: input(["batch", 3]) }, ({ x }) =>
 *   gradients(mean(square(net.apply({ x }))), trainableVariables(net)),
 * );
 * const [trained, slopesOf] = await openTogether([program, slopes]);
 * const found = await slopesOf({ x: [[1, 2, 3]] });
 * console.log(trained.backend, found["dense/kernel"]?.data);
 */
export function compileFunction<const I extends Inputs, const O extends Readonly<Record<string, TensorLike>>>(
  inputs: I,
  build: (inputs: I) => O,
): FunctionProgram<I, O> {
  return compileAs(name, inputs, build);
}

/** The same as a part of another function, whose name is said. */
export function compileAs<const I extends Inputs, const O extends Readonly<Record<string, TensorLike>>>(
  op: string,
  inputs: I,
  build: (inputs: I) => O,
): FunctionProgram<I, O> {
  if (kindOf(inputs) === "model") {
    refuse("SW_VALUE", op, `${op}: takes inputs and a function of them, got a model, which compile takes`);
  }
  checkOption(op, "inputs", inputs, required(inputRecord));
  checkOption(op, "build", build, required(callback));
  const own = ownInputs(op, inputs);
  const outputs = build(own);
  checkOption(op, "what build returns", outputs, required(outputRecord));
  for (const name of Object.keys(outputs)) refuse("SW_NAME", op, checkName(op, name, "the output "));
  const nodes = Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, nodeOf(tensor)]));
  const { names } = nameNodes(op, own, Object.values(nodes));
  const call = optimize(makeGraph("call", nodes, [], names));
  return { given: own, inputs: inputNodes(own), variables: variablesOf([call], names), call };
}

/** Whether something is what `compileFunction` made. */
export function isFunctionProgram(value: unknown): value is FunctionProgram {
  return aRecord.accepts(value) && ["given", "inputs", "variables", "call"].every((part) => part in (value as object));
}
