import {
  batchNormalization,
  conv2d,
  type Dim,
  dense,
  globalAveragePooling2d,
  input,
  maxPooling2d,
  model,
  relu,
  reshape,
  split,
  stack,
  type Tensor,
  type Times,
  times,
} from "shapewright";

const normal = { epsilon: 1e-5, momentum: 0.9 } as const;

/** All channels of a place to `filters` others. */
function mix<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
) {
  return relu(batchNormalization(conv2d(x, { filters, kernelSize: 1, useBias: false }), normal));
}

/** A window for each channel by itself. */
function look<B extends Dim, H extends Dim, W extends Dim, C extends number, const S extends number>(
  x: Tensor<[B, H, W, C]>,
  strides: S,
) {
  const filters = x.shape[3];
  const each = { filters, groups: filters, kernelSize: 3, strides, padding: 1, useBias: false } as const;
  return batchNormalization(conv2d(x, each), normal);
}

/** The channels of two tensors, one of each in turn. */
function shuffle<B extends Dim, H extends Dim, W extends Dim, F extends number>(
  a: Tensor<[B, H, W, F]>,
  b: NoInfer<Tensor<[B, H, W, F]>>,
): Tensor<[B, H, W, Times<F, 2>]> {
  const [batch, height, width, half] = a.shape;
  return reshape(stack([a, b], -1), [batch, height, width, times(half, 2)]);
}

/** Twice as many channels as said, at half the height and width. */
function halve<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  half: F,
) {
  return shuffle(mix(look(x, 2), half), mix(look(mix(x, half), 2), half));
}

/** Half of the channels go on as they are. */
function residual<B extends Dim, H extends Dim, W extends Dim, const F extends number>(
  x: Tensor<[B, H, W, Times<F, 2>]>,
  half: F,
): Tensor<[B, H, W, Times<F, 2>]> {
  const [around, seen] = split(x, [half, half], -1);
  return shuffle(around, mix(look(mix(seen, half), 1), half));
}

/** `blocks` of them, of which the first changes the size. */
function stage<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  half: F,
  blocks: number,
) {
  let y = halve(x, half);
  for (let block = 1; block < blocks; block++) y = residual(y, half);
  return y;
}

/**
 * ShuffleNetV2: 2,278,604 parameters.
 * Source: Ma et al., "ShuffleNet V2: practical guidelines for efficient CNN architecture design" (2018).
 */
export const shufflenetV2 = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = conv2d(image, { filters: 24, kernelSize: 3, strides: 2, padding: 1, useBias: false });
  const pooled = maxPooling2d(relu(batchNormalization(stem, normal)), { poolSize: 3, strides: 2, padding: 1 });
  const stage2 = stage(pooled, 58, 4); // ["batch", 28, 28, 116]
  const stage3 = stage(stage2, 116, 8); // ["batch", 14, 14, 232]
  const stage4 = stage(stage3, 232, 4); // ["batch", 7, 7, 464]
  return dense(globalAveragePooling2d(mix(stage4, 1024)), { units: 1000 });
});
