import {
  add,
  arange,
  at,
  type Dim,
  dense,
  dropout,
  embedding,
  gather,
  gelu,
  input,
  layerNormalization,
  model,
  multiHeadAttention,
  randomNormalInitializer,
  type Tensor,
  tanh,
  times,
  variable,
} from "shapewright";

const epsilon = 1e-12;

/** All places that are no padding look at one another; then two dense layers for each place by itself. */
function block<B extends Dim, T extends Dim, C extends number>(
  x: Tensor<[B, T, C]>,
  attentionMask: NoInfer<Tensor<[B, 1, 1, T], "bool">>,
): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const attended = multiHeadAttention(x, { numHeads: 12, keyDim: 64, dropout: 0.1, attentionMask });
  const seen = layerNormalization(add(x, dropout(attended, 0.1)), { epsilon });
  const wide = dense(seen, { units: times(channels, 4), activation: gelu });
  return layerNormalization(add(seen, dropout(dense(wide, { units: channels }), 0.1)), { epsilon });
}

/**
 * BERT base, uncased: 109,482,240 parameters. It gives what it makes of each token, and of the text by its first one.
 * Source: Devlin et al., "BERT: pre-training of deep bidirectional transformers for language understanding" (2018).
 */
export const bert = model(
  {
    tokens: input(["batch", "time"], "int32"),
    segments: input(["batch", "time"], "int32"),
    isText: input(["batch", 1, 1, "time"], "bool"),
  },
  ({ tokens, segments, isText }) => {
    const words = embedding(tokens, { inputDim: 30522, outputDim: 768 });
    const places = variable("places", [512, 768], randomNormalInitializer({ stddev: 0.02 }));
    const sum = add(add(words, gather(places, arange("time"))), embedding(segments, { inputDim: 2, outputDim: 768 }));
    let y = dropout(layerNormalization(sum, { epsilon }), 0.1); // ["batch", "time", 768]
    for (let i = 0; i < 12; i++) y = block(y, isText);
    return { tokens: y, text: dense(at(y, ":, 0"), { units: 768, activation: tanh }) };
  },
);
