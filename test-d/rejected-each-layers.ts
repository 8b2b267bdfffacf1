import {
  additiveAttention,
  attention,
  cachedGroupQueryAttention,
  cachedMultiHeadAttention,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  compile,
  cosineSimilarity,
  dense,
  dice,
  groupQueryAttention,
  gruCell,
  hessianVectorProduct,
  input,
  lstm,
  lstmCell,
  mean,
  model,
  multiHeadAttention,
  positionEmbedding,
  prelu,
  randomErasing,
  randomFlip,
  randomZoom,
  relativePositionBias,
  rnn,
  scaledDotProductAttention,
  sgd,
  simpleRnn,
  simpleRnnCell,
  sinePositionEncoding,
  spatialDropout2d,
  spatialDropout3d,
  timeDistributed,
  tversky,
} from "shapewright";

// Rejected programs of layers, losses and derivatives, as in rejected.ts: each function with each of its messages that no other file has.

const optimizer = sgd();
const small = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 }));
const x = input([2, 3, 4]);
const key = input([2, 2, 9, 4]);
const cache = { key, value: key };
const two = { numHeads: 2, keyDim: 4, cache, offset: 0 } as const;
const twoOfFour = { headDim: 4, numQueryHeads: 4, numKeyValueHeads: 2, cache, offset: 0 } as const;
const oneOfTwo = { headDim: 4, numQueryHeads: 2, numKeyValueHeads: 1 } as const;

