import { ShapewrightError } from "../src/ir/errors.js";
import { isOp, isTensor, type Node } from "../src/ir/node.js";
import type { ShapeOf, Tensor, TensorLike } from "../src/ir/tensor.js";
import { type Model, type Outputs, outputNodes } from "../src/model.js";
import type { IsUnknown, Shape, SplitFirst } from "../src/types/dim.js";
import { fill, type Message } from "../src/types/message.js";
import { type Show, show } from "../src/types/show.js";
import { type Inputs, inputNodes } from "./program.js";

export const notBatched = "compile: {input} has the shape {shape}; its first axis counts samples and must be {allowed}";
const aName = 'a name such as "batch"';
/** A bool scalar is mostly wanted for one thing, which needs no input. */
const orIsTraining = `${aName}; whether the step trains is what isTraining() says` as const;

/** `unknown` where all inputs and the output begin with a name for the batch, else the message. */
export type CheckBatch<I extends Inputs, O extends Outputs> = [InputMessage<I>] extends [never]
  ? [OutputMessage<O>] extends [never]
    ? unknown
    : OutputMessage<O>
  : InputMessage<I>;

/** The same of the inputs alone, where the output is a loss. */
export type CheckInputBatch<I extends Inputs> = [InputMessage<I>] extends [never] ? unknown : InputMessage<I>;

type OutputMessage<O extends Outputs> = O extends TensorLike
  ? BatchMessage<"the output", ShapeOf<O>>
  : { [K in keyof O & string]: BatchMessage<`the output ${K}`, ShapeOf<O[K]>> }[keyof O & string];

type InputMessage<I extends Inputs> = {
  [K in keyof I & string]: BatchMessage<
    K,
    ShapeOf<I[K]>,
    I[K] extends Tensor<[], "bool"> ? typeof orIsTraining : typeof aName
  >;
}[keyof I & string];

/** `never`, so that a union over all inputs leaves out those that are right. */
type BatchMessage<Name extends string, S extends Shape, Allowed extends string = typeof aName> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer B, unknown]
      ? IsUnknown<B> extends true
        ? never
        : B extends string
          ? never
          : NotBatched<Name, S, Allowed>
      : Split extends []
        ? NotBatched<Name, S, Allowed>
        : never
    : never;

type NotBatched<Name extends string, S extends Shape, Allowed extends string> = Message<
  typeof notBatched,
  { input: Name; shape: Show<S>; allowed: Allowed }
>;

/** Runtime twin of `CheckBatch`, which also compares the names. Throws SW_VALUE. */
export function checkBatch({ inputs, output }: Model<any, any>): void {
  const outputs = [...outputNodes(output)].map(
    ([name, node]) => [isTensor(output) ? "the output" : `the output ${name}`, node] as const,
  );
  checkBatchOf([...inputNodes(inputs), ...outputs]);
}

/** Runtime twin of `CheckInputBatch`, likewise. */
export function checkInputBatch({ inputs }: Model<any, any>): void {
  checkBatchOf([...inputNodes(inputs)]);
}

function checkBatchOf(nodes: readonly (readonly [name: string, node: Node])[]): void {
  const batch = nodes[0]![1].shape[0];
  for (const [name, node] of nodes) {
    const { shape } = node;
    const named = typeof shape[0] === "string";
    if (named && shape[0] === batch) continue;
    const allowed = named
      ? `"${batch}", like the others`
      : isOp(node, "input") && node.dtype === "bool" && node.rank === 0
        ? orIsTraining
        : aName;
    throw new ShapewrightError("SW_VALUE", fill(notBatched, { input: name, shape: show(shape), allowed }), "compile");
  }
}
