import {
  add,
  arange,
  array,
  cast,
  concat,
  constant,
  conv1d,
  cos,
  type Dim,
  dense,
  gelu,
  input,
  layerNormalization,
  model,
  multiHeadAttention,
  outer,
  type Shape,
  sin,
  type Tensor,
  times,
} from "shapewright";

const exact = <const S extends Shape>(x: Tensor<S>) => gelu(x, { approximate: false });
const normal = { epsilon: 1e-5 } as const;

/** Waves whose lengths grow from channel to channel, by which places are told apart. */
function places<T extends Dim>(time: T): Tensor<[T, 384]> {
  const slowness = Float32Array.from({ length: 192 }, (_, i) => 10000 ** (-i / 191));
  const angles = outer(cast(arange(time), "float32"), constant(array(slowness, [192])));
  return concat([sin(angles), cos(angles)], 1);
}

/** All places look at one another; then two dense layers for each place by itself. */
function block<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const seen = add(x, multiHeadAttention(layerNormalization(x, normal), { numHeads: 6, keyDim: 64 }));
  const wide = dense(layerNormalization(seen, normal), { units: times(channels, 4), activation: exact });
  return add(seen, dense(wide, { units: channels }));
}

/**
 * The encoder of Whisper tiny, for half a minute of sound: 7,633,920 parameters. (1,536 of them are biases of keys, which the authors leave
 * out, since they come to nothing; the places' 576,000 numbers are not trained.)
 * Source: Radford et al., "Robust speech recognition via large-scale weak supervision" (2022).
 */
export const whisper = model({ spectrum: input(["batch", 3000, 80]) }, ({ spectrum }) => {
  const window = { filters: 384, kernelSize: 3, padding: 1, activation: exact } as const;
  const heard = conv1d(conv1d(spectrum, window), { ...window, strides: 2 }); // ["batch", 1500, 384]
  let y = add(heard, places(1500));
  for (let i = 0; i < 4; i++) y = block(y);
  return layerNormalization(y, normal); // ["batch", 1500, 384]
});
