import {
  add,
  conv2d,
  type Dim,
  dense,
  gelu,
  input,
  layerNormalization,
  mean,
  model,
  reshape,
  type Shape,
  type Tensor,
  transpose,
} from "shapewright";

/** Two dense layers along the last axis, which stays as wide as it is. */
function mlp<const B extends Shape, C extends number, const N extends number>(
  x: Tensor<[...B, C]>,
  hidden: N,
  channels: NoInfer<C>,
) {
  return dense(dense(x, { units: hidden, activation: gelu }), { units: channels });
}

/** Mixes the patches of each channel, and then the channels of each patch. */
function mixer<B extends Dim, T extends number, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const [, patches, channels] = x.shape;
  const across = mlp(transpose(layerNormalization(x), [0, 2, 1]), 384, patches);
  const mixed = add(x, transpose(across, [0, 2, 1]));
  return add(mixed, mlp(layerNormalization(mixed), 3072, channels));
}

/**
 * MLP-Mixer B/16: 59,880,472 parameters.
 * Source: Tolstikhin et al., "MLP-Mixer: an all-MLP architecture for vision" (2021).
 */
export const mlpMixer = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const patches = conv2d(image, { filters: 768, kernelSize: 16, strides: 16 }); // ["batch", 14, 14, 768]
  let y = reshape(patches, ["batch", 196, 768]);
  for (let block = 0; block < 12; block++) y = mixer(y);
  return dense(mean(layerNormalization(y), { axis: 1 }), { units: 1000 });
});
