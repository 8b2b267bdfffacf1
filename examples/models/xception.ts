import {
  add,
  batchNormalization,
  conv2d,
  type Dim,
  dense,
  globalAveragePooling2d,
  input,
  maxPooling2d,
  model,
  relu,
  separableConv2d,
  type Tensor,
} from "shapewright";

/** A window for each channel by itself, and then all channels of a place to `filters` others. */
function separable<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
) {
  return batchNormalization(separableConv2d(x, { filters, kernelSize: 3, padding: "same", useBias: false }));
}

/** Two of them at half the height and width, beside a convolution around them. */
function halve<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const N extends number,
  const F extends number,
>(x: Tensor<[B, H, W, C]>, narrow: N, filters: F) {
  const around = conv2d(x, { filters, kernelSize: 1, strides: 2, useBias: false });
  const seen = separable(relu(separable(relu(x), narrow)), filters);
  return add(batchNormalization(around), maxPooling2d(seen, { poolSize: 3, strides: 2, padding: "same" }));
}

/** Three of them that keep everything, beside the way around them. */
function residual<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
): Tensor<[B, H, W, C]> {
  const channels = x.shape[3];
  return add(x, separable(relu(separable(relu(separable(relu(x), channels)), channels)), channels));
}

/**
 * Xception: 22,855,952 parameters.
 * Source: Chollet, "Xception: deep learning with depthwise separable convolutions" (2017).
 */
export const xception = model({ image: input(["batch", 299, 299, 3]) }, ({ image }) => {
  const first = conv2d(image, { filters: 32, kernelSize: 3, strides: 2, useBias: false }); // ["batch", 149, 149, 32]
  const second = conv2d(relu(batchNormalization(first)), { filters: 64, kernelSize: 3, useBias: false });
  const stem = relu(batchNormalization(second)); // ["batch", 147, 147, 64]
  let y = halve(halve(halve(stem, 128, 128), 256, 256), 728, 728); // ["batch", 19, 19, 728]
  for (let block = 0; block < 8; block++) y = residual(y);
  const last = halve(y, 728, 1024); // ["batch", 10, 10, 1024]
  const wide = relu(separable(relu(separable(last, 1536)), 2048));
  return dense(globalAveragePooling2d(wide), { units: 1000 });
});
