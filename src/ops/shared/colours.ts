import type { DType } from "../../ir/dtype.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import { type CheckAxis, checkAxis, type LastDim } from "../../types/axis.js";
import type { Compatible } from "../../types/compatible.js";
import type { Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { fill, type Message } from "../../types/message.js";
import { type Show, show } from "../../types/show.js";
import type { Any } from "./composite.js";
import type { FirstMessage } from "./firstMessage.js";

export const notThreeChannels = "{op}: takes three channels on the last axis, got {shape}";

/** `unknown` for float32 colours of three channels, else the message. */
export type CheckColours<Op extends string, S extends Shape, D extends DType> = FirstMessage<
  CheckDType<Op, D, "float32">,
  FirstMessage<
    CheckAxis<Op, S, -1>,
    Compatible<LastDim<S>, 3> extends true ? unknown : Message<typeof notThreeChannels, { op: Op; shape: Show<S> }>
  >
>;

/** What becomes of colours: runtime twin of `CheckColours`, and the result. */
export function ofColours(op: string, colours: Tensor<any, any>, build: (x: Any) => Any): Tensor<any> {
  const { dtype, shape } = nodeOf(colours, op);
  refuse("SW_DTYPE", op, checkDType(op, dtype, ["float32"]));
  refuse("SW_VALUE", op, checkAxis(op, shape, -1));
  refuse("SW_SHAPE", op, shape.at(-1) === 3 ? undefined : fill(notThreeChannels, { op, shape: show(shape) }));
  return calling(op, () => tensorOf(nodeOf(build(tensorOf(nodeOf(colours, op))))));
}
