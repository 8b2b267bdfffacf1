import {
  alibi,
  alphaDropout,
  arange,
  bincount,
  cachedGroupQueryAttention,
  categoryEncoding,
  conv1d,
  conv1dTranspose,
  conv2d,
  convLstm2d,
  cov,
  cropping1d,
  dense,
  depthToSpace,
  diag,
  diagonal,
  dropout,
  embedding,
  eye,
  foldIn,
  gather,
  gaussianDropout,
  groupQueryAttention,
  gru,
  gruCell,
  hann,
  histogram,
  input,
  inTopK,
  lstm,
  lstmCell,
  melSpectrogram,
  multiHeadAttention,
  multiHot,
  oneHot,
  positionEmbedding,
  randomKey,
  rearrange,
  relativePositionBias,
  repeatVector,
  reversibleEmbedding,
  roll,
  segmentSum,
  separableConv2d,
  sequential,
  simpleRnn,
  simpleRnnCell,
  spaceToDepth,
  spatialDropout1d,
  spatialDropout2d,
  split,
  topK,
  trace,
  tri,
  tril,
  triu,
  zeroPadding2d,
} from "shapewright";

// Rejected programs with sizes, counts and rates that can never be right, as in rejected.ts.

const x = input(["batch", 8]);
const image = input(["batch", 28, 28, 4]);
const sequence = input(["batch", 5, 8]);
const ids = input(["batch", 3], "int32");
const classes = input(["batch"], "int32");
const square = input([4, 4]);
const kept = input(["batch", 2, 16, 4]);

