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
  relu6,
  type Tensor,
  times,
} from "shapewright";

/** A window for each channel by itself, and then all channels of a place to `filters` others. */
function separable<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, strides: S) {
  const channels = x.shape[3];
  const each = conv2d(x, {
    filters: channels,
    kernelSize: 3,
    strides,
    padding: "same",
    groups: channels,
    useBias: false,
  });
  return batchNormalization(conv2d(relu6(batchNormalization(each)), { filters, kernelSize: 1, useBias: false }));
}

/** Six times as many channels between two places that have few. */
function inverted<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, strides: S) {
  const wide = conv2d(x, { filters: times(x.shape[3], 6), kernelSize: 1, useBias: false });
  return separable(relu6(batchNormalization(wide)), filters, strides);
}

/** The same beside the way around it. */
function residual<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
): Tensor<[B, H, W, C]> {
  return add(x, inverted(x, x.shape[3], 1));
}

/** `blocks` of them, of which the first changes the size. */
function stage<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, { filters, blocks, strides }: { filters: F; blocks: number; strides: S }) {
  let y = inverted(x, filters, strides);
  for (let block = 1; block < blocks; block++) y = residual(y);
  return y;
}

/**
 * MobileNetV2: 3,504,872 parameters.
 * Source: Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks" (2018).
 */
export const mobilenetV2 = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = conv2d(image, { filters: 32, kernelSize: 3, strides: 2, padding: "same", useBias: false });
  const first = separable(relu6(batchNormalization(stem)), 16, 1); // ["batch", 112, 112, 16]
  const second = stage(first, { filters: 24, blocks: 2, strides: 2 });
  const third = stage(second, { filters: 32, blocks: 3, strides: 2 }); // ["batch", 28, 28, 32]
  const fourth = stage(third, { filters: 64, blocks: 4, strides: 2 });
  const fifth = stage(fourth, { filters: 96, blocks: 3, strides: 1 }); // ["batch", 14, 14, 96]
  const sixth = stage(fifth, { filters: 160, blocks: 3, strides: 2 });
  const last = inverted(sixth, 320, 1); // ["batch", 7, 7, 320]
  const head = relu6(batchNormalization(conv2d(last, { filters: 1280, kernelSize: 1, useBias: false })));
  return dense(dropout(globalAveragePooling2d(head), 0.2), { units: 1000 });
});
