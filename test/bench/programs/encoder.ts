import {
  add,
  type Dim,
  dense,
  embedding,
  gelu,
  input,
  layerNormalization,
  model,
  multiHeadAttention,
  type Tensor,
  times,
} from "shapewright";

/** All places look at one another; then two dense layers for each place by itself. */
function block<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const seen = layerNormalization(add(x, multiHeadAttention(x, { numHeads: 12, keyDim: 64 })));
  const wide = dense(seen, { units: times(channels, 4), activation: gelu });
  return layerNormalization(add(seen, dense(wide, { units: channels })));
}

/** An encoder of 12 blocks, one after another, as BERT has it. */
export const network = model({ tokens: input(["batch", "time"], "int32") }, ({ tokens }) => {
  const embedded = embedding(tokens, { inputDim: 30522, outputDim: 768 });
  const block1 = block(embedded);
  const block2 = block(block1);
  const block3 = block(block2);
  const block4 = block(block3);
  const block5 = block(block4);
  const block6 = block(block5);
  const block7 = block(block6);
  const block8 = block(block7);
  const block9 = block(block8);
  const block10 = block(block9);
  const block11 = block(block10);
  const block12 = block(block11);
  return dense(block12, { units: 30522 });
});

export const output: Tensor<["batch", "time", 30522]> = network.output;
