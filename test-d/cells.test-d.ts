import {
  add,
  bidirectional,
  block,
  conv2d,
  type Dim,
  dense,
  dot,
  embedding,
  flatten,
  glorotUniform,
  gru,
  gruCell,
  input,
  lstm,
  lstmCell,
  masking,
  multiply,
  reshape,
  rnn,
  rnnCell,
  sequential,
  sigmoid,
  simpleRnnCell,
  stackedRnnCells,
  subtract,
  type Tensor,
  tanh,
  timeDistributed,
} from "shapewright";
import { expectType } from "tsd";

// Cells: one step of a recurrent layer, built in or one's own, alone and one after another; exact in generic functions too.

const text = input(["batch", "time", 64]);

expectType<Tensor<["batch", 32]>>(rnn(lstmCell({ units: 32 }))(text));
expectType<Tensor<["batch", "time", 32]>>(rnn(gruCell({ units: 32 }), { returnSequences: true })(text));
expectType<Tensor<["batch", 32]>>(rnn(text, simpleRnnCell({ units: 32 })));
const read = rnn(text, lstmCell({ units: 32 }), {
  returnSequences: true,
  returnState: true,
  mask: input(["batch", "time"], "bool"),
});
expectType<Tensor<["batch", "time", 32]>>(read.output);
expectType<Tensor<["batch", 32]>>(read.state.hidden);
expectType<Tensor<["batch", 32]>>(lstm(text, { units: 32, initialState: read.state }));
expectType<Tensor<["batch", 32]>>(rnn(text, lstmCell({ units: 32 }), { initialState: read.state }));

const stack = stackedRnnCells([lstmCell({ units: 64 }), gruCell({ units: 16 })]);
expectType<Tensor<["batch", 3]>>(sequential(text, rnn(stack), dense({ units: 3 })));
const deep = rnn(text, stack, { returnState: true });
expectType<Tensor<["batch", 16]>>(deep.output);
expectType<Tensor<["batch", 64]>>(deep.state[0].cell);
expectType<Tensor<["batch", 16]>>(deep.state[1]);

// One's own
const minimal = rnnCell({ state: [32] }, (x, before, { weight }) => {
  const kernel = weight("kernel", [x.shape[1], 32], glorotUniform());
  const recurrent = weight("recurrentKernel", [32, 32], glorotUniform());
  const output = tanh(add(dot(x, kernel), dot(before, recurrent)));
  return { output, state: output };
});
expectType<Tensor<["batch", 32]>>(rnn(minimal)(text));
expectType<Tensor<["batch", "time", 32]>>(rnn(text, minimal, { returnSequences: true }));
const images = rnnCell({ state: { sum: [4, 4], count: [] }, input: [4, 4] }, (x, { sum, count }) => {
  const next = { sum: add(sum, x), count: add(count, 1) };
  return { output: reshape(next.sum, [-1, 16] as any) as Tensor<[any, 16]>, state: next };
});
expectType<Tensor<["batch", 16]>>(rnn(images)(input(["batch", 5, 4, 4])));
const both = rnn(input(["batch", 5, 4, 4]), images, { returnState: true });
expectType<Tensor<["batch", 4, 4]>>(both.state.sum);
expectType<Tensor<["batch"]>>(both.state.count);

// To be called
const cell = lstmCell({ units: 8 });
const one = cell(input(["batch", 3]));
expectType<Tensor<["batch", 8]>>(one.output);
expectType<Tensor<["batch", 8]>>(cell(input(["batch", 3]), one.state).state.cell);

// What the compiler does not know
declare const n: number;
declare const flag: boolean;
declare const anything: Tensor<any>;
expectType<Tensor<any>>(rnn(text, gruCell({ units: 32 }), { returnSequences: flag }));
expectType<Tensor<["batch", number]>>(rnn(gruCell({ units: n }))(text));
expectType<Tensor<["batch", 4]>>(rnn(input(["batch", "time", n]), gruCell({ units: 4 })));
expectType<Tensor<any>>(rnn(anything, gruCell({ units: 4 })));

