import {
  add,
  batchNormalization,
  conv2d,
  type Dim,
  dense,
  input,
  minus,
  over,
  plus,
  relu,
  type Shape,
  type Tensor,
  type Times,
  times,
} from "shapewright";
import { expectType } from "tsd";

// Sizes that are calculated as values keep their types.

const time = input(["batch", "time", 64]).shape[1];
const unknown: number = 8;
expectType<30>(plus(28, 2));
expectType<"time+3">(plus(time, 3));
expectType<"time">(minus(plus(time, 3), 3));
expectType<"batch*time">(times("batch", time));
expectType<12>(over(768, 64));
expectType<"floor(time/2)">(over(time, 2));
expectType<"time">(over(times(time, 4), 4));
expectType<number>(times(unknown, 4));

/** Widens and narrows again. */
function feedForward<const B extends Shape, C extends number>(
  x: Tensor<[...B, C]>,
  channels: NoInfer<C>,
): Tensor<[...B, C]> {
  const wide = dense(x, { units: times(channels, 4), activation: relu });
  expectType<Tensor<[...B, Times<C, 4>]>>(wide);
  return dense(wide, { units: channels });
}
expectType<Tensor<["batch", "time", 64]>>(feedForward(input(["batch", "time", 64]), 64));

/** Its input is four times as wide as it is narrow. */
function bottleneck<B extends Dim, H extends Dim, W extends Dim, const F extends number>(
  x: Tensor<[B, H, W, Times<F, 4>]>,
  filters: F,
): Tensor<[B, H, W, Times<F, 4>]> {
  const narrow = relu(batchNormalization(conv2d(x, { filters, kernelSize: 1 })));
  return relu(add(x, conv2d(narrow, { filters: times(filters, 4), kernelSize: 1 })));
}
expectType<Tensor<["batch", 56, 56, 256]>>(bottleneck(input(["batch", 56, 56, 256]), 64));
// @ts-expect-error a quarter of 256 is 64
bottleneck(input(["batch", 56, 56, 256]), 32);
