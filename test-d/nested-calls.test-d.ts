import {
  type Dim,
  dense,
  embedding,
  gather,
  gru,
  input,
  type LstmState,
  lstm,
  pad,
  reshape,
  slice,
  split,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

// A layer's result goes into an op whose other arguments are checked against its shape, in one expression and within generic functions.

function headsOf<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>) {
  const [b, t] = x.shape;
  return reshape(dense(x, { units: 64 }), [b, t, 4, 16]);
}
expectType<Tensor<["batch", "time", 4, 16]>>(headsOf(input(["batch", "time", 32])));

function states<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>) {
  const [b, t] = x.shape;
  return reshape(gru(x, { units: 64, returnSequences: true }), [b, t, 4, 16]);
}
expectType<Tensor<["batch", 9, 4, 16]>>(states(input(["batch", 9, 32])));

function words<B extends Dim, const T extends Dim>(x: Tensor<[B, T], "int32">) {
  const [b, t] = x.shape;
  return {
    heads: reshape(embedding(x, { inputDim: 10, outputDim: 6 }), [b, t, 3, 2]),
    sliced: slice(embedding(x, { inputDim: 10, outputDim: 6 }), [0, 0, 2], [-1, -1, 3]),
    half: split(embedding(x, { inputDim: 10, outputDim: 6 }), 2, -1)[0],
    padded: pad(embedding(x, { inputDim: 10, outputDim: 6 }), [
      [0, 0],
      [0, 0],
      [1, 0],
    ]),
    chosen: gather(embedding(x, { inputDim: 10, outputDim: 6 }), input([4], "int32"), -1),
  };
}
const parts = words(input(["batch", "time"], "int32"));
expectType<Tensor<["batch", "time", 3, 2]>>(parts.heads);
expectType<Tensor<["batch", "time", 3]>>(parts.sliced);
expectType<Tensor<["batch", "time", 3]>>(parts.half);
expectType<Tensor<["batch", "time", 7]>>(parts.padded);
expectType<Tensor<["batch", "time", 4]>>(parts.chosen);

// From a sequence to another one: the states must fit the batch of what is embedded in the same call.
const table = { inputDim: 20, outputDim: 16 };
const target = input(["batch", 6], "int32");
const encoded = lstm(embedding(input(["batch", 7], "int32"), table), { units: 16, returnState: true });
const decoding = { units: 16, returnSequences: true, initialState: encoded.state } as const;
expectType<Tensor<["batch", 6, 16]>>(lstm(embedding(target, table), decoding));
expectType<Tensor<["batch", 16]>>(
  gru(dense(input(["batch", 6, 3]), { units: 2 }), { units: 16, initialState: encoded.state.hidden }),
);

function decode<B extends Dim, T extends Dim>(x: Tensor<[B, T], "int32">, state: LstmState<[B, 16]>) {
  return lstm(embedding(x, table), { units: 16, returnSequences: true, initialState: state });
}
expectType<Tensor<["batch", 6, 16]>>(decode(target, encoded.state));
