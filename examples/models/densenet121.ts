import {
  averagePooling2d,
  batchNormalization,
  concat,
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

/** 32 new channels beside those that there are, made from all of them. */
function grow<B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Tensor<[B, H, W, C]>) {
  const seen = relu(batchNormalization(x));
  const narrow = conv2d(seen, { filters: 128, kernelSize: 1, useBias: false });
  const around = relu(batchNormalization(narrow));
  return concat([x, conv2d(around, { filters: 32, kernelSize: 3, padding: "same", useBias: false })], -1);
}

const twice = <B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Tensor<[B, H, W, C]>) => grow(grow(x));
const sixTimes = <B extends Dim, H extends Dim, W extends Dim, C extends number>(x: Tensor<[B, H, W, C]>) =>
  twice(twice(twice(x)));

/** So many channels, at half the height and width. */
function transition<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
) {
  return averagePooling2d(conv2d(relu(batchNormalization(x)), { filters, kernelSize: 1, useBias: false }));
}

/**
 * DenseNet-121: 7,978,856 parameters.
 * Source: Huang et al., "Densely connected convolutional networks" (2017).
 */
export const densenet121 = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = conv2d(image, { filters: 64, kernelSize: 7, strides: 2, padding: "same", useBias: false });
  const pooled = maxPooling2d(relu(batchNormalization(stem)), { poolSize: 3, strides: 2, padding: "same" });
  const dense1 = transition(sixTimes(pooled), 128); // ["batch", 28, 28, 128]
  const dense2 = transition(sixTimes(sixTimes(dense1)), 256); // ["batch", 14, 14, 256]
  const dense3 = transition(sixTimes(sixTimes(sixTimes(sixTimes(dense2)))), 512); // ["batch", 7, 7, 512]
  const dense4 = twice(twice(sixTimes(sixTimes(dense3)))); // ["batch", 7, 7, 1024]
  return dense(globalAveragePooling2d(relu(batchNormalization(dense4))), { units: 1000 });
});
