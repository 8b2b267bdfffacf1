import {
  add,
  conv1d,
  conv1dTranspose,
  type Dim,
  glorotUniform,
  glu,
  input,
  lstm,
  model,
  relu,
  type Tensor,
  times,
} from "shapewright";

/** A quarter as long, with so many channels. */
function encode<B extends Dim, T extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, T, C]>,
  filters: F,
) {
  const short = conv1d(x, { filters, kernelSize: 8, strides: 4, activation: relu });
  return glu(conv1d(short, { filters: times(filters, 2), kernelSize: 1 }));
}

/** Four times as long, from what comes up beside what there was of that length on the way down. */
function decode<B extends Dim, T extends Dim, C extends number, const F extends number>(
  x: Tensor<[B, T, C]>,
  skip: NoInfer<Tensor<[B, T, C]>>,
  filters: F,
) {
  const both = glu(conv1d(add(x, skip), { filters: times(x.shape[2], 2), kernelSize: 1 }));
  return conv1dTranspose(both, { filters, kernelSize: 8, strides: 4 });
}

/** As in PyTorch, all weights start from a uniform distribution. */
const remembering = { units: 768, returnSequences: true, recurrentInitializer: glorotUniform() } as const;

/**
 * Demucs for speech in noise, with 48 channels: 18,861,793 parameters. (In PyTorch, its LSTMs have a second bias: 6,144 numbers more.) A
 * quarter of a second of sound comes in, at four times 16 kHz.
 * Source: Défossez et al., "Real time speech enhancement in the waveform domain" (2020).
 */
export const demucs = model({ sound: input(["batch", 15700, 1]) }, ({ sound }) => {
  const first = encode(sound, 48);
  const second = encode(first, 96); // ["batch", 980, 96]
  const third = encode(second, 192);
  const fourth = encode(third, 384); // ["batch", 60, 384]
  const fifth = encode(fourth, 768); // ["batch", 14, 768]
  const seen = lstm(lstm(fifth, remembering), remembering);
  const up4 = relu(decode(seen, fifth, 384)); // ["batch", 60, 384]
  const up3 = relu(decode(up4, fourth, 192));
  const up2 = relu(decode(up3, third, 96)); // ["batch", 980, 96]
  const up1 = relu(decode(up2, second, 48));
  return decode(up1, first, 1); // ["batch", 15700, 1]
});
