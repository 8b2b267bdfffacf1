import {
  discretization,
  input,
  type Layer,
  type NdArray,
  normalization,
  type Shape,
  sequential,
  type Tensor,
} from "shapewright";
import {
  cutMix,
  dataset,
  hashing,
  integerLookup,
  mixUp,
  restorePreprocessing,
  stringLookup,
  type TokenSequence,
  textVectorization,
  tokenSequences,
} from "shapewright/data";
import { loadModel, type Session } from "shapewright/runtime";
import { expectType } from "tsd";

declare const texts: readonly string[];

// Texts as numbers
const words = await textVectorization({ maxTokens: 1000, outputSequenceLength: 20 }).adapt(texts);
expectType<NdArray<[number, 20], "int32">>(words(texts));
expectType<NdArray<[20], "int32">>(words("a text"));
expectType<readonly string[]>(words.vocabulary);
const bag = await textVectorization({ maxTokens: 500, outputMode: "tfIdf", padToMaxTokens: true }).adapt(
  dataset(texts),
);
expectType<NdArray<[number, 500], "float32">>(bag(texts));
const known = textVectorization({ vocabulary: ["cat"], outputMode: "count" });
expectType<NdArray<[number, number], "float32">>(known(texts));

// Tokens of a tokenizer
const tokens = tokenSequences((text) => Int32Array.from(text, (letter) => letter.charCodeAt(0)), {
  sequenceLength: 16,
});
expectType<TokenSequence<[16]>>(tokens("a text"));
expectType<NdArray<[number, 16], "int32">>(tokens(texts).tokenIds);
expectType<NdArray<[number, 16], "bool">>(tokens(texts).paddingMask);
expectType<NdArray<[8, 16], "bool">>(
  (await dataset(texts).map(tokens).batch(8, { dropRemainder: true }).toArray())[0]!.paddingMask,
);

// Tokens at places
const city = stringLookup({ vocabulary: ["Paris", "Rome"] });
expectType<NdArray<[], "int32">>(city("Rome"));
expectType<NdArray<[number], "int32">>(city(texts));
expectType<NdArray<[number, number], "int32">>(city([["Rome"], ["Oslo"]]));
expectType<string[]>(city.invert([1, 2]));
const zip = await integerLookup({ outputMode: "oneHot", maxTokens: 30, padToMaxTokens: true }).adapt([1, 2, 3]);
expectType<NdArray<[number, 30], "float32">>(zip([5, 6]));
expectType<NdArray<[30], "float32">>(zip(5));
const hot = integerLookup({ vocabulary: [1, 2], outputMode: "multiHot" });
expectType<NdArray<[number, number], "float32">>(hot([[5, 6]]));

// Bins that hashes say
const user = hashing({ numBins: 100 });
expectType<NdArray<[number], "int32">>(user(texts));
expectType<NdArray<[], "int32">>(user(5));
expectType<NdArray<[number, 7], "float32">>(
  hashing({ numBins: 7, outputMode: "count", salt: [1, 2n] })([["a"], ["b"]]),
);

// As they were saved
expectType<NdArray<[number], "int32" | "float32">>(
  restorePreprocessing({ name: "city", kind: "stringLookup", config: {}, state: { vocabulary: ["a"] } })(
    texts,
  ) as NdArray<[number], "int32" | "float32">,
);

// Kept in a model's file, and made again
declare const session: Session<any, any, any>;
await session.saveModel("digits.shapewright", { preprocessing: [words, city] });
const loaded = await loadModel("digits.shapewright");
const kept = loaded.preprocessing.find(({ name }) => name === "textVectorization");
expectType<NdArray<[number, number], "int32" | "float32">>(restorePreprocessing(kept, "textVectorization")(texts));
expectType<NdArray<[number, 4], "int32">>(
  restorePreprocessing(kept, "textVectorization", { outputSequenceLength: 4 })(texts),
);
expectType<NdArray<[number], "int32">>(restorePreprocessing(kept, "stringLookup", { outputMode: "int" })(texts));
expectType<NdArray<[number, number], "float32">>(
  restorePreprocessing(kept, "hashing", { outputMode: "oneHot" })(texts),
);
// @ts-expect-error: of hashing there is no such mode
restorePreprocessing(kept, "hashing", { outputMode: "tfIdf" });
// @ts-expect-error: one text is not many
textVectorization().adapt("one text");

// By the mean and the variance of data
declare const houses: NdArray<[number, 2], "float32">;
const normal = await normalization().adapt(houses);
expectType<Tensor<["batch", 2]>>(normal(input(["batch", 2])));
expectType<Tensor<["batch", 2]>>(sequential(input(["batch", 2], "int32"), normal));
expectType<Tensor<["batch", 4]>>(normalization(input(["batch", 4], "uint8"), { mean: 128, variance: 4096 }));
expectType<Tensor<["batch", 4]>>((normalization({ mean: 0, variance: 1 }) satisfies Layer)(input(["batch", 4])));
export const standardised = <const S extends Shape, C extends number>(
  x: Tensor<S>,
  rows: Tensor<["batch", C]>,
  m: number[],
) => {
  expectType<Tensor<S>>(sequential(x, normalization({ mean: 0, variance: 1 })));
  expectType<Tensor<["batch", C]>>(sequential(rows, normalization({ mean: m, variance: m })));
};

// Bins
const age = input(["batch", 3]);
expectType<Tensor<["batch", 3], "int32">>(discretization(age, { binBoundaries: [18, 65] }));
expectType<Tensor<["batch", 3]>>(discretization(age, { binBoundaries: [18, 65], outputMode: "count" }));
expectType<Tensor<["batch", 3, 3]>>(discretization(age, { binBoundaries: [18, 65], outputMode: "oneHot" }));
declare const edges: readonly number[];
expectType<Tensor<["batch", number]>>(discretization(age, { binBoundaries: edges, outputMode: "count" }));
const group = await discretization({ numBins: 4 }).adapt([1, 2, 3]);
expectType<Tensor<["batch", 3], "int32">>(sequential(age, group));

// Mixed batches keep their types
declare const target: NdArray<[8, 3], "float32">;
declare const images: NdArray<[8, 28, 28, 1], "float32">;
const batches = dataset({ inputs: { images }, target }).batch(4);
expectType<typeof batches>(batches.map(cutMix({ factor: [0.5, 1] })));
expectType<typeof batches>(batches.map(mixUp({ alpha: 0.4 })));
