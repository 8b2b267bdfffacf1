import { readFileSync } from "node:fs";
import type { NdArray } from "shapewright";
import type * as data from "shapewright/data";
import {
  dataset,
  hashing,
  integerLookup,
  restorePreprocessing,
  stringLookup,
  textVectorization,
} from "shapewright/data";
import { describe, expect, test } from "vitest";

interface Case {
  readonly kind: "hashing" | "textVectorization" | "stringLookup" | "integerLookup";
  readonly options: Readonly<Record<string, unknown>>;
  readonly adapt?: readonly unknown[];
  readonly given: unknown;
  readonly vocabulary?: readonly unknown[];
  readonly y: { readonly shape: readonly number[]; readonly data: readonly number[] };
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL("../fixtures/preprocessing.json", import.meta.url), "utf8"),
);

const kinds: Readonly<Record<Case["kind"], (options: never) => unknown>> = {
  hashing,
  textVectorization,
  stringLookup,
  integerLookup,
};

/** The preprocessing of a case, with what types don't know. */
async function made({ kind, options, adapt }: Case) {
  const ready = kinds[kind](options as never) as unknown;
  return (adapt ? await (ready as data.Adaptable<unknown, unknown>).adapt(adapt) : ready) as data.StringLookup;
}

/** Keras counts in integers; here, what is no place is a number for layers, as `categoryEncoding` gives it. */
function expectSame({ shape, dtype, data }: NdArray, { options, y }: Case) {
  expect([dtype, shape]).toEqual([(options.outputMode ?? "int") === "int" ? "int32" : "float32", y.shape]);
  for (const [i, wanted] of y.data.entries()) expect(data[i], `at ${i}`).toBeCloseTo(wanted, 5);
}

describe("Keras's vocabularies and numbers", () => {
  test.each(cases.map((each, i) => [`${i}: ${each.kind} ${JSON.stringify(each.options)}`, each] as const))(
    "%s",
    async (_, each) => {
      const ready = await made(each);
      // Keras shows the mask in the vocabulary of places alone, as we do.
      if (each.vocabulary) expect(ready.vocabulary).toEqual(each.vocabulary);
      expectSame(ready(each.given as never), each);
      const kept = restorePreprocessing(JSON.parse(JSON.stringify(ready)) as never) as typeof ready;
      expect(kept.vocabulary).toEqual(ready.vocabulary);
      expect(kept(each.given as never)).toEqual(ready(each.given as never));
      expect(kept.toJSON()).toEqual(ready.toJSON());
    },
  );
});

test("what is adapted to a dataset, to an iterator or to batches is the same", async () => {
  const texts = ["a b b", "b c", "c c c a"];
  const from = async (given: data.Texts) =>
    (await textVectorization({ outputSequenceLength: 3 }).adapt(given)).toJSON();
  const wanted = await from(texts);
  expect(wanted.state).toEqual({ vocabulary: ["c", "b", "a"] });
  expect(await from(dataset(texts))).toEqual(wanted);
  expect(await from([texts.slice(0, 2), texts.slice(2)])).toEqual(wanted);
  expect(await from(new Set(texts))).toEqual(wanted);
});

test("texts go through a dataset into batches", async () => {
  const words = textVectorization({ vocabulary: ["cat", "dog"], outputSequenceLength: 2 });
  const samples = dataset([
    { text: "The cat", label: 0 },
    { text: "dog", label: 1 },
  ]).map(({ text, label }) => ({ inputs: { words: words(text) }, target: label }));
  const batches = [];
  for await (const batch of samples.batch(2)) batches.push(batch);
  expect(batches).toHaveLength(1);
  expect(batches[0]!.inputs.words).toEqual({ shape: [2, 2], dtype: "int32", data: Int32Array.of(1, 2, 3, 0) });
});

test("tokens are found at places, and functions standardize and split", () => {
  const city = stringLookup({ vocabulary: ["Paris", "Rome"], maskToken: "" });
  expect(city.invert(city(["Rome", "", "Oslo"]).data)).toEqual(["Rome", "", "[UNK]"]);
  const own = textVectorization({
    vocabulary: ["ärger", "b"],
    standardize: (text) => text.toLowerCase(),
    split: (text) => text.split("/"),
  });
  expect([...own("Ärger/B/c").data]).toEqual([2, 3, 1]);
  expect(() => own.toJSON()).toThrow(
    "textVectorization: its standardize is a function, which is not saved; save the vocabulary, and make it again with both",
  );
});

