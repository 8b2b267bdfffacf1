import {
  add,
  additiveAttention,
  alibi,
  attention,
  cachedGroupQueryAttention,
  cachedMultiHeadAttention,
  type Dim,
  dense,
  gelu,
  groupQueryAttention,
  input,
  layerNormalization,
  multiHeadAttention,
  positionEmbedding,
  relativePositionBias,
  type Shape,
  scaledDotProductAttention,
  sequential,
  type Tensor,
  times,
} from "shapewright";
import { expectType } from "tsd";

// Attention: exact within generic blocks, whatever is looked at.

const words = input(["batch", "time", 512]);
const query = input(["batch", 8, "time", 64]);
const value = input(["batch", 8, "source", 32]);
const key = input(["batch", 8, "source", 64]);
const mask = input(["batch", 1, 1, "source"], "bool");
expectType<Tensor<["batch", 8, "time", 32]>>(scaledDotProductAttention(query, key, value, { mask }));
expectType<Tensor<["batch", "time", 512]>>(multiHeadAttention(words, { numHeads: 8, keyDim: 64, useCausalMask: true }));

// What is added to the scores.
const near = alibi(8, "time");
expectType<Tensor<[8, "time", "time"]>>(near);
expectType<Tensor<[2, 1, 9]>>(alibi(2, 1, 9, { offset: 4 }));
expectType<Tensor<["batch", 8, "time", 32]>>(
  scaledDotProductAttention(query, key, value, { bias: alibi(8, "time", "source"), mask }),
);
expectType<Tensor<["batch", "time", 512]>>(
  multiHeadAttention(words, { numHeads: 8, keyDim: 64, useCausalMask: true, attentionBias: near }),
);
expectType<Tensor<["batch", "time", 512]>>(
  groupQueryAttention(words, { headDim: 64, numQueryHeads: 8, numKeyValueHeads: 2, attentionBias: near }),
);
expectType<Tensor<[8, "time", "time"]>>(relativePositionBias(words, { numHeads: 8 }));
expectType<Tensor<[8, "time", 100]>>(relativePositionBias(words, { numHeads: 8, source: 100, offset: 3 }));
expectType<Tensor<[2, "time", "time"]>>(sequential(words, relativePositionBias({ numHeads: 2 })));

/** A block whose scores know distances. */
function placed<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const attentionBias = relativePositionBias(x, { numHeads: 8 });
  expectType<Tensor<[8, T, T]>>(attentionBias);
  return multiHeadAttention(x, { numHeads: 8, keyDim: 64, attentionBias });
}
expectType<Tensor<["batch", 9, 64]>>(placed(input(["batch", 9, 64])));
expectType<Tensor<["batch", "time", 10]>>(multiHeadAttention(words, { numHeads: 8, keyDim: 64, outputShape: 10 }));
expectType<Tensor<["batch", "time", 512]>>(
  groupQueryAttention(words, { headDim: 64, numQueryHeads: 8, numKeyValueHeads: 2 }),
);
expectType<Tensor<["batch", "time", 9]>>(
  sequential(words, multiHeadAttention({ numHeads: 8, keyDim: 64, outputShape: 9 })),
);

/** Two dense layers, of which the first is four times as wide. */
function feedForward<const B extends Shape, C extends number>(x: Tensor<[...B, C]>, channels: NoInfer<C>) {
  return dense(dense(x, { units: times(channels, 4), activation: gelu }), { units: channels });
}

/** A block of an encoder. */
function encoderBlock<B extends Dim, T extends Dim, C extends number>(
  x: Tensor<[B, T, C]>,
  heads: number,
): Tensor<[B, T, C]> {
  const attended = add(x, multiHeadAttention(layerNormalization(x), { numHeads: heads, keyDim: 64 }));
  expectType<Tensor<[B, T, C]>>(attended);
  return add(attended, feedForward(layerNormalization(attended), x.shape[2]));
}
expectType<Tensor<["batch", "time", 512]>>(encoderBlock(encoderBlock(words, 8), 8));

/** A block of a decoder, which looks at what an encoder gives. */
function decoderBlock<B extends Dim, T extends Dim, S extends Dim, C extends number, E extends number>(
  x: Tensor<[B, T, C]>,
  encoded: Tensor<[B, S, E]>,
  seen: Tensor<[B, 1, 1, S], "bool">,
): Tensor<[B, T, C]> {
  const own = add(x, multiHeadAttention(layerNormalization(x), { numHeads: 8, keyDim: 64, useCausalMask: true }));
  const normal = layerNormalization(own);
  const both = add(own, multiHeadAttention(normal, { numHeads: 8, keyDim: 64, value: encoded, attentionMask: seen }));
  return add(both, feedForward(layerNormalization(both), x.shape[2]));
}
expectType<Tensor<["batch", "time", 512]>>(decoderBlock(words, input(["batch", "source", 100]), mask));

/** Heads of keys and values that serve several of queries. */
function grouped<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  return groupQueryAttention(x, { headDim: 64, numQueryHeads: 8, numKeyValueHeads: 2, useCausalMask: true });
}
expectType<Tensor<["batch", 9, 64]>>(grouped(input(["batch", 9, 64])));

// Vectors as they are: the values' channels in the query's places.
const text = input(["batch", "source", 512]);
expectType<Tensor<["batch", "time", 512]>>(attention(words, { value: text, useScale: true }));
expectType<Tensor<["batch", "time", 3]>>(attention(words, { value: input(["batch", "source", 3]), key: text }));
expectType<Tensor<["batch", "time", "width"]>>(attention(input(["batch", "time", "width"]), {}));
expectType<Tensor<["batch", "time", 512]>>(
  additiveAttention(words, { value: text, attentionMask: input(["batch", 1, "source"], "bool") }),
);
expectType<Tensor<["batch", "time", 512]>>(sequential(words, attention(), additiveAttention({ useCausalMask: true })));