export const counts = {
  "cov: ddof is -1, but must be an integer from 0": () =>
    // @ts-expect-error
    cov(square, { ddof: -1 }),
  "relativePositionBias: numBuckets is 0, but must be a positive integer": () =>
    // @ts-expect-error
    relativePositionBias(sequence, { numHeads: 8, numBuckets: 0 }),
  "relativePositionBias: maxDistance is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    relativePositionBias({ numHeads: 8, maxDistance: 1.5 }),
  "dropout: rate is 1.0001, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    dropout(1.0001),
  "dense: units is -3, but must be a positive integer": () =>
    // @ts-expect-error
    dense(x, { units: -3 }),
  "dense: units is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    sequential(x, dense({ units: 1.5 })),
  "dense: units is 1e+21, but must be a positive integer": () =>
    // @ts-expect-error
    dense({ units: 1e21 }),
  "conv2d: filters is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    conv2d(image, { filters: 1.5, kernelSize: 3 }),
  "conv1dTranspose: filters is 0, but must be a positive integer": () =>
    // @ts-expect-error
    conv1dTranspose({ filters: 0, kernelSize: 3 }),
  "separableConv2d: filters is -1, but must be a positive integer": () =>
    // @ts-expect-error
    separableConv2d(image, { filters: -1, kernelSize: 3 }),
  "convLstm2d: filters is 0, but must be a positive integer": () =>
    // @ts-expect-error
    convLstm2d({ filters: 0, kernelSize: 3 }),
  "lstm: units is -3, but must be a positive integer": () =>
    // @ts-expect-error
    lstm(sequence, { units: -3 }),
  "gru: units is 0, but must be a positive integer": () =>
    // @ts-expect-error
    gru({ units: 0, returnSequences: true }),
  "simpleRnn: units is 2.5, but must be a positive integer": () =>
    // @ts-expect-error
    simpleRnn(sequence, { units: 2.5 }),
  "lstmCell: units is 0, but must be a positive integer": () =>
    // @ts-expect-error
    lstmCell({ units: 0 }),
  "gruCell: units is 0, but must be a positive integer": () =>
    // @ts-expect-error
    gruCell({ units: 0 }),
  "simpleRnnCell: units is 0, but must be a positive integer": () =>
    // @ts-expect-error
    simpleRnnCell({ units: 0 }),
  "embedding: inputDim is 0, but must be a positive integer": () =>
    // @ts-expect-error
    embedding(ids, { inputDim: 0, outputDim: 4 }),
  "embedding: outputDim is -1, but must be a positive integer": () =>
    // @ts-expect-error
    embedding({ inputDim: 9, outputDim: -1 }),
  "reversibleEmbedding: inputDim is 0.5, but must be a positive integer": () =>
    // @ts-expect-error
    reversibleEmbedding({ inputDim: 0.5, outputDim: 4 }),
  "repeatVector: n is 0, but must be a positive integer": () =>
    // @ts-expect-error
    repeatVector(x, 0),
  "categoryEncoding: numTokens is 0, but must be a positive integer": () =>
    // @ts-expect-error
    categoryEncoding(ids, { numTokens: 0 }),
  "positionEmbedding: sequenceLength is 6.5, but must be a positive integer": () =>
    // @ts-expect-error
    positionEmbedding(sequence, { sequenceLength: 6.5 }),
  "multiHeadAttention: numHeads is 0, but must be a positive integer": () =>
    // @ts-expect-error
    multiHeadAttention(sequence, { numHeads: 0, keyDim: 4 }),
  "multiHeadAttention: keyDim is -4, but must be a positive integer": () =>
    // @ts-expect-error
    multiHeadAttention({ numHeads: 2, keyDim: -4 }),
  "multiHeadAttention: valueDim is 0, but must be a positive integer": () =>
    // @ts-expect-error
    multiHeadAttention(sequence, { numHeads: 2, keyDim: 4, valueDim: 0 }),
  "multiHeadAttention: outputShape is 0, but must be a positive integer": () =>
    // @ts-expect-error
    multiHeadAttention(sequence, { numHeads: 2, keyDim: 4, outputShape: 0 }),
  "groupQueryAttention: headDim is 0, but must be a positive integer": () =>
    // @ts-expect-error
    groupQueryAttention(sequence, { headDim: 0, numQueryHeads: 4, numKeyValueHeads: 2 }),
  "groupQueryAttention: numQueryHeads is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    groupQueryAttention({ headDim: 4, numQueryHeads: 1.5, numKeyValueHeads: 1 }),
  "cachedGroupQueryAttention: numQueryHeads is 0, but must be a positive integer": () =>
    cachedGroupQueryAttention(sequence, {
      headDim: 4,
      // @ts-expect-error
      numQueryHeads: 0,
      numKeyValueHeads: 2,
      cache: { key: kept, value: kept },
      offset: 3,
    }),
  "melSpectrogram: fftLength is 0, but must be a positive integer": () =>
    // @ts-expect-error
    melSpectrogram(input(["batch", 4096]), { fftLength: 0 }),
  "melSpectrogram: sequenceLength is 2.5, but must be a positive integer": () =>
    // @ts-expect-error
    melSpectrogram(input(["batch", 4096]), { sequenceLength: 2.5 }),
  "bincount: length is -1, but must be a positive integer": () =>
    // @ts-expect-error
    bincount(ids, -1),
  "bincount: length is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    bincount(ids, 1.5),
  "segmentSum: numSegments is 0, but must be a positive integer": () =>
    // @ts-expect-error
    segmentSum(x, classes, 0),
  "multiHot: numClasses is 0, but must be a positive integer": () =>
    // @ts-expect-error
    multiHot(ids, 0),
  "oneHot: depth is 0, but must be a positive integer": () =>
    // @ts-expect-error
    oneHot(ids, 0),
  "inTopK: k is 0, but must be a positive integer": () =>
    // @ts-expect-error
    inTopK(classes, x, 0),
  "topK: k is 0, but must be a positive integer": () =>
    // @ts-expect-error
    topK(x, 0),
  "topK: k is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    topK(x, 1.5),
  "histogram: bins is 0, but must be a positive integer": () =>
    // @ts-expect-error
    histogram(x, 0),
  "depthToSpace: blockSize is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    depthToSpace(image, 1.5),
};

