import {
  add,
  arange,
  type Dim,
  dense,
  gather,
  gelu,
  input,
  layerNormalization,
  matmul,
  model,
  multiHeadAttention,
  randomNormalInitializer,
  type Tensor,
  times,
  variable,
} from "shapewright";

/** Each place looks at those before it; then two dense layers for each place by itself. */
function block<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const normal = layerNormalization(x, { epsilon: 1e-5 });
  const seen = add(x, multiHeadAttention(normal, { numHeads: 12, keyDim: 64, useCausalMask: true }));
  const wide = dense(layerNormalization(seen, { epsilon: 1e-5 }), { units: times(channels, 4), activation: gelu });
  return add(seen, dense(wide, { units: channels }));
}

/**
 * GPT-2 small, of which nanoGPT is a copy: 124,439,808 parameters. Scores come by the table that words go in by.
 * Source: Radford et al., "Language models are unsupervised multitask learners" (2019).
 */
export const gpt2 = model({ tokens: input(["batch", "time"], "int32") }, ({ tokens }) => {
  const small = randomNormalInitializer({ stddev: 0.02 });
  const words = variable("words", [50257, 768], small);
  const places = variable("places", [1024, 768], small);
  let y = add(gather(words, tokens), gather(places, arange("time"))); // ["batch", "time", 768]
  for (let i = 0; i < 12; i++) y = block(y);
  return matmul(layerNormalization(y, { epsilon: 1e-5 }), words, { transposeB: true }); // ["batch", "time", 50257]
});