/** Looks at a text by keys of its own. */
function lookUp<B extends Dim, T extends Dim, S extends Dim, C extends number, E extends number>(
  x: Tensor<[B, T, C]>,
  key: Tensor<[B, S, C]>,
  values: Tensor<[B, S, E]>,
  seen: Tensor<[B, 1, S], "bool">,
): Tensor<[B, T, E]> {
  expectType<Tensor<[B, T, C]>>(attention(x, { value: key }));
  expectType<Tensor<[B, T, C]>>(add(x, additiveAttention(x, { useCausalMask: true })));
  expectType<Tensor<[B, T, E]>>(additiveAttention(x, { value: values, key, attentionMask: seen }));
  return attention(x, { value: values, key, attentionMask: seen });
}
expectType<Tensor<["batch", "time", 9]>>(
  lookUp(words, text, input(["batch", "source", 9]), input(["batch", 1, "source"], "bool")),
);

// A mask of three axes is for all heads.
const rows = input(["batch", "time", "time"], "bool");
expectType<Tensor<["batch", "time", 512]>>(multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionMask: rows }));

/** The same of any sizes. */
function masked<B extends Dim, T extends Dim, C extends number>(
  x: Tensor<[B, T, C]>,
  seen: Tensor<[B, T, T], "bool">,
): Tensor<[B, T, C]> {
  return groupQueryAttention(x, { headDim: 8, numQueryHeads: 4, numKeyValueHeads: 2, attentionMask: seen });
}
expectType<Tensor<["batch", 9, 64]>>(masked(input(["batch", 9, 64]), input(["batch", 9, 9], "bool")));

// What is not known is left to the runtime.
declare const unknownSizes: Tensor<number[]>;
declare const anything: Tensor<any, any>;
attention(unknownSizes, { value: unknownSizes });
attention(words, { value: anything, key: anything, attentionMask: anything });
multiHeadAttention(words, { numHeads: 8, keyDim: 64, attentionMask: anything });
additiveAttention(unknownSizes, {});

// With a cache: what comes out can be carried on as it is.
const word = input(["batch", 1, 512]);
const keys = input(["batch", 8, 100, 64]);
const place = input([], "int32");
const step = cachedMultiHeadAttention(word, {
  numHeads: 8,
  keyDim: 64,
  cache: { key: keys, value: keys },
  offset: place,
});
expectType<Tensor<["batch", 1, 512]>>(step.output);
expectType<Tensor<["batch", 8, 100, 64]>>(step.cache.key);
const wide = cachedMultiHeadAttention(word, {
  numHeads: 8,
  keyDim: 64,
  valueDim: 3,
  outputShape: 9,
  cache: { key: keys, value: input(["batch", 8, 100, 3]) },
  offset: 0,
  attentionMask: input(["batch", 1, 1, 100], "bool"),
});
expectType<Tensor<["batch", 1, 9]>>(wide.output);
expectType<Tensor<["batch", 8, 100, 3]>>(wide.cache.value);

/** A step of a block, of any sizes. */
function blockStep<B extends Dim, L extends Dim, C extends number>(
  x: Tensor<[B, 1, C]>,
  cache: { readonly key: Tensor<[B, 2, L, 16]>; readonly value: Tensor<[B, 2, L, 16]> },
  offset: Tensor<[], "int32">,
) {
  const heads = { headDim: 16, numQueryHeads: 8, numKeyValueHeads: 2, useBias: false } as const;
  const seen = cachedGroupQueryAttention(layerNormalization(x), { ...heads, cache, offset });
  expectType<Tensor<[B, 2, L, 16]>>(seen.cache.key);
  return { x: add(x, seen.output), cache: seen.cache };
}
const few = input(["batch", 2, "length", 16]);
expectType<Tensor<["batch", 1, 512]>>(blockStep(word, { key: few, value: few }, place).x);
cachedMultiHeadAttention(word, { numHeads: 8, keyDim: 64, cache: { key: anything, value: anything }, offset: 3 });

// Of a layer that is trained: its sizes are known.
const look = multiHeadAttention({ numHeads: 8, keyDim: 64, useCausalMask: true });
const own = look.cached(word, { cache: { key: keys, value: keys }, offset: place });
expectType<Tensor<["batch", 1, 512]>>(own.output);
expectType<Tensor<["batch", 8, 100, 64]>>(own.cache.value);
const narrow = multiHeadAttention({ numHeads: 8, keyDim: 64, valueDim: 3, outputShape: 9, useCausalMask: true });
expectType<Tensor<["batch", 1, 9]>>(
  narrow.cached(word, { cache: { key: keys, value: input(["batch", 8, 100, 3]) }, offset: 0 }).output,
);
const twoOfEight = groupQueryAttention({ headDim: 64, numQueryHeads: 8, numKeyValueHeads: 2, useCausalMask: true });
const keysOfTwo = input(["batch", 2, 100, 64]);
expectType<Tensor<["batch", 2, 100, 64]>>(
  twoOfEight.cached(word, { cache: { key: keysOfTwo, value: keysOfTwo }, offset: 0 }).cache.key,
);
expectType<Tensor<["batch", 1, 512]>>(positionEmbedding({ sequenceLength: 100 }).from(word, place));
expectType<Tensor<[8, 1, 100]>>(relativePositionBias({ numHeads: 8 }).from(word, { source: 100, offset: place }));
