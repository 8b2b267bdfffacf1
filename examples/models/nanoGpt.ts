import {
  add,
  arange,
  type Dim,
  dense,
  dropout,
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

const normal = { epsilon: 1e-5, center: false } as const;

/** Each place looks at those before it; then two dense layers for each place by itself. Nothing has a bias. */
function block<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const attention = { numHeads: 6, keyDim: 64, dropout: 0.2, useCausalMask: true, useBias: false } as const;
  const seen = add(x, dropout(multiHeadAttention(layerNormalization(x, normal), attention), 0.2));
  const wide = dense(layerNormalization(seen, normal), { units: times(channels, 4), useBias: false });
  const narrow = dense(gelu(wide, { approximate: false }), { units: channels, useBias: false });
  return add(seen, dropout(narrow, 0.2));
}

/**
 * nanoGPT of Shakespeare's characters: 10,745,088 parameters, of which 98,304 are of the places. Scores come by the table that characters
 * go in by.
 * Source: Karpathy, "nanoGPT" (2022), config/train_shakespeare_char.py.
 */
export const nanoGpt = model({ characters: input(["batch", "time"], "int32") }, ({ characters }) => {
  const small = randomNormalInitializer({ stddev: 0.02 });
  const table = variable("characters", [65, 384], small);
  const places = variable("places", [256, 384], small);
  let y = dropout(add(gather(table, characters), gather(places, arange("time"))), 0.2); // ["batch", "time", 384]
  for (let i = 0; i < 6; i++) y = block(y);
  return matmul(layerNormalization(y, normal), table, { transposeB: true }); // ["batch", "time", 65]
});