export const each = {
  "additiveAttention: takes [batch, time, channels], got []": () =>
    // @ts-expect-error
    additiveAttention(input([]), {}),
  "dense: takes an input with one axis or more, got a scalar": () =>
    // @ts-expect-error
    dense({ units: 1 })(input([])),
  "groupQueryAttention: [2, 3, 4] and [m, 3, 4] differ on axis 0": () =>
    // @ts-expect-error
    groupQueryAttention(x, { ...oneOfTwo, value: x, key: input(["m", 3, 4]) }),
  "groupQueryAttention: [2] does not broadcast to [6, 2, 3, 3]: axis 3 is 2, not 3": () =>
    // @ts-expect-error
    groupQueryAttention(input([6, 3, 3]), { ...oneOfTwo, attentionBias: input([2]) }),
  'groupQueryAttention: [6, 2, m]: the channels have weights, so their axis, the last one, is a number, not "m"': () =>
    // @ts-expect-error
    groupQueryAttention(input([6, 2, "m"]), { headDim: 4, numQueryHeads: 2, numKeyValueHeads: 2 }),
  "groupQueryAttention: takes [batch, time, channels], got []": () =>
    // @ts-expect-error
    groupQueryAttention({ ...oneOfTwo })(input([])),
  "groupQueryAttention: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    groupQueryAttention({ ...oneOfTwo })(input([], "bool")),
  'gruCell: [c]: the channels have weights, so their axis, the last one, is a number, not "c"': () =>
    // @ts-expect-error
    gruCell({ units: 2 })(input([2, "c"]), input([2, 2])),
  "lstm: takes [batch, time, channels], got [2]": () =>
    // @ts-expect-error
    lstm(input([2]), { units: 4, returnState: true, mask: input([2], "int32") }),
  "positionEmbedding: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    positionEmbedding({ sequenceLength: 6 })(input([6, 6, 3], "int32")),
  "positionEmbedding: takes rows and columns on the last two axes, got []": () =>
    // @ts-expect-error
    positionEmbedding(input([]), { sequenceLength: 6 }),
  "prelu: sharedAxes has 5, which is no axis of [2, 3] behind the first: they count from 1": () =>
    // @ts-expect-error
    prelu(input([2, 3]), { sharedAxes: [5] }),
  "randomErasing: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    randomErasing()(input([2, 28, 7, 4], "bool")),
  "randomFlip: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    randomFlip()(input([2, 8, 7, 3], "bool")),
  "randomZoom: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    randomZoom({ heightFactor: 0.1, interpolation: "nearest" })(input(["batch", 1, 5, 4], "bool")),
  "relativePositionBias: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    relativePositionBias(input([2], "bool"), { numHeads: 2, source: 2 }),
  'simpleRnn: [6, 2, m]: the channels have weights, so their axis, the last one, is a number, not "m"': () =>
    // @ts-expect-error
    simpleRnn({ units: 8, goBackwards: true })(input([6, 2, "m"])),
  "simpleRnn: takes [batch, time, channels], got [n, 3]; a recurrent layer before it needs returnSequences: true": () =>
    // @ts-expect-error
    simpleRnn({ units: 4, returnSequences: false })(input(["n", 3])),
  'sinePositionEncoding: [4, m]: each channel has a frequency, so their axis, the last one, is a number, not "m"': () =>
    // @ts-expect-error
    sinePositionEncoding(input([4, "m"])),
  "sinePositionEncoding: takes float32, got uint8; use cast() first": () =>
    // @ts-expect-error
    sinePositionEncoding(input([6, 1, 8], "uint8")),
  "spatialDropout2d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    spatialDropout2d(0.5)(input([2, 1, 1, 4], "int32")),
  "spatialDropout3d: rate is -1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    spatialDropout3d(-1)(input([2, 2, 28, "w", 4])),
  "spatialDropout3d: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    spatialDropout3d(input([2], "int32"), 0.5),
  "timeDistributed: takes [batch, time, …], got [3]": () =>
    // @ts-expect-error
    timeDistributed(dense({ units: 2 }))(input([3])),
  "gruCell: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    gruCell({ units: 2 })(input([2, 3], "int32")),
  "lstmCell: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    lstmCell({ units: 2 })(input([2, 3], "int32")),
  "lstmCell: takes [channels] of a sample in each step, got [4, 3]": () =>
    // @ts-expect-error
    lstmCell({ units: 2 })(input([2, 4, 3])),
  "simpleRnnCell: takes [channels] of a sample in each step, got [4, 3]": () =>
    // @ts-expect-error
    simpleRnnCell({ units: 2 })(input([2, 4, 3])),
  'simpleRnnCell: [c]: the channels have weights, so their axis, the last one, is a number, not "c"': () =>
    // @ts-expect-error
    simpleRnnCell({ units: 2 })(input([2, "c"])),
  "rnn: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    rnn(input([2, 5, 3], "int32"), lstmCell({ units: 2 })),
  "hessianVectorProduct: differentiates float32 tensors, got int32 [2]": () =>
    // @ts-expect-error
    hessianVectorProduct(mean(input([2])), [input([2], "int32")], [input([2], "int32")]),
  "scaledDotProductAttention: [1, 1, 2, 3, 3] does not broadcast to [2, 3, 3]: rank 5 is more than 3": () =>
    // @ts-expect-error
    scaledDotProductAttention(x, x, x, { mask: input([1, 1, 2, 3, 3], "bool") }),
  "additiveAttention: a mask is bool, true where a place is seen, got float32; what is added to scores is given as attentionBias":
    () =>
      // @ts-expect-error
      additiveAttention(input([2, 5, 8]), { attentionMask: input([2, 5, 5]) }),
  "attention: a mask is bool, true where a place is seen, got float32; what is added to scores is given as attentionBias":
    () =>
      // @ts-expect-error
      attention(input([2, 5, 8]), { attentionMask: input([2, 5, 5]) }),
  "groupQueryAttention: a mask is bool, true where a place is seen, got float32; what is added to scores is given as attentionBias":
    () =>
      // @ts-expect-error
      groupQueryAttention(input([2, 5, 8]), { ...oneOfTwo, attentionMask: input([2, 5, 5]) }),
  "additiveAttention: [2, 5, 3] does not broadcast to [2, 5, 5]: axis 2 is 3, not 5": () =>
    // @ts-expect-error
    additiveAttention(input([2, 5, 8]), { attentionMask: input([2, 5, 3], "bool") }),
  "attention: [2, 5, 3] does not broadcast to [2, 5, 5]: axis 2 is 3, not 5": () =>
    // @ts-expect-error
    attention(input([2, 5, 8]), { attentionMask: input([2, 5, 3], "bool") }),
  "additiveAttention: [2, 2, 5, 5] does not broadcast to [2, 5, 5]: rank 4 is more than 3": () =>
    // @ts-expect-error
    additiveAttention(input([2, 5, 8]), { attentionMask: input([2, 2, 5, 5], "bool") }),
  "groupQueryAttention: [2, 2, 2, 5, 5] does not broadcast to [2, 2, 5, 5]: rank 5 is more than 4": () =>
    // @ts-expect-error
    groupQueryAttention(input([2, 5, 8]), { ...oneOfTwo, attentionMask: input([2, 2, 2, 5, 5], "bool") }),
  "multiHeadAttention: [2, 2, 2, 5, 5] does not broadcast to [2, 2, 5, 5]: rank 5 is more than 4": () =>
    // @ts-expect-error
    multiHeadAttention(input([2, 5, 8]), { numHeads: 2, keyDim: 4, attentionMask: input([2, 2, 2, 5, 5], "bool") }),
  "cachedMultiHeadAttention: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    cachedMultiHeadAttention(input([2, 1, 8], "int32"), { ...two }),
  'cachedMultiHeadAttention: [2, 1, c]: the channels have weights, so their axis, the last one, is a number, not "c"':
    () =>
      // @ts-expect-error
      cachedMultiHeadAttention(input([2, 1, "c"]), { ...two }),
  "cachedMultiHeadAttention: a mask is bool, true where a place is seen, got float32; what is added to scores is given as attentionBias":
    () =>
      // @ts-expect-error
      cachedMultiHeadAttention(input([2, 1, 8]), { ...two, attentionMask: input([2, 1, 9]) }),
  "cachedMultiHeadAttention: [2, 1, 7] does not broadcast to [2, 1, 9]: axis 2 is 7, not 9": () =>
    // @ts-expect-error
    cachedMultiHeadAttention(input([2, 1, 8]), { ...two, attentionMask: input([2, 1, 7], "bool") }),
  "cachedMultiHeadAttention: [2, 2, 2, 1, 9] does not broadcast to [2, 2, 1, 9]: rank 5 is more than 4": () =>
    // @ts-expect-error
    cachedMultiHeadAttention(input([2, 1, 8]), { ...two, attentionMask: input([2, 2, 2, 1, 9], "bool") }),
  "cachedGroupQueryAttention: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    cachedGroupQueryAttention(input([2, 1, 8], "int32"), { ...twoOfFour }),
  "cachedGroupQueryAttention: takes [batch, time, channels], got [2, 8]": () =>
    // @ts-expect-error
    cachedGroupQueryAttention(input([2, 8]), { ...twoOfFour }),
  'cachedGroupQueryAttention: [2, 1, c]: the channels have weights, so their axis, the last one, is a number, not "c"':
    () =>
      // @ts-expect-error
      cachedGroupQueryAttention(input([2, 1, "c"]), { ...twoOfFour }),
  "groupQueryAttention: 4 heads do not divide into 3 groups": () =>
    // @ts-expect-error
    cachedGroupQueryAttention(input([2, 1, 8]), { ...twoOfFour, numKeyValueHeads: 3 }),
  "cachedGroupQueryAttention: [2, 2, 9, 4] and [2, 2, 8, 4] differ on axis 2": () =>
    // @ts-expect-error
    cachedGroupQueryAttention(input([2, 1, 8]), { ...twoOfFour, cache: { key, value: input([2, 2, 8, 4]) } }),
  "cachedGroupQueryAttention: a mask is bool, true where a place is seen, got float32; what is added to scores is given as attentionBias":
    () =>
      // @ts-expect-error
      cachedGroupQueryAttention(input([2, 1, 8]), { ...twoOfFour, attentionMask: input([2, 1, 9]) }),
  "cachedGroupQueryAttention: [2, 1, 7] does not broadcast to [2, 1, 9]: axis 2 is 7, not 9": () =>
    // @ts-expect-error
    cachedGroupQueryAttention(input([2, 1, 8]), { ...twoOfFour, attentionMask: input([2, 1, 7], "bool") }),
  "cachedGroupQueryAttention: [2, 2, 2, 1, 9] does not broadcast to [2, 4, 1, 9]: axis 1 is 2, not 4": () =>
    // @ts-expect-error
    cachedGroupQueryAttention(input([2, 1, 8]), { ...twoOfFour, attentionMask: input([2, 2, 2, 1, 9], "bool") }),
  "categoricalCrossentropy: axis 2 is out of range for [batch, 2] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    compile(small, { optimizer, loss: categoricalCrossentropy({ axis: 2 }) }),
  "categoricalFocalCrossentropy: axis 2 is out of range for [batch, 2] (rank 2: -2 to 1)": () =>
    // @ts-expect-error
    compile(small, { optimizer, loss: categoricalFocalCrossentropy({ axis: 2 }) }),
  "cosineSimilarity: goes along axis 0, which counts the samples of [batch, 2]": () =>
    // @ts-expect-error
    compile(small, { optimizer, loss: cosineSimilarity({ axis: 0 }) }),
  "dice: axis 1 of [batch, 2] is given twice": () =>
    // @ts-expect-error
    compile(small, { optimizer, loss: dice({ axis: [1, 1] }) }),
  "tversky: axis -1 of [batch, 2] is given twice": () =>
    // @ts-expect-error
    compile(small, { optimizer, loss: tversky({ axis: [1, -1] }) }),
};
