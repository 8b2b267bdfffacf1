import {
  add,
  at,
  broadcastTo,
  concat,
  conv2d,
  type Dim,
  dense,
  gelu,
  input,
  layerNormalization,
  model,
  multiHeadAttention,
  randomNormalInitializer,
  reshape,
  type Tensor,
  times,
  variable,
  zeros,
} from "shapewright";

const epsilon = 1e-6;

/** All places look at one another; then two dense layers for each place by itself. */
function block<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const seen = add(x, multiHeadAttention(layerNormalization(x, { epsilon }), { numHeads: 12, keyDim: 64 }));
  const wide = dense(layerNormalization(seen, { epsilon }), { units: times(channels, 4), activation: gelu });
  return add(seen, dense(wide, { units: channels }));
}

/**
 * Vision transformer B/16: 86,567,656 parameters. A learnt token before the patches gathers what the class is told by.
 * Source: Dosovitskiy et al., "An image is worth 16x16 words: transformers for image recognition at scale" (2020).
 */
export const vit = model({ image: input(["batch", 224, 224, 3]) }, ({ image }) => {
  const patches = reshape(conv2d(image, { filters: 768, kernelSize: 16, strides: 16 }), ["batch", 196, 768]);
  const token = broadcastTo(variable("token", [1, 1, 768], zeros()), ["batch", 1, 768]);
  const places = variable("places", [197, 768], randomNormalInitializer({ stddev: 0.02 }));
  let y = add(concat([token, patches], 1), places); // ["batch", 197, 768]
  for (let i = 0; i < 12; i++) y = block(y);
  return dense(at(layerNormalization(y, { epsilon }), ":, 0"), { units: 1000 });
});
