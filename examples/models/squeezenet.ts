import {
  concat,
  conv2d,
  type Dim,
  globalAveragePooling2d,
  input,
  maxPooling2d,
  model,
  relu,
  type Tensor,
} from "shapewright";

/** Few channels, and from them `expand` by windows of one place beside as many by windows of nine. */
function fire<
  B extends Dim,
  H extends Dim,
  W extends Dim,
  C extends number,
  const S extends number,
  const E extends number,
>(x: Tensor<[B, H, W, C]>, squeeze: S, expand: E) {
  const few = conv2d(x, { filters: squeeze, kernelSize: 1, activation: relu });
  const narrow = conv2d(few, { filters: expand, kernelSize: 1, activation: relu });
  const around = conv2d(few, { filters: expand, kernelSize: 3, padding: "same", activation: relu });
  return concat([narrow, around], -1);
}

const halve = { poolSize: 3, strides: 2 } as const;

/**
 * SqueezeNet 1.0: 1,248,424 parameters.
 * Source: Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size" (2016).
 */
export const squeezenet = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const stem = conv2d(image, { filters: 96, kernelSize: 7, strides: 2, activation: relu }); // ["batch", 109, 109, 96]
  const fire4 = fire(fire(fire(maxPooling2d(stem, halve), 16, 64), 16, 64), 32, 128); // ["batch", 54, 54, 256]
  const fire6 = fire(fire(maxPooling2d(fire4, halve), 32, 128), 48, 192); // ["batch", 26, 26, 384]
  const fire8 = fire(fire(fire6, 48, 192), 64, 256);
  const fire9 = fire(maxPooling2d(fire8, halve), 64, 256); // ["batch", 12, 12, 512]
  const scores = conv2d(fire9, { filters: 1000, kernelSize: 1, activation: relu });
  return globalAveragePooling2d(scores); // ["batch", 1000]
});
