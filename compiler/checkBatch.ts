import { ShapewrightError } from "../src/ir/errors.js";
import { nodeOf } from "../src/ir/node.js";
import type { ShapeOf, TensorLike } from "../src/ir/tensor.js";
import type { Model } from "../src/model.js";
import type { IsUnknown, Shape, SplitFirst } from "../src/types/dim.js";
import { type Show, show } from "../src/types/show.js";
import type { Inputs } from "./program.js";

/** `unknown` where all inputs and the output begin with a name for the batch, else the message. */
export type CheckBatch<I extends Inputs, O extends TensorLike> = [InputMessage<I>] extends [never]
  ? [BatchMessage<"the output", ShapeOf<O>>] extends [never]
    ? unknown
    : BatchMessage<"the output", ShapeOf<O>>
  : InputMessage<I>;

type InputMessage<I extends Inputs> = { [K in keyof I & string]: BatchMessage<K, ShapeOf<I[K]>> }[keyof I & string];

/** `never`, so that a union over all inputs leaves out those that are right. */
type BatchMessage<Name extends string, S extends Shape> =
  SplitFirst<S> extends infer Split
    ? Split extends [infer B, unknown]
      ? IsUnknown<B> extends true
        ? never
        : B extends string
          ? never
          : NotBatched<Name, S>
      : Split extends []
        ? NotBatched<Name, S>
        : never
    : never;

type NotBatched<
  Name extends string,
  S extends Shape,
> = `compile: ${Name} has the shape ${Show<S>}; its first axis counts samples and must be a name such as "batch"`;

/** Runtime twin of `CheckBatch`, which also compares the names. Throws SW_VALUE. */
export function checkBatch({ inputs, output }: Model<any, any>): void {
  const tensors = [...Object.entries(inputs), ["the output", output]] as [string, TensorLike][];
  const batch = nodeOf(tensors[0]![1]).shape[0];
  for (const [name, tensor] of tensors) {
    const { shape } = nodeOf(tensor);
    const named = typeof shape[0] === "string";
    if (named && shape[0] === batch) continue;
    const wanted = named ? `"${batch}", like the others` : 'a name such as "batch"';
    const message = `compile: ${name} has the shape ${show(shape)}; its first axis counts samples and must be ${wanted}`;
    throw new ShapewrightError("SW_VALUE", message, "compile");
  }
}
