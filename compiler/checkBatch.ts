import { ShapewrightError } from "../src/ir/errors.js";
import { isOp, isTensor, type Node } from "../src/ir/node.js";
import type { ShapeOf, Tensor, TensorLike } from "../src/ir/tensor.js";
import { type Model, type Outputs, outputNodes } from "../src/model.js";
import type { Dim, IsUnknown, Shape, SplitFirst } from "../src/types/dim.js";
import { fill, type Message } from "../src/types/message.js";
import { type Show, show } from "../src/types/show.js";
import { type Inputs, inputNodes } from "./program.js";

export const notBatched = "compile: {input} has the shape {shape}; its first axis counts samples and must be {allowed}";
const aName = 'a name such as "batch"';
/** A bool scalar is mostly wanted for one thing, which needs no input. */
const orIsTraining = `${aName}; whether the step trains is what isTraining() says` as const;

/** `unknown` where all inputs and the output begin with one name for the batch, else the message. */
export type CheckBatch<I extends Inputs, O extends Outputs> = Unless<
  InputMessage<I>,
  Unless<
    OtherInput<I, FirstName<I[keyof I]>>,
    Unless<OutputMessage<O>, Unless<OtherOutput<O, FirstName<I[keyof I]>>, unknown>>
  >
>;

/** The same of the inputs alone, where the output is a loss. */
export type CheckInputBatch<I extends Inputs> = Unless<
  InputMessage<I>,
  Unless<OtherInput<I, FirstName<I[keyof I]>>, unknown>
>;

type Unless<M, Then> = [M] extends [never] ? Then : M;

type OutputMessage<O extends Outputs> = O extends TensorLike
  ? BatchMessage<"the output", ShapeOf<O>>
  : { [K in keyof O & string]: BatchMessage<`the output ${K}`, ShapeOf<O[K]>> }[keyof O & string];

/** The names that tensors begin with, as far as they are known. */
type FirstName<T> = T extends TensorLike
  ? SplitFirst<ShapeOf<T>> extends [infer B, unknown]
    ? IsUnknown<B> extends true
      ? never
      : B & string
    : never
  : never;

/** What is said of inputs that begin with another name than the others: than "batch", where one has that; else of one of them. */
type OtherInput<I extends Inputs, Names> = [Names] extends [Intersection<Names>]
  ? never
  : "batch" extends Names
    ? { [K in keyof I & string]: OtherName<K, I[K], "batch"> }[keyof I & string]
    : Last<{ [K in keyof I & string]: OtherName<K, I[K], Last<Exclude<Names, FirstName<I[K]>>>> }[keyof I & string]>;

type OtherOutput<O extends Outputs, Batch> = O extends TensorLike
  ? OtherName<"the output", O, Batch>
  : { [K in keyof O & string]: OtherName<`the output ${K}`, O[K], Batch> }[keyof O & string];

type OtherName<Name extends string, T, Batch> = [Batch] extends [never]
  ? never
  : FirstName<T> extends Batch
    ? never
    : NotBatched<Name, ShapeOf<T>, `"${Batch & string}", like the others`>;

type Intersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;
type Last<U> = Intersection<U extends unknown ? () => U : never> extends () => infer L ? L : never;

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

/** Runtime twin of `CheckBatch`. Throws SW_VALUE. */
export function checkBatch({ inputs, output }: Model<any, any>): void {
  const outputs = [...outputNodes(output)].map(
    ([name, node]) => [isTensor(output) ? "the output" : `the output ${name}`, node] as const,
  );
  checkBegin(outputs, checkBegin([...inputNodes(inputs)]));
}

/** Runtime twin of `CheckInputBatch`. */
export function checkInputBatch({ inputs }: Model<any, any>): void {
  checkBegin([...inputNodes(inputs)]);
}

/** Checks that all begin with one name: that of the batch, where it is known. @returns it */
function checkBegin(nodes: readonly (readonly [name: string, node: Node])[], known?: Dim): Dim {
  const first = nodes.map(([, { shape }]) => shape[0]);
  const batch = known ?? (first.includes("batch") ? "batch" : first[0]!);
  for (const [name, node] of nodes) {
    if (typeof node.shape[0] === "string") continue;
    throw refused(name, node, isOp(node, "input") && node.dtype === "bool" && node.rank === 0 ? orIsTraining : aName);
  }
  for (const [name, node] of nodes)
    if (node.shape[0] !== batch) throw refused(name, node, `"${batch}", like the others`);
  return batch;
}

function refused(input: string, { shape }: Node, allowed: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", fill(notBatched, { input, shape: show(shape), allowed }), "compile");
}
