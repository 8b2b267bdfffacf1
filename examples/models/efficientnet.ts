import {
  add,
  batchNormalization,
  conv2d,
  type Dim,
  dense,
  dropout,
  globalAveragePooling2d,
  input,
  model,
  multiply,
  over,
  sigmoid,
  silu,
  type Tensor,
  times,
} from "shapewright";

const linear = { useBias: false, padding: "same" } as const;

/** Lets each channel through as far as the mean of all channels says, by way of `squeeze` channels. */
function squeezeAndExcite<B extends Dim, H extends Dim, W extends Dim, C extends number, Q extends number>(
  x: Tensor<[B, H, W, C]>,
  squeeze: Q,
): Tensor<[B, H, W, C]> {
  const few = dense(globalAveragePooling2d(x, { keepDims: true }), { units: squeeze, activation: silu });
  return multiply(x, dense(few, { units: x.shape[3], activation: sigmoid }));
}

/** A window for each channel by itself, and then all channels of a place to `filters` others. */
function separable<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const K extends number,
  const S extends number,
  const Q extends number,
>(x: Tensor<[B, H, W, C]>, squeeze: Q, { filters, kernelSize, strides }: Sizes<F, K, S>) {
  const groups = x.shape[3];
  const each = conv2d(x, { ...linear, filters: groups, kernelSize, strides, groups });
  const excited = squeezeAndExcite(silu(batchNormalization(each)), squeeze);
  return batchNormalization(conv2d(excited, { ...linear, filters, kernelSize: 1 }));
}

interface Sizes<F, K, S> {
  readonly filters: F;
  readonly kernelSize: K;
  readonly strides: S;
}

/** Six times as many channels between two places that have few. */
function inverted<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const K extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, sizes: Sizes<F, K, S>) {
  const wide = conv2d(x, { ...linear, filters: times(x.shape[3], 6), kernelSize: 1 });
  return separable(silu(batchNormalization(wide)), over(x.shape[3], 4), sizes);
}

/** `blocks` of them, of which the first changes the size, and the others stand beside the way around them. */
function stage<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const K extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, blocks: number, sizes: Sizes<F, K, S>) {
  let y = inverted(x, sizes);
  for (let block = 1; block < blocks; block++) y = add(y, inverted(y, { ...sizes, strides: 1 }));
  return y;
}

/**
 * EfficientNet-B0: 5,288,548 parameters.
 * Source: Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks" (2019).
 */
export const efficientnet = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = silu(batchNormalization(conv2d(image, { ...linear, filters: 32, kernelSize: 3, strides: 2 })));
  const first = separable(stem, 8, { filters: 16, kernelSize: 3, strides: 1 }); // ["batch", 112, 112, 16]
  const second = stage(first, 2, { filters: 24, kernelSize: 3, strides: 2 });
  const third = stage(second, 2, { filters: 40, kernelSize: 5, strides: 2 }); // ["batch", 28, 28, 40]
  const fourth = stage(third, 3, { filters: 80, kernelSize: 3, strides: 2 });
  const fifth = stage(fourth, 3, { filters: 112, kernelSize: 5, strides: 1 }); // ["batch", 14, 14, 112]
  const sixth = stage(fifth, 4, { filters: 192, kernelSize: 5, strides: 2 });
  const last = stage(sixth, 1, { filters: 320, kernelSize: 3, strides: 1 }); // ["batch", 7, 7, 320]
  const head = silu(batchNormalization(conv2d(last, { ...linear, filters: 1280, kernelSize: 1 })));
  return dense(dropout(globalAveragePooling2d(head), 0.2), { units: 1000 });
});
