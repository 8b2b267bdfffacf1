import {
  batchNormalization,
  concat,
  conv2d,
  conv2dTranspose,
  type Dim,
  input,
  maxPooling2d,
  model,
  relu,
  type Tensor,
  type Times,
} from "shapewright";

/** Two convolutions that keep the size. */
function double<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
): Tensor<[B, H, W, F]> {
  const first = relu(batchNormalization(conv2d(x, { ...linear, filters })));
  return relu(batchNormalization(conv2d(first, { ...linear, filters })));
}

const linear = { kernelSize: 3, padding: "same", useBias: false } as const;

/** Twice the height and width, beside what there was of that size on the way down. */
function up<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  skip: Tensor<[NoInfer<B>, Times<H, 2>, Times<W, 2>, F]>,
): Tensor<[B, Times<H, 2>, Times<W, 2>, F]> {
  const filters = skip.shape[3];
  return double(concat([skip, conv2dTranspose(x, { filters, kernelSize: 2, strides: 2 })], -1), filters);
}

/**
 * U-Net with convolutions that keep the size, and batch normalisation: 31,037,633 parameters.
 * Source: Ronneberger et al., "U-Net: convolutional networks for biomedical image segmentation" (2015).
 */
export const unet = model({ image: input(["batch", 256, 256, 3]) }, ({ image }) => {
  const full = double(image, 64);
  const half = double(maxPooling2d(full), 128);
  const quarter = double(maxPooling2d(half), 256);
  const eighth = double(maxPooling2d(quarter), 512); // ["batch", 32, 32, 512]
  const lowest = double(maxPooling2d(eighth), 1024); // ["batch", 16, 16, 1024]
  const whole = up(up(up(up(lowest, eighth), quarter), half), full); // ["batch", 256, 256, 64]
  return conv2d(whole, { filters: 1, kernelSize: 1 });
});