test("what is no vocabulary, no option or no text is refused", async () => {
  const refusals: readonly [string, () => unknown][] = [
    ['stringLookup: the vocabulary has "a" twice', () => stringLookup({ vocabulary: ["a", "b", "a"] })],
    ["stringLookup: the vocabulary is empty", () => stringLookup({ vocabulary: ["[UNK]"] })],
    [
      'stringLookup: the vocabulary has "[UNK]", which stands for what is unknown',
      () => stringLookup({ vocabulary: ["a", "[UNK]"] }),
    ],
    [
      "integerLookup: the vocabulary has 0, which stands for what is masked",
      () => integerLookup({ vocabulary: [1, 0], maskToken: 0 }),
    ],
    [
      "stringLookup: the vocabulary has 4 tokens, but maxTokens is 3",
      () => stringLookup({ vocabulary: ["a", "b", "c"], maxTokens: 3 }),
    ],
    [
      'stringLookup: "x" is not in the vocabulary, and numOovIndices is 0: there is no place for what is unknown',
      () => stringLookup({ vocabulary: ["a"], numOovIndices: 0 })("x"),
    ],
    ["stringLookup: takes a text, or lists of such, got 5", () => stringLookup({ vocabulary: ["a"] })([5 as never])],
    [
      "stringLookup: lists are ragged: beside one of 2 there is one of 1",
      () => stringLookup({ vocabulary: ["a"] })([["a", "b"], ["a"]]),
    ],
    [
      "stringLookup: there is no place 7: the vocabulary has 2 tokens",
      () => stringLookup({ vocabulary: ["a"] }).invert([7]),
    ],
    ["stringLookup: numOovIndices is -1, but must be an integer from 0", () => stringLookup({ numOovIndices: -1 })],
    ["hashing: numBins is 0, but must be a positive integer", () => hashing({ numBins: 0 })],
    [
      "hashing: salt is -1, but must be an integer from 0 below 2^64, or two of them",
      () => hashing({ numBins: 2, salt: -1 }),
    ],
    ["hashing: takes a text or an integer, or lists of such, got 0.5", () => hashing({ numBins: 2 })([0.5])],
    [
      "hashing: its salt is a bigint, which JSON has not; save numbers, or make it again with the salt",
      () => hashing({ numBins: 2, salt: 2n ** 60n }).toJSON(),
    ],
    [
      'stringLookup: outputMode "tfIdf" needs idfWeights with a vocabulary',
      () => stringLookup({ vocabulary: ["a"], outputMode: "tfIdf" }),
    ],
    [
      "integerLookup: vocabulary is [1.5], but must be a list of which each is an integer",
      () => integerLookup({ vocabulary: [1.5] }),
    ],
    [
      'integerLookup: salt is for oovMethod "farmhash" alone',
      () => integerLookup({ vocabulary: [1], numOovIndices: 2, salt: 3 }),
    ],
    [
      'integerLookup: oovMethod is "md5", but must be "floormod" or "farmhash"',
      () => integerLookup({ vocabulary: [1], oovMethod: "md5" as never }),
    ],
    [
      "stringLookup: its salt is a bigint, which JSON has not; save numbers, or make it again with the salt",
      () => stringLookup({ vocabulary: ["a"], salt: 2n ** 60n }).toJSON(),
    ],
    ["textVectorization: padToMaxTokens needs maxTokens", () => textVectorization({ padToMaxTokens: true })],
    [
      'textVectorization: standardize is "upper", but must be "lowerAndStripPunctuation", "lower", "stripPunctuation", null or a function',
      () => textVectorization({ standardize: "upper" as never }),
    ],
    [
      "textVectorization: standardize returns a Promise, but must return a text",
      () => textVectorization({ vocabulary: ["a"], standardize: (async () => "a") as never })("a"),
    ],
    [
      'textVectorization: split returns "a b", but must return a list of texts',
      () => textVectorization({ vocabulary: ["a"], split: ((text: string) => text) as never })("a b"),
    ],
    [
      'textVectorization: outputSequenceLength is for outputMode "int" alone',
      () => textVectorization({ outputMode: "count", outputSequenceLength: 3 }),
    ],
    [
      "textVectorization: takes a text, or a list of such, got null",
      () => textVectorization({ vocabulary: ["a"] })(null as never),
    ],
    [
      'textVectorization: no option is named "maxToken"; did you mean "maxTokens"?',
      () => textVectorization({ maxToken: 3 } as never),
    ],
    ...(
      [
        [{ name: "r", kind: "resize", config: {}, state: {} }, 'its kind is "resize", but must be one of KINDS'],
        [{}, "its kind is undefined, but must be one of KINDS"],
        [{ kind: { toString: null } }, "its kind is an object, but must be one of KINDS"],
        [null, "null is none"],
        [[], "an array is none"],
        [{ kind: "stringLookup" }, "its config is undefined, but must be a record"],
        [{ kind: "stringLookup", config: {}, state: null }, "its state is null, but must be a record"],
      ] as [never, string][]
    ).map(([saved, fault]): [string, () => unknown] => [
      `restorePreprocessing: this is no saved preprocessing: ${fault.replace("KINDS", "hashing, integerLookup, simpleImputer, stringLookup, textVectorization")}; give what its toJSON gave, or session.preprocessing has`,
      () => restorePreprocessing(saved),
    ]),
  ];
  for (const [message, refused] of refusals) expect(refused, message).toThrow(message);
  expect(() => restorePreprocessing(undefined, "stringLookup")).toThrow(
    "restorePreprocessing: this is no saved preprocessing: undefined is none",
  );
  const kept = stringLookup({ vocabulary: ["a"], name: "city" }).toJSON();
  expect(() => restorePreprocessing(kept, "integerLookup")).toThrow(
    'restorePreprocessing: "city" is saved as stringLookup, wanted "integerLookup"',
  );
  expect(restorePreprocessing(kept, "stringLookup", { outputMode: "int" })(["a", "b"])).toMatchObject({
    dtype: "int32",
    data: Int32Array.of(1, 0),
  });
  expect(() => restorePreprocessing(kept, "stringLookup", { outputMode: "oneHot" })).toThrow(
    'restorePreprocessing: "city" is saved with outputMode "int", wanted "oneHot"',
  );
  const four = textVectorization({ vocabulary: ["a"], outputMode: "int", outputSequenceLength: 4 }).toJSON();
  expect(() => restorePreprocessing(four, "textVectorization", { outputSequenceLength: 5 })).toThrow(
    'restorePreprocessing: "textVectorization" is saved with outputSequenceLength 4, wanted 5',
  );
  expect(() => restorePreprocessing(four, "textVectorization", { mode: "int" } as never)).toThrow(
    'restorePreprocessing: no option is named "mode"; there are outputMode, outputSequenceLength',
  );
  await expect(textVectorization().adapt([1 as never])).rejects.toThrow(
    "textVectorization: takes a text, or a list of such, got 1",
  );
  await expect(integerLookup().adapt([NaN])).rejects.toThrow(
    "integerLookup: takes an integer between -2^53 and 2^53, or lists of such, got NaN",
  );
});

