import {
  bidirectional,
  convLstm1d,
  convLstm2d,
  convLstm3d,
  dense,
  gru,
  input,
  lstm,
  sequenceMask,
  sequential,
  simpleRnn,
} from "shapewright";

// Rejected programs of recurrent layers, as in rejected.ts.

const text = input(["batch", "time", 64]);
const ids = input(["batch", "time", 64], "int32");

const frames = input(["batch", 34, 34, 8]);
const video = input(["batch", "time", 34, 34, 3]);

/** Recurrent layers. */
export const recurrent = {
  "lstm: takes [batch, time, channels], got [batch, 784]; a recurrent layer before it needs returnSequences: true":
    () =>
      // @ts-expect-error
      lstm(input(["batch", 784]), { units: 32 }),
  "gru: takes [batch, time, channels], got [batch, 32]; a recurrent layer before it needs returnSequences: true": () =>
    // @ts-expect-error
    sequential(text, lstm({ units: 32 }), gru({ units: 8 })),
  "simpleRnn: takes [batch, time, channels], got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    simpleRnn(input(["batch", 28, 28, 1]), { units: 32 }),
  'gru: [batch, 7, features]: the channels have weights, so their axis, the last one, is a number, not "features"':
    () =>
      // @ts-expect-error
      gru(input(["batch", 7, "features"]), { units: 32 }),
  'lstm: [batch, 7, features]: the channels have weights, so their axis, the last one, is a number, not "features"':
    () =>
      // @ts-expect-error
      sequential(input(["batch", 7, "features"]), lstm({ units: 32 })),
  "lstm: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    lstm(ids, { units: 32 }),
  "gru: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sequential(ids, gru({ units: 32 })),
  "simpleRnn: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    simpleRnn(ids, { units: 32 }),
  "convLstm2d: takes [batch, time, height, width, channels], got [batch, 32, 32, 8]": () =>
    // @ts-expect-error
    sequential(video, convLstm2d({ filters: 8, kernelSize: 3 }), convLstm2d({ filters: 8, kernelSize: 3 })),
  "convLstm1d: takes [batch, time, length, channels], got [batch, time, 64]": () =>
    // @ts-expect-error
    convLstm1d(text, { filters: 8, kernelSize: 3 }),
  "convLstm3d: takes [batch, time, depth, height, width, channels], got [batch, time, 34, 34, 3]": () =>
    // @ts-expect-error
    convLstm3d(video, { filters: 8, kernelSize: 3 }),
  'convLstm2d: kernel 5 is larger than axis height of size 4 (padding "valid")': () =>
    // @ts-expect-error
    convLstm2d(input(["batch", "time", 4, 34, 3]), { filters: 8, kernelSize: 5 }),
  'convLstm1d: kernel 5 is larger than axis length of size 4 (padding "valid")': () =>
    // @ts-expect-error
    convLstm1d(input(["batch", "time", 4, 3]), { filters: 8, kernelSize: 5 }),
  'convLstm1d: [batch, time, 9, features]: the channels are a weight\'s size, so they are a number, not "features"':
    () =>
      // @ts-expect-error
      convLstm1d(input(["batch", "time", 9, "features"]), { filters: 8, kernelSize: 5 }),
  "convLstm2d: strides and dilations are not both above 1": () =>
    // @ts-expect-error
    convLstm2d(video, { filters: 8, kernelSize: 3, strides: 2, dilationRate: 2 }),
  "convLstm3d: kernelSize are positive integers, got 0": () =>
    // @ts-expect-error
    convLstm3d(input(["batch", 2, 8, 8, 8, 3]), { filters: 8, kernelSize: 0 }),
  "convLstm2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    convLstm2d(input(["batch", "time", 34, 34, 3], "int32"), { filters: 8, kernelSize: 3 }),
  "sequenceMask: takes int32, got float32; use cast() first": () =>
    // @ts-expect-error
    sequenceMask(input(["batch"]), "time"),
  "bidirectional: takes lstm(), gru(), simpleRnn() or rnn(), got dense": () =>
    // @ts-expect-error
    bidirectional(dense({ units: 3 })),
  "gru: takes [batch, time, channels], got [batch, 28, 28, 1]": () =>
    // @ts-expect-error
    sequential(input(["batch", 28, 28, 1]), bidirectional(gru({ units: 3 }))),
  "bidirectional: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    bidirectional(lstm({ units: 8 }))(ids),
};

/** What TypeScript says in its own words; a part of it is enough. */
export const inTypeScriptsWords = {
  "Type '16' is not assignable to type '8'": () =>
    // @ts-expect-error
    gru(text, { units: 8, initialState: input(["batch", 16]) }),
  "Type '34' is not assignable to type '32'": () => {
    const hidden = input(["batch", 32, 32, 8]);
    // @ts-expect-error
    return convLstm2d(video, { filters: 8, kernelSize: 3, initialState: { hidden, cell: frames } });
  },
  "Property 'hidden' is missing": () =>
    // @ts-expect-error
    lstm(text, { units: 8, initialState: { cell: input(["batch", 8]) } }),
  "Type '\"words\"' is not assignable to type '\"time\"'": () =>
    // @ts-expect-error
    simpleRnn(text, { units: 8, mask: input(["batch", "words"], "bool") }),
  "'returnState' does not exist in type": () =>
    // @ts-expect-error
    gru({ units: 8, returnState: true }),
};
