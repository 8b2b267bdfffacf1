import {
  add,
  bidirectional,
  type Dim,
  dense,
  gru,
  gruCell,
  input,
  lstm,
  lstmCell,
  model,
  rnn,
  rnnCell,
  scan,
  sequenceMask,
  sequential,
  simpleRnn,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

// Recurrent layers: the last output or all of them, with states where they are asked for; exact in generic functions too.

const text = input(["batch", "time", 64]);

expectType<Tensor<["batch", 32]>>(lstm(text, { units: 32 }));
expectType<Tensor<["batch", "time", 32]>>(gru(text, { units: 32, returnSequences: true }));
expectType<Tensor<["batch", 32]>>(simpleRnn(text, { units: 32, returnSequences: false, goBackwards: true }));
const read = lstm(text, {
  units: 32,
  returnSequences: true,
  returnState: true,
  mask: input(["batch", "time"], "bool"),
});
expectType<Tensor<["batch", "time", 32]>>(read.output);
expectType<Tensor<["batch", 32]>>(read.state.hidden);
expectType<Tensor<["batch", 32]>>(read.state.cell);
expectType<Tensor<["batch", 32]>>(lstm(input(["batch", 5, 3]), { units: 32, initialState: read.state }));
// A state is what a loop carries, and what a model gives.
const decoded = scan(read.output, read.state, (carry, x) => ({
  carry: { hidden: add(carry.hidden, x), cell: carry.cell },
  output: carry.hidden,
}));
expectType<Tensor<["batch", "time", 32]>>(decoded.outputs);
expectType<Tensor<["batch", 32]>>(
  model({ text }, ({ text }) => lstm(text, { units: 32, returnState: true }).state).output.cell,
);
const { state } = gru(text, { units: 8, returnState: true });
expectType<Tensor<["batch", 8]>>(state);
expectType<Tensor<["batch", 8]>>(simpleRnn(text, { units: 8, initialState: state }));
declare const joined: Tensor<["m+n", 3, 2]>;
expectType<Tensor<["m+n", 8]>>(gru(joined, { units: 8 }));
expectType<Tensor<["batch", 17]>>(
  sequential(text, gru({ units: 32, returnSequences: true }), lstm({ units: 8 }), dense({ units: 17 })),
);

// What is expected of the result says nothing of the options.
const rows: Tensor<["batch", "time", 32]> = lstm(text, { units: 32, returnSequences: true });
expectType<Tensor<["batch", "time", 32]>>(rows);

// What the compiler does not know
declare const n: number;
declare const flag: boolean;
declare const anything: Tensor<any>;
expectType<Tensor<any>>(gru(text, { units: 32, returnSequences: flag }));
expectType<Tensor<["batch", number]>>(gru(text, { units: n }));
expectType<Tensor<["batch", 4]>>(gru(input(["batch", "time", n]), { units: 4 }));
expectType<Tensor<[number, number, 4]>>(gru(anything, { units: 4, returnSequences: true }));
expectType<Tensor<any>>(sequential(text, gru({ units: 32, returnSequences: flag })));

/** Reads one sequence, and goes on with another where it ended. */
function translate<B extends Dim, T extends Dim, L extends Dim, C extends number, const U extends number>(
  source: Tensor<[B, T, C]>,
  target: Tensor<[B, L, C]>,
  units: U,
): Tensor<[B, L, U]> {
  const { output, state: meaning } = lstm(source, { units, returnState: true });
  expectType<Tensor<[B, U]>>(output);
  expectType<Tensor<[B, U]>>(meaning.cell);
  return lstm(target, { units, returnSequences: true, initialState: meaning });
}
expectType<Tensor<["batch", "out", 16]>>(translate(text, input(["batch", "out", 64]), 16));

/** Layers with a way around them. */
function residual<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const units = x.shape[2];
  return add(x, gru(simpleRnn(x, { units, returnSequences: true }), { units, returnSequences: true }));
}
expectType<Tensor<["batch", "time", 64]>>(residual(text));

const deep = sequential(
  text,
  bidirectional(gru({ units: 128, returnSequences: true })),
  bidirectional(lstm({ units: 64, returnSequences: true }), { mergeMode: "ave" }),
);
expectType<Tensor<["batch", "time", 64]>>(deep);
expectType<Tensor<["batch", 64]>>(bidirectional(gru({ units: 32 }))(text));
expectType<Tensor<["batch", 64]>>(bidirectional(rnn(gruCell({ units: 32 })))(text));
const ofCell = bidirectional(text, rnn(lstmCell({ units: 8 })), { returnState: true, mergeMode: "sum" });
expectType<Tensor<["batch", 8]>>(ofCell.output);
expectType<Tensor<["batch", 8]>>(ofCell.state.backward.cell);
const inFrames = rnnCell({ state: [4, 8], input: [4, 8] }, (x) => ({ output: x, state: x }));
expectType<Tensor<["batch", "time", 4, 16]>>(
  bidirectional(rnn(inFrames, { returnSequences: true }))(input(["batch", "time", 4, 8])),
);
expectType<Tensor<["batch", 32]>>(sequential(text, bidirectional(simpleRnn({ units: 32 }), { mergeMode: "sum" })));

/** Twice as wide as each direction. */
function tagged<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, 17]> {
  const both = bidirectional(gru({ units: 32, returnSequences: true }))(x);
  return dense(both, { units: 17 });
}
expectType<Tensor<["batch", "time", 17]>>(tagged(text));

expectType<Tensor<["batch", "time"], "bool">>(sequenceMask(input(["batch"], "int32"), "time"));
expectType<Tensor<["batch", 2, 5], "bool">>(sequenceMask(input(["batch", 2], "int32"), 5));
expectType<Tensor<[5], "bool">>(sequenceMask(input([], "int32"), 5));
expectType<Tensor<["batch", number], "bool">>(sequenceMask(input(["batch"], "int32"), n));

/** Reads so many steps of each sample. */
function readSome<B extends Dim, T extends Dim, C extends number>(
  x: Tensor<[B, T, C]>,
  mask: Tensor<[B, T], "bool">,
): Tensor<[B, 8]> {
  return gru(x, { units: 8, mask });
}
expectType<Tensor<["batch", 8]>>(readSome(text, sequenceMask(input(["batch"], "int32"), "time")));

// Where sizes are unknown, a mask and a state of named ones may belong to them.
declare const anySteps: Tensor<[number, number, 3]>;
declare const ofAny: Tensor<any>;
const stepsOf = input(["batch", "time"], "bool");
const stateOf = input(["batch", 4]);
expectType<Tensor<[number, 4]>>(
  lstm(anySteps, { units: 4, mask: stepsOf, initialState: { hidden: stateOf, cell: stateOf } }),
);
expectType<Tensor<[number, 4]>>(gru(ofAny, { units: 4, mask: stepsOf, initialState: stateOf }));
// @ts-expect-error the units are known
gru(anySteps, { units: 5, initialState: stateOf });
