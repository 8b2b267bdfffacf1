import {
  additiveAttention,
  alibi,
  attention,
  cachedGroupQueryAttention,
  cachedMultiHeadAttention,
  attention as dotAttention,
  groupQueryAttention,
  input,
  multiHeadAttention,
  relativePositionBias,
  scaledDotProductAttention,
} from "shapewright";

// Rejected programs of attention, as in rejected.ts.

const words = input(["batch", "time", 512]);
const query = input(["batch", 8, "time", 64]);
const key = input(["batch", 8, "source", 64]);
const word = input(["batch", 1, 512]);
const kept = input(["batch", 8, 100, 64]);
const few = input(["batch", 2, 100, 64]);
const eight = { numHeads: 8, keyDim: 64 } as const;
const twoOfEight = { headDim: 64, numQueryHeads: 8, numKeyValueHeads: 2 } as const;

/** What looks at what. */
export const attended = {
  "scaledDotProductAttention: takes rows and columns on the last two axes, got [3]": () =>
    // @ts-expect-error
    scaledDotProductAttention(input([3]), input([3]), input([3])),
  "scaledDotProductAttention: [batch, 8, time, 64] and [batch, 4, source, 64] differ on axis 1": () =>
    // @ts-expect-error
    scaledDotProductAttention(query, input(["batch", 4, "source", 64]), input(["batch", 4, "source", 64])),
  "scaledDotProductAttention: [batch, 8, source, 64] and [batch, 8, time, 64] differ on axis 2": () =>
    // @ts-expect-error
    scaledDotProductAttention(query, key, query),
  "scaledDotProductAttention: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    scaledDotProductAttention(input(["batch", 8, "time", 64], "int32"), key, key),
  "scaledDotProductAttention: [batch, 1, 1, time] does not broadcast to [batch, 8, time, source]: axis 3 is time, not source":
    () =>
      // @ts-expect-error
      scaledDotProductAttention(query, key, key, { mask: input(["batch", 1, 1, "time"], "bool") }),
  "scaledDotProductAttention: a mask is bool, true where a place is seen, got float32; what is added to scores is given as bias":
    () =>
      // @ts-expect-error
      scaledDotProductAttention(query, key, key, { mask: input(["batch", 1, 1, "source"]) }),
  "scaledDotProductAttention: [8, time, time] does not broadcast to [batch, 8, time, source]: axis 3 is time, not source":
    () =>
      // @ts-expect-error
      scaledDotProductAttention(query, key, key, { bias: alibi(8, "time") }),
  "multiHeadAttention: [4, time, time] does not broadcast to [batch, 8, time, time]: axis 1 is 4, not 8": () =>
    // @ts-expect-error
    multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionBias: alibi(4, "time") }),
  "multiHeadAttention: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionBias: input(["time"], "bool") }),
  'alibi: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    alibi(8, 0),
  "relativePositionBias: takes rows and columns on the last two axes, got [3]": () =>
    // @ts-expect-error
    relativePositionBias(input([3]), { numHeads: 8 }),
  'relativePositionBias: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    relativePositionBias(words, { numHeads: 8, source: 0 }),
  "multiHeadAttention: takes [batch, time, channels], got [batch, 512]": () =>
    // @ts-expect-error
    multiHeadAttention(input(["batch", 512]), { numHeads: 8, keyDim: 64 }),
  'multiHeadAttention: [batch, 9, width]: the channels have weights, so their axis, the last one, is a number, not "width"':
    () =>
      // @ts-expect-error
      multiHeadAttention(input(["batch", 9, "width"]), { numHeads: 8, keyDim: 64 }),
  "multiHeadAttention: [batch, time, 512] and [other, 9, 3] differ on axis 0": () =>
    // @ts-expect-error
    multiHeadAttention(words, { numHeads: 8, keyDim: 64, value: input(["other", 9, 3]) }),
  "multiHeadAttention: [batch, 9, 3] and [batch, 8, 3] differ on axis 1": () =>
    // @ts-expect-error
    multiHeadAttention(words, { numHeads: 8, keyDim: 64, value: input(["batch", 9, 3]), key: input(["batch", 8, 3]) }),
  "multiHeadAttention: [batch, 1, 1, 9] does not broadcast to [batch, 8, time, time]: axis 3 is 9, not time": () =>
    // @ts-expect-error
    multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionMask: input(["batch", 1, 1, 9], "bool") }),
  "groupQueryAttention: 8 heads do not divide into 3 groups": () =>
    // @ts-expect-error
    groupQueryAttention(words, { headDim: 64, numQueryHeads: 8, numKeyValueHeads: 3 }),
  "multiHeadAttention: a mask is bool, true where a place is seen, got float32; what is added to scores is given as attentionBias":
    () =>
      // @ts-expect-error
      multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionMask: alibi(8, "time") }),
  "multiHeadAttention: [batch, time, 9] does not broadcast to [batch, time, time]: axis 2 is 9, not time": () =>
    // @ts-expect-error
    multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionMask: input(["batch", "time", 9], "bool") }),
  "multiHeadAttention: a mask [batch, time] has no axis for the places of the query; write expandDims(mask, 1)": () =>
    // @ts-expect-error
    multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionMask: input(["batch", "time"], "bool") }),
  "attention: a mask [batch, source] has no axis for the places of the query; write expandDims(mask, 1)": () =>
    // @ts-expect-error
    dotAttention(words, { value: input(["batch", "source", 512]), attentionMask: input(["batch", "source"], "bool") }),
  "additiveAttention: a mask [batch, time] has no axis for the places of the query; write expandDims(mask, 1)": () =>
    // @ts-expect-error
    additiveAttention(words, { attentionMask: input(["batch", "time"], "bool") }),
  "groupQueryAttention: a mask [batch, time] has no axis for the places of the query; write expandDims(mask, 1)": () =>
    // @ts-expect-error
    groupQueryAttention(words, { ...twoOfEight, attentionMask: input(["batch", "time"], "bool") }),
  "cachedGroupQueryAttention: a mask [batch, 100] has no axis for the places of the query; write expandDims(mask, 1)":
    () =>
      cachedGroupQueryAttention(word, {
        ...twoOfEight,
        cache: { key: few, value: few },
        offset: 0,
        // @ts-expect-error
        attentionMask: input(["batch", 100], "bool"),
      }),
  "cachedMultiHeadAttention: a mask [batch, 100] has no axis for the places of the query; write expandDims(mask, 1)":
    () =>
      cachedMultiHeadAttention(word, {
        ...eight,
        cache: { key: kept, value: kept },
        offset: 0,
        // @ts-expect-error
        attentionMask: input(["batch", 100], "bool"),
      }),
  "scaledDotProductAttention: a mask [batch, source] has no axis for the places of the query; write expandDims(expandDims(mask, 1), 1)":
    () =>
      // @ts-expect-error
      scaledDotProductAttention(query, key, key, { mask: input(["batch", "source"], "bool") }),
  "attention: takes [batch, time, channels], got [batch, 512]": () =>
    // @ts-expect-error
    dotAttention(input(["batch", 512]), {}),
  "attention: [batch, time, 512] and [batch, source, 64] differ on axis 2": () =>
    // @ts-expect-error
    dotAttention(words, { value: input(["batch", "source", 64]) }),
  "attention: [batch, time, 512] and [batch, source, 10] differ on axis 2": () =>
    // @ts-expect-error
    dotAttention(words, { value: input(["batch", "source", 512]), key: input(["batch", "source", 10]) }),
  "attention: [batch, source, 64] and [batch, 7, 512] differ on axis 1": () =>
    // @ts-expect-error
    dotAttention(words, { value: input(["batch", "source", 64]), key: input(["batch", 7, 512]) }),
  "attention: [8, 1, 1, time] does not broadcast to [batch, time, time]: rank 4 is more than 3": () =>
    // @ts-expect-error
    dotAttention(words, { attentionMask: input([8, 1, 1, "time"], "bool") }),
  'additiveAttention: [batch, 9, width]: the channels have weights, so their axis, the last one, is a number, not "width"':
    () =>
      // @ts-expect-error
      additiveAttention(input(["batch", 9, "width"]), {}),
  "additiveAttention: [batch, time, 512] and [other, source, 512] differ on axis 0": () =>
    // @ts-expect-error
    additiveAttention(words, { value: input(["other", "source", 512]) }),
  "additiveAttention: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    additiveAttention(input(["batch", "time", 512], "int32"), {}),
  "attention: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    attention(input(["batch", "time", 512], "int32"), {}),
  "cachedMultiHeadAttention: the cache's key is [batch, 8, 100, 32], but must be [batch, 8, length, 64]": () =>
    // @ts-expect-error
    cachedMultiHeadAttention(word, { ...eight, cache: { key: input(["batch", 8, 100, 32]), value: kept }, offset: 0 }),
  "cachedMultiHeadAttention: the cache's value is [8, 100, 64], but must be [batch, 8, length, 64]": () =>
    // @ts-expect-error
    cachedMultiHeadAttention(word, { ...eight, cache: { key: kept, value: input([8, 100, 64]) }, offset: 0 }),
  "cachedMultiHeadAttention: [batch, 8, 100, 64] and [batch, 8, 90, 64] differ on axis 2": () =>
    // @ts-expect-error
    cachedMultiHeadAttention(word, { ...eight, cache: { key: kept, value: input(["batch", 8, 90, 64]) }, offset: 0 }),
  "cachedMultiHeadAttention: takes [batch, time, channels], got [batch, 512]": () =>
    // @ts-expect-error
    cachedMultiHeadAttention(input(["batch", 512]), { ...eight, cache: { key: kept, value: kept }, offset: 0 }),
  "multiHeadAttention: the cache's key is [batch, 8, 100, 32], but must be [batch, 8, length, 64]": () =>
    multiHeadAttention({ ...eight, useCausalMask: true }).cached(word, {
      // @ts-expect-error
      cache: { key: input(["batch", 8, 100, 32]), value: kept },
      offset: 0,
    }),
  "groupQueryAttention: the cache's value is [batch, 8, 100, 64], but must be [batch, 2, length, 64]": () =>
    groupQueryAttention({ ...twoOfEight, useCausalMask: true }).cached(word, {
      // @ts-expect-error
      cache: { key: few, value: kept },
      offset: 0,
    }),
  "cachedGroupQueryAttention: the cache's key is [batch, 8, 100, 64], but must be [batch, 2, length, 64]": () =>
    // @ts-expect-error
    cachedGroupQueryAttention(word, { ...twoOfEight, cache: { key: kept, value: few }, offset: 0 }),
};