test("adapt refuses what is not many, and what has nothing to learn", async () => {
  const many = (op: string, what: string, got: string) =>
    `${op}.adapt: takes ${what}, in a list, batch by batch or as a dataset, got ${got}`;
  for (const [data, got] of [
    ["a text", '"a text"; write [text]'],
    [undefined, "undefined"],
    [3, "3"],
  ] as const) {
    await expect(textVectorization().adapt(data as never)).rejects.toThrow(many("textVectorization", "texts", got));
    await expect(stringLookup().adapt(data as never)).rejects.toThrow(many("stringLookup", "texts", got));
    await expect(integerLookup().adapt(data as never)).rejects.toThrow(many("integerLookup", "integers", got));
  }
  for (const nothing of [[], dataset(["a"]).take(0), [" "]]) {
    await expect(textVectorization().adapt(nothing)).rejects.toThrow(
      "textVectorization.adapt: there are no tokens to learn",
    );
  }
  await expect(integerLookup().adapt(dataset([1]).take(0))).rejects.toThrow(
    "integerLookup.adapt: there are no tokens to learn",
  );
  await expect(textVectorization({ maxTokens: 2 }).adapt(["a b"])).rejects.toThrow(
    "textVectorization: maxTokens is 2, and 2 of these stand for what is missing or unknown: none is left to learn",
  );
});

test("hundreds of thousands of texts fit into one call", async () => {
  const texts = Array.from({ length: 200_000 }, (_, i) => (i === 7 ? "cat dog" : "cat"));
  const numbers = textVectorization({ vocabulary: ["cat", "dog"] })(texts);
  expect(numbers.shape).toEqual([200_000, 2]);
  expect([...numbers.data.slice(12, 18)]).toEqual([2, 0, 2, 3, 2, 0]);
  for await (const batch of dataset(texts)
    .map((text) => text.length, { parallelCalls: 200_000 })
    .batch(200_000)) {
    expect(batch).toHaveLength(200_000);
  }
});
