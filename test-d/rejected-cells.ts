import {
  add,
  bidirectional,
  concat,
  conv2d,
  dense,
  gruCell,
  input,
  lstm,
  lstmCell,
  masking,
  rnn,
  rnnCell,
  sequential,
  simpleRnnCell,
  stackedRnnCells,
  timeDistributed,
} from "shapewright";

// Rejected programs of cells, as in rejected.ts.

const text = input(["batch", "time", 64]);
const doubling = rnnCell({ state: [8], input: [8] }, (x, state) => ({ output: x, state: add(x, state) }));

/** Cells in recurrent layers. */
export const cells = {
  "rnn: takes [batch, time, channels], got [batch, 784]; a recurrent layer before it needs returnSequences: true": () =>
    // @ts-expect-error
    rnn(input(["batch", 784]), gruCell({ units: 32 })),
  "rnn: takes [batch, time, channels], got [batch, 32]; a recurrent layer before it needs returnSequences: true": () =>
    // @ts-expect-error
    sequential(text, rnn(lstmCell({ units: 32 })), rnn(gruCell({ units: 8 }))),
  "rnn: takes [batch, time, …], got [batch]": () =>
    // @ts-expect-error
    rnn(input(["batch"]), gruCell({ units: 32 }), { returnState: true }),
  "rnn: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    rnn(input(["batch", 5, 3], "int32"), gruCell({ units: 32 }), { returnState: true }),
  "gruCell: takes [channels] of a sample in each step, got [28, 1]": () =>
    // @ts-expect-error
    rnn(input(["batch", "time", 28, 1]), gruCell({ units: 32 }), {}),
  'lstmCell: [features]: the channels have weights, so their axis, the last one, is a number, not "features"': () =>
    // @ts-expect-error
    sequential(input(["batch", "time", "features"]), rnn(lstmCell({ units: 32 }))),
  "rnnCell: takes [8] of a sample in each step, got [64]": () =>
    // @ts-expect-error
    rnn(text, doubling, { returnState: true }),
  "rnnCell: takes [8] of a sample in each step, got [32]": () =>
    // @ts-expect-error
    sequential(text, rnn(stackedRnnCells([simpleRnnCell({ units: 32 }), doubling]))),
  "rnnCell: takes [8] of a sample in each step, got [7]": () =>
    // @ts-expect-error
    doubling(input(["batch", 7])),
  "simpleRnnCell: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    simpleRnnCell({ units: 3 })(input(["batch", 7], "int32")),
  "timeDistributed: takes [batch, time, channels], got [batch, 784]; a recurrent layer before it needs returnSequences: true":
    () =>
      // @ts-expect-error
      sequential(input(["batch", 784]), timeDistributed(dense({ units: 3 }))),
  "conv2d: takes [batch, height, width, channels], got [batch*time, 64]": () =>
    // @ts-expect-error
    sequential(text, timeDistributed(conv2d({ filters: 3, kernelSize: 3 }))),
  "dense: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    timeDistributed(dense({ units: 3 }))(input(["batch", 5, 3], "int32")),
  "masking: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    masking(input(["batch", 5, 3], "int32")),
  "bidirectional: takes lstm(), gru(), simpleRnn() or rnn(), got dense": () =>
    // @ts-expect-error
    bidirectional(text, dense({ units: 3 }), {}),
  "lstm: takes [batch, time, channels], got [batch, 64]; a recurrent layer before it needs returnSequences: true": () =>
    // @ts-expect-error
    bidirectional(input(["batch", 64]), lstm({ units: 3 }), { returnState: true }),
};

/** What TypeScript says in its own words; a part of it is enough. */
export const inTypeScriptsWords = {
  "Type '16' is not assignable to type '8'": () =>
    // @ts-expect-error
    rnn(text, gruCell({ units: 8 }), { initialState: input(["batch", 16]) }),
  'Tensor<["batch", 8], "float32">; }\': hidden, cell': () =>
    // @ts-expect-error
    lstm(text, { units: 8, initialState: [input(["batch", 8]), input(["batch", 8])] }),
  "Property 'cell' is missing": () =>
    // @ts-expect-error
    rnn(lstm({ units: 8 })),
  "Property 'cell' is missing in type": () =>
    // @ts-expect-error
    stackedRnnCells([dense({ units: 8 })]),
  "Type '[\"batch\", number]' is not assignable to type '[\"batch\", 8]'": () =>
    // @ts-expect-error
    rnnCell({ state: [8] }, (x, before) => ({ output: x, state: concat([x, before], -1) })),
};
