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

/** Few channels, in 32 groups with windows of their own, and back to twice as many. */
function grouped<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const F extends number,
  const S extends number,
>(x: Tensor<[B, H, W, C]>, filters: F, strides: S) {
  const narrow = relu(batchNormalization(conv2d(x, { ...linear, filters, kernelSize: 1 })));
  const windows = conv2d(narrow, { ...linear, filters, kernelSize: 3, strides, groups: 32 });
  return batchNormalization(
    conv2d(relu(batchNormalization(windows)), { ...linear, filters: times(filters, 2), kernelSize: 1 }),
  );
}

/** The same beside the way around it. */
function residual<B extends Dim, H extends Dim, W extends Dim, const F extends number>(
  x: Tensor<[B, H, W, Times<F, 2>]>,
  filters: F,
): Tensor<[B, H, W, Times<F, 2>]> {
  return relu(add(x, grouped(x, filters, 1)));
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
  const around = batchNormalization(conv2d(x, { ...linear, filters: times(filters, 2), kernelSize: 1, strides }));
  let y = relu(add(around, grouped(x, filters, strides)));
  for (let block = 1; block < blocks; block++) y = residual(y, filters);
  return y;
}

/**
 * ResNeXt-50 32×4d: 25,028,904 parameters.
 * Source: Xie et al., "Aggregated residual transformations for deep neural networks" (2017).
 */
export const resnext50 = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = relu(batchNormalization(conv2d(image, { ...linear, filters: 64, kernelSize: 7, strides: 2 })));
  const pooled = maxPooling2d(stem, { poolSize: 3, strides: 2, padding: "same" }); // ["batch", 56, 56, 64]
  const conv2 = stage(pooled, { filters: 128, blocks: 3, strides: 1 });
  const conv3 = stage(conv2, { filters: 256, blocks: 4, strides: 2 });
  const conv4 = stage(conv3, { filters: 512, blocks: 6, strides: 2 });
  const conv5 = stage(conv4, { filters: 1024, blocks: 3, strides: 2 }); // ["batch", 7, 7, 2048]
  return dense(globalAveragePooling2d(conv5), { units: 1000 });
});
