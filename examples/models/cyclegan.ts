import {
  add,
  conv2d,
  conv2dTranspose,
  type Dim,
  groupNormalization,
  input,
  model,
  pad,
  relu,
  type Tensor,
  tanh,
} from "shapewright";

/** Each channel of each image to mean 0 and variance 1. */
function normalized<B extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, H, W, C]>,
): Tensor<[B, H, W, C]> {
  return groupNormalization(x, { groups: -1, epsilon: 1e-5, center: false, scale: false });
}

/** Two windows of images that are mirrored at their edges, beside the way around them. */
function residual<B extends Dim, C extends number>(x: Tensor<[B, 16, 16, C]>): Tensor<[B, 16, 16, C]> {
  const window = { filters: x.shape[3], kernelSize: 3 } as const;
  const first = relu(normalized(conv2d(pad(x, edges(1), "reflect"), window)));
  return add(x, normalized(conv2d(pad(first, edges(1), "reflect"), window)));
}

/** So many places more on each side. */
const edges = <const N extends number>(n: N): [[0, 0], [N, N], [N, N], [0, 0]] => [
  [0, 0],
  [n, n],
  [n, n],
  [0, 0],
];

/** So many channels, at half the height and width. */
function shrink<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
) {
  return relu(normalized(conv2d(x, { filters, kernelSize: 3, strides: 2, padding: 1 })));
}

/** What a transposed window leaves out before the first row and column, and after the last. */
const edge = [
  [1, 0],
  [1, 0],
] as const;

/** So many channels, at twice the height and width. */
function grow<B extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, H, W, C]>,
  filters: F,
) {
  return relu(normalized(conv2dTranspose(x, { filters, kernelSize: 3, strides: 2, padding: edge })));
}

/**
 * CycleGAN's generator, from images of one kind to those of another: 11,378,179 parameters.
 * Source: Zhu et al., "Unpaired image-to-image translation using cycle-consistent adversarial networks" (2017).
 */
export const cyclegan = model({ image: input(["batch", 64, 64, 3]) }, ({ image }) => {
  const stem = relu(normalized(conv2d(pad(image, edges(3), "reflect"), { filters: 64, kernelSize: 7 })));
  let y = shrink(shrink(stem, 128), 256); // ["batch", 16, 16, 256]
  for (let block = 0; block < 9; block++) y = residual(y);
  const painted = grow(grow(y, 128), 64); // ["batch", 64, 64, 64]
  return conv2d(pad(painted, edges(3), "reflect"), { filters: 3, kernelSize: 7, activation: tanh });
});
