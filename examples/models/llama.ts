import {
  add,
  broadcastTo,
  type Dim,
  dense,
  expandDims,
  input,
  model,
  multiply,
  reshape,
  rmsNormalization,
  rotaryEmbedding,
  scaledDotProductAttention,
  silu,
  swapAxes,
  type Tensor,
  times,
  transpose,
} from "shapewright";

const linear = { useBias: false } as const;

/** The channels in heads of 64: [batch, heads, time, 64]. */
function headed<B extends Dim, T extends Dim, C extends number, const N extends number>(
  x: Tensor<[B, T, C]>,
  heads: N,
): Tensor<[B, N, T, 64]> {
  const [batch, time] = x.shape;
  const wide = dense(x, { ...linear, units: times(heads, 64) });
  return swapAxes(reshape(wide, [batch, time, heads, 64]), 1, 2);
}

/** Each of four heads of keys and values serves eight of queries. */
function shared<B extends Dim, T extends Dim>(x: Tensor<[B, 4, T, 64]>): Tensor<[B, 32, T, 64]> {
  const [batch, , time] = x.shape;
  return reshape(broadcastTo(expandDims(x, 2), [batch, 4, 8, time, 64]), [batch, 32, time, 64]);
}

/** Each place looks at those before it; then a gated layer for each place by itself. */
function block<B extends Dim, T extends Dim>(x: Tensor<[B, T, 2048]>): Tensor<[B, T, 2048]> {
  const [batch, time] = x.shape;
  const normal = rmsNormalization(x, { epsilon: 1e-5 });
  const [query, key] = [rotaryEmbedding(headed(normal, 32)), shared(rotaryEmbedding(headed(normal, 4)))];
  const seen = scaledDotProductAttention(query, key, shared(headed(normal, 4)), { isCausal: true });
  const joined = reshape(transpose(seen, [0, 2, 1, 3]), [batch, time, 2048]);
  const attended = add(x, dense(joined, { ...linear, units: 2048 }));
  const next = rmsNormalization(attended, { epsilon: 1e-5 });
  const gated = multiply(
    dense(next, { ...linear, units: 5632, activation: silu }),
    dense(next, { ...linear, units: 5632 }),
  );
  return add(attended, dense(gated, { ...linear, units: 2048 }));
}

/**
 * A block of TinyLlama, with rotary places and grouped queries: 44,044,288 of its parameters, of which it has 22 blocks.
 * Source: Touvron et al., "LLaMA: open and efficient foundation language models" (2023).
 */
export const llamaBlock = model({ words: input(["batch", "time", 2048]) }, ({ words }) => block(words));
