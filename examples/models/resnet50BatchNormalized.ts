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
  type Tensor,
  type Times,
  times,
} from "shapewright";

const linear = { useBias: false } as const;
const normal = { epsilon: 1e-5, momentum: 0.9 } as const;

/** Few channels, a window around each place, and back to four times as many. */
function narrow<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, strides: S) {
  const first = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 1 }), normal));
  const around = conv2d(first, { ...linear, filters, kernelSize: 3, strides, padding: 1 });
  const second = relu(batchNormalization(around, normal));
  return batchNormalization(conv2d(second, { ...linear, filters: times(filters, 4), kernelSize: 1 }), normal);
}

/** The same beside the way around it. */
function bottleneck<B extends Dim, H extends Dim, W extends Dim, const F extends number>(
  x: Tensor<[B, H, W, Times<F, 4>]>,
  filters: F,
): Tensor<[B, H, W, Times<F, 4>]> {
  return relu(add(x, narrow(x, filters, 1)));
}

/** `blocks` of them, of which the first has other channels, and a convolution on the way around it. */
function stage<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, { filters, blocks, strides }: { filters: F; blocks: number; strides: S }) {
  const shortcut = conv2d(x, { ...linear, filters: times(filters, 4), kernelSize: 1, strides });
  let y = relu(add(batchNormalization(shortcut, normal), narrow(x, filters, strides)));
  for (let block = 1; block < blocks; block++) y = bottleneck(y, filters);
  return y;
}

/**
 * ResNet-50 with batch normalisation, strides where torchvision has them: 25,557,032 parameters.
 * Source: He et al., "Deep residual learning for image recognition" (2015).
 */
export const resnet50 = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = conv2d(image, { ...linear, filters: 64, kernelSize: 7, strides: 2, padding: 3 });
  const pooled = maxPooling2d(relu(batchNormalization(stem, normal)), { poolSize: 3, strides: 2, padding: 1 });
  const conv2 = stage(pooled, { filters: 64, blocks: 3, strides: 1 }); // ["batch", 56, 56, 256]
  const conv3 = stage(conv2, { filters: 128, blocks: 4, strides: 2 });
  const conv4 = stage(conv3, { filters: 256, blocks: 6, strides: 2 });
  const conv5 = stage(conv4, { filters: 512, blocks: 3, strides: 2 }); // ["batch", 7, 7, 2048]
  return dense(globalAveragePooling2d(conv5), { units: 1000 });
});
