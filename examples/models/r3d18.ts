import {
  add,
  batchNormalization,
  conv3d,
  type Dim,
  dense,
  globalAveragePooling3d,
  input,
  model,
  relu,
  type Tensor,
} from "shapewright";

const window = { kernelSize: 3, padding: 1, useBias: false } as const;
const normal = { epsilon: 1e-5, momentum: 0.9 } as const;

/** Two windows over frames, height and width, beside the way around them. */
function basic<B extends Dim, T extends Dim, H extends Dim, W extends Dim, C extends number>(
  x: Tensor<[B, T, H, W, C]>,
): Tensor<[B, T, H, W, C]> {
  const filters = x.shape[4];
  const first = relu(batchNormalization(conv3d(x, { ...window, filters }), normal));
  return relu(add(x, batchNormalization(conv3d(first, { ...window, filters }), normal)));
}

/** The same to other channels, at half of all sizes, and once more. */
function stage<B extends Dim, T extends Dim, H extends Dim, W extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, T, H, W, C]>,
  filters: F,
) {
  const around = conv3d(x, { filters, kernelSize: 1, strides: 2, useBias: false });
  const first = relu(batchNormalization(conv3d(x, { ...window, filters, strides: 2 }), normal));
  const second = batchNormalization(conv3d(first, { ...window, filters }), normal);
  return basic(relu(add(batchNormalization(around, normal), second)));
}

/**
 * R3D-18, for the actions in videos: 33,371,472 parameters.
 * Source: Tran et al., "A closer look at spatiotemporal convolutions for action recognition" (2018).
 */
export const r3d18 = model({ video: input(["batch", 8, 56, 56, 3]) }, ({ video }) => {
  const stem = conv3d(video, {
    filters: 64,
    kernelSize: [3, 7, 7],
    strides: [1, 2, 2],
    padding: [1, 3, 3],
    useBias: false,
  });
  const conv2 = basic(basic(relu(batchNormalization(stem, normal)))); // ["batch", 8, 28, 28, 64]
  const conv5 = stage(stage(stage(conv2, 128), 256), 512); // ["batch", 1, 4, 4, 512]
  return dense(globalAveragePooling3d(conv5), { units: 400 });
});