export const otherIntegers = {
  "gather: batchDims is -1, but must be an integer from 0": () =>
    // @ts-expect-error
    gather(x, ids, 1, { batchDims: -1 }),
  "diag: k is 1.5, but must be an integer of int32": () =>
    // @ts-expect-error
    diag(input([3]), 1.5),
  "diagonal: offset is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    diagonal(square, 0.5),
  "trace: offset is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    trace(square, 0.5),
  "tril: k is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    tril(square, 0.5),
  "triu: k is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    triu(square, 0.5),
  "tri: k is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    tri(3, 3, 0.5),
  "roll: shift is 0.5, but must be an integer of int32": () =>
    // @ts-expect-error
    roll(x, 0.5, 1),
  "randomKey: seed is 0.5, but must be an integer between -2^53 and 2^53": () =>
    // @ts-expect-error
    randomKey(0.5),
};

export const rates = {
  "dropout: rate is 2, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    sequential(x, dropout(2)),
  "dropout: rate is 1.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    dropout(1.5),
  "dropout: rate is 1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    dropout(1),
  "dropout: rate is 12.5, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    dropout(12.5),
  "dropout: rate is 100, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    dropout(100),
  "spatialDropout1d: rate is 1.05, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    spatialDropout1d(1.05),
  "alphaDropout: rate is -0.1, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    alphaDropout(-0.1),
  "gaussianDropout: rate is 10, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    gaussianDropout(10),
  "spatialDropout2d: rate is 1e+21, but must be a number in [0, 1)": () =>
    // @ts-expect-error
    spatialDropout2d(1e21),
};

export const sizes = {
  'eye: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    eye(0),
  'eye: -1 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    eye(2, -1),
  'arange: 1e+21 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    arange(1e21),
  'hann: 1.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    hann(1.5),
  'rearrange: -1 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    rearrange(input([2, 4]), "(a b) c -> a b c", { a: -1 }),
  "alibi: heads is 0, but must be a positive integer": () =>
    // @ts-expect-error
    alibi(0, 4),
  "relativePositionBias: numHeads is 1.5, but must be a positive integer": () =>
    // @ts-expect-error
    relativePositionBias(sequence, { numHeads: 1.5 }),
  "depthToSpace: blockSize is 0, but must be a positive integer": () =>
    // @ts-expect-error
    depthToSpace(input(["batch", 4, 4, 4]), 0),
  "spaceToDepth: blockSize is -2, but must be a positive integer": () =>
    // @ts-expect-error
    spaceToDepth(input(["batch", 4, 4, 4]), -2),
  "foldIn: index is 2.5, but must be an integer of int32": () =>
    // @ts-expect-error
    foldIn(randomKey(1), 2.5),
  "split: 2.5 is not a number of parts; give a positive integer": () =>
    // @ts-expect-error
    split(x, 2.5, 1),
  "conv2d: kernelSize are positive integers, got 1e+21": () =>
    // @ts-expect-error
    conv2d({ filters: 4, kernelSize: 1e21 })(input(["batch", "height", "width", 4])),
};

export const places = {
  'conv2d: padding is "same", "valid" or a number of places, got -3': () =>
    // @ts-expect-error
    conv2d(image, { filters: 4, kernelSize: 3, padding: -3 }),
  'conv1d: padding is "same", "valid", "causal" or a number of places, got [1,-1]': () =>
    // @ts-expect-error
    conv1d({ filters: 4, kernelSize: 3, padding: [1, -1] })(input(["batch", "time", 4])),
  'conv1dTranspose: padding is "same", "valid" or a number of places, got 1.5': () =>
    // @ts-expect-error
    conv1dTranspose({ filters: 4, kernelSize: 3, padding: 1.5 })(input(["batch", "time", 4])),
  "zeroPadding2d: padding is a number of places, got [[1,-1],2]": () =>
    // @ts-expect-error
    zeroPadding2d(image, { padding: [[1, -1], 2] }),
  "cropping1d: cropping is a number of places, got -1": () =>
    // @ts-expect-error
    cropping1d(sequence, { cropping: -1 }),
};
