import {
  add,
  type Dim,
  dense,
  dropout,
  input,
  layerNormalization,
  model,
  multiHeadAttention,
  relu,
  type Tensor,
  times,
} from "shapewright";

const heads = { numHeads: 8, keyDim: 64, dropout: 0.1 } as const;

/** What a layer gives, beside the way around it, brought to mean 0 and variance 1. */
function around<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>, y: NoInfer<Tensor<[B, T, C]>>) {
  return layerNormalization(add(x, dropout(y, 0.1)), { epsilon: 1e-5 });
}

/** Two dense layers for each place by itself. */
function feedForward<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const wide = dropout(dense(x, { units: times(channels, 4), activation: relu }), 0.1);
  return around(x, dense(wide, { units: channels }));
}

/** All places look at one another. */
function encode<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  return feedForward(around(x, multiHeadAttention(x, heads)));
}

/** Each place looks at those before it, and then at all of the source. */
function decode<B extends Dim, T extends Dim, S extends Dim, C extends number>(
  x: Tensor<[B, T, C]>,
  source: Tensor<[NoInfer<B>, S, NoInfer<C>]>,
): Tensor<[B, T, C]> {
  const seen = around(x, multiHeadAttention(x, { ...heads, useCausalMask: true }));
  return feedForward(around(seen, multiHeadAttention(seen, { ...heads, value: source })));
}

/**
 * The transformer, from embedded words of one language to embedded words of another: 44,140,544 parameters beside the embeddings'. As
 * in PyTorch, both stacks end in a layer normalisation.
 * Source: Vaswani et al., "Attention is all you need" (2017).
 */
export const transformer = model(
  { source: input(["batch", "source", 512]), target: input(["batch", "time", 512]) },
  ({ source, target }) => {
    let memory = source;
    for (let i = 0; i < 6; i++) memory = encode(memory);
    const known = layerNormalization(memory, { epsilon: 1e-5 }); // ["batch", "source", 512]
    let y = target;
    for (let i = 0; i < 6; i++) y = decode(y, known);
    return layerNormalization(y, { epsilon: 1e-5 }); // ["batch", "time", 512]
  },
);
