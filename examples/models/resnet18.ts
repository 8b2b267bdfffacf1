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
} from "shapewright";

const linear = { padding: "same", useBias: false } as const;

/** Two convolutions beside the way around them. */
function basic<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
): Tensor<[B, H, W, C]> {
  const filters = x.shape[3];
  const first = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 3 })));
  return relu(add(x, batchNormalization(conv2d(first, { ...linear, filters, kernelSize: 3 }))));
}

/** The same to other channels, at half the height and width: the way around is a convolution, too. */
function halve<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
) {
  const around = batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 1, strides: 2 }));
  const first = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 3, strides: 2 })));
  return relu(add(around, batchNormalization(conv2d(first, { ...linear, filters, kernelSize: 3 }))));
}

/**
 * ResNet-18: 11,689,512 parameters.
 * Source: He et al., "Deep residual learning for image recognition" (2015).
 */
export const resnet18 = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = relu(batchNormalization(conv2d(image, { ...linear, filters: 64, kernelSize: 7, strides: 2 })));
  const pooled = maxPooling2d(stem, { poolSize: 3, strides: 2, padding: "same" }); // ["batch", 56, 56, 64]
  const conv2 = basic(basic(pooled));
  const conv3 = basic(halve(conv2, 128));
  const conv4 = basic(halve(conv3, 256));
  const conv5 = basic(halve(conv4, 512)); // ["batch", 7, 7, 512]
  return dense(globalAveragePooling2d(conv5), { units: 1000 });
});
