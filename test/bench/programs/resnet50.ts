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

const linear = { padding: "same", useBias: false } as const;

/** Few channels, windows over these, and back to four times as many. */
function narrowed<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, strides: S) {
  const narrow = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 1 })));
  const around = relu(batchNormalization(conv2d(narrow, { ...linear, filters, kernelSize: 3, strides })));
  return batchNormalization(conv2d(around, { ...linear, filters: times(filters, 4), kernelSize: 1 }));
}

/** The same beside the way around it. */
function bottleneck<B extends Dim, H extends Dim, W extends Dim, const F extends number>(
  x: Tensor<[B, H, W, Times<F, 4>]>,
  filters: F,
): Tensor<[B, H, W, Times<F, 4>]> {
  return relu(add(x, narrowed(x, filters, 1)));
}

/** To other channels, and to every `strides`-th row and column: the way around is a convolution, too. */
function projection<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, strides: S) {
  const around = batchNormalization(conv2d(x, { ...linear, filters: times(filters, 4), kernelSize: 1, strides }));
  return relu(add(around, narrowed(x, filters, strides)));
}

/** ResNet-50, block by block. Source: He et al., "Deep residual learning for image recognition" (2015). */
export const network = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = relu(batchNormalization(conv2d(image, { ...linear, filters: 64, kernelSize: 7, strides: 2 })));
  const pooled = maxPooling2d(stem, { poolSize: 3, strides: 2, padding: "same" });
  const conv2a = projection(pooled, 64, 1);
  const conv2b = bottleneck(conv2a, 64);
  const conv2c = bottleneck(conv2b, 64);
  const conv3a = projection(conv2c, 128, 2);
  const conv3b = bottleneck(conv3a, 128);
  const conv3c = bottleneck(conv3b, 128);
  const conv3d = bottleneck(conv3c, 128);
  const conv4a = projection(conv3d, 256, 2);
  const conv4b = bottleneck(conv4a, 256);
  const conv4c = bottleneck(conv4b, 256);
  const conv4d = bottleneck(conv4c, 256);
  const conv4e = bottleneck(conv4d, 256);
  const conv4f = bottleneck(conv4e, 256);
  const conv5a = projection(conv4f, 512, 2);
  const conv5b = bottleneck(conv5a, 512);
  const conv5c = bottleneck(conv5b, 512);
  return dense(globalAveragePooling2d(conv5c), { units: 1000 });
});

export const output: Tensor<["batch", 1000]> = network.output;