/** A cell of one's own with so many units. */
function gated<const U extends number>(units: U) {
  return rnnCell({ state: [units] }, (x, before, { weight }) => {
    const kernel = weight("kernel", [x.shape[1], units], glorotUniform());
    const recurrent = weight("recurrentKernel", [units, units], glorotUniform());
    const update = sigmoid(add(dot(x, kernel), dot(before, recurrent)));
    const output = add(multiply(update, before), subtract(1, update));
    return { output, state: output };
  });
}
expectType<Tensor<["batch", 7]>>(rnn(gated(7))(text));

/** Reads one sequence, and goes on with another where it ended. */
function translate<B extends Dim, T extends Dim, L extends Dim, C extends number, const U extends number>(
  source: Tensor<[B, T, C]>,
  target: Tensor<[B, L, C]>,
  units: U,
): Tensor<[B, L, U]> {
  const encoder = rnn(source, stackedRnnCells([gruCell({ units: 8 }), lstmCell({ units })]), { returnState: true });
  expectType<Tensor<[B, U]>>(encoder.output);
  expectType<Tensor<[B, U]>>(encoder.state[1].cell);
  return rnn(target, lstmCell({ units }), { returnSequences: true, initialState: encoder.state[1] });
}
expectType<Tensor<["batch", "out", 16]>>(translate(text, input(["batch", "out", 64]), 16));

// Layers along time, and masks
const video = input(["batch", "frames", 64, 64, 3]);
expectType<Tensor<["batch", "frames", 62, 62, 8]>>(timeDistributed(conv2d({ filters: 8, kernelSize: 3 }))(video));
const read64 = sequential(video, timeDistributed(block(flatten(), dense({ units: 16 }))), rnn(gruCell({ units: 4 })));
expectType<Tensor<["batch", 4]>>(read64);
expectType<Tensor<["batch", "time", 5, 8]>>(
  timeDistributed(embedding({ inputDim: 100, outputDim: 8 }))(input(["batch", "time", 5], "int32")),
);
const padded = masking(text, { maskValue: -1 });
expectType<Tensor<["batch", "time", 64]>>(padded.output);
expectType<Tensor<["batch", "time"], "bool">>(padded.mask);

/** Looks at each frame, and reads what there is of them. */
function watch<B extends Dim, T extends Dim, C extends number>(frames: Tensor<[B, T, C]>): Tensor<[B, 8]> {
  const { output, mask } = masking(frames);
  expectType<Tensor<[B, T], "bool">>(mask);
  const seen = timeDistributed(dense({ units: 32 }))(output);
  expectType<Tensor<[B, T, 32]>>(seen);
  return lstm(seen, { units: 8, mask });
}
expectType<Tensor<["batch", 8]>>(watch(text));

// Both ways, of sequences of which more is said
const mask = input(["batch", "time"], "bool");
const bothWays = bidirectional(text, lstm({ units: 8, returnSequences: true }), { mask, returnState: true });
expectType<Tensor<["batch", "time", 16]>>(bothWays.output);
expectType<Tensor<["batch", 8]>>(bothWays.state.backward.cell);
expectType<Tensor<["batch", 8]>>(
  bidirectional(text, gru({ units: 8 }), {
    mergeMode: "sum",
    initialState: { forward: bothWays.state.forward.cell, backward: bothWays.state.backward.cell },
  }),
);

/** Reads so many steps of each sample, both ways. */
function readBoth<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>, mask: Tensor<[B, T], "bool">) {
  const { output, state } = bidirectional(x, gru({ units: 8 }), { mask, returnState: true });
  expectType<Tensor<[B, 16]>>(output);
  return state.backward;
}
expectType<Tensor<["batch", 8]>>(readBoth(text, mask));
