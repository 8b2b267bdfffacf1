import { Tokenizer } from "@huggingface/tokenizers";
import { expect, test } from "vitest";
import { dataset, tokenSequences } from "../../runtime/datasets/index.js";

/** As an untyped program may write it. */
const untyped = (value: unknown) => value as never;
/** A tokenizer whose tokens are what letters are in the alphabet. */
const letters = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0) - 96);
const numbers = ({ tokenIds, paddingMask }: { tokenIds: { data: Int32Array }; paddingMask: { data: Uint8Array } }) => [
  [...tokenIds.data],
  [...paddingMask.data],
];

test("texts are cut and padded on either side, with what stands around them", () => {
  const five = { sequenceLength: 5 } as const;
  const of = (options: object, text: string) => numbers(tokenSequences(letters, { ...five, ...options })(text));
  expect(of({}, "abc")).toEqual([
    [1, 2, 3, 0, 0],
    [1, 1, 1, 0, 0],
  ]);
  expect(of({}, "abcdefg")).toEqual([
    [1, 2, 3, 4, 5],
    [1, 1, 1, 1, 1],
  ]);
  expect(of({ padValue: -1 }, "")).toEqual([
    [-1, -1, -1, -1, -1],
    [0, 0, 0, 0, 0],
  ]);
  // As KerasHub's StartEndPacker has it: what stands behind is there though the text is cut.
  const around = { startValue: 101, endValue: 102 };
  expect(of(around, "ab")).toEqual([
    [101, 1, 2, 102, 0],
    [1, 1, 1, 1, 0],
  ]);
  expect(of(around, "abcdefg")).toEqual([
    [101, 1, 2, 3, 102],
    [1, 1, 1, 1, 1],
  ]);
  expect(of({ ...around, paddingSide: "left", truncationSide: "left" }, "abcdefg")[0]).toEqual([101, 5, 6, 7, 102]);
  expect(of({ ...around, paddingSide: "left" }, "a")).toEqual([
    [0, 0, 101, 1, 102],
    [0, 0, 1, 1, 1],
  ]);
});

test("one text, several, and those of a dataset", async () => {
  const tokens = tokenSequences(letters, { sequenceLength: 2 });
  expect(tokens("a")).toEqual({
    tokenIds: { shape: [2], dtype: "int32", data: new Int32Array([1, 0]) },
    paddingMask: { shape: [2], dtype: "bool", data: new Uint8Array([1, 0]) },
  });
  const both = {
    tokenIds: { shape: [2, 2], dtype: "int32", data: new Int32Array([1, 0, 2, 3]) },
    paddingMask: { shape: [2, 2], dtype: "bool", data: new Uint8Array([1, 0, 1, 1]) },
  };
  expect(tokens(["a", "bcd"])).toEqual(both);
  expect(await dataset(["a", "bcd"]).map(tokens).batch(2).toArray()).toEqual([both]);
});

test("a tokenizer of a library", () => {
  const vocab = { "[UNK]": 0, "[PAD]": 1, tea: 2, "##pot": 3, the: 4, "##s": 5 };
  const wordPieces = new Tokenizer(
    {
      added_tokens: [],
      post_processor: null,
      decoder: null,
      normalizer: { type: "Lowercase" },
      pre_tokenizer: { type: "Whitespace" },
      model: {
        type: "WordPiece",
        unk_token: "[UNK]",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab,
      },
    },
    {},
  );
  const tokens = tokenSequences((text) => wordPieces.encode(text).ids, {
    sequenceLength: 6,
    padValue: 1,
    vocabularySize: 6,
  });
  expect(numbers(tokens("The teapots sing"))).toEqual([
    [4, 2, 3, 5, 0, 1],
    [1, 1, 1, 1, 1, 0],
  ]);
});

test("what is no token is refused, with the text; so are options that are none", () => {
  const given = (made: unknown, text: unknown = "tea", options: object = {}) =>
    tokenSequences(
      untyped(() => made),
      { sequenceLength: 4, ...options },
    )(untyped(text));
  const refused: [() => unknown, string, string][] = [
    [() => given([1, 2.5]), "SW_DATA", 'the tokenizer gives 2.5, which is no number of a token, at place 1 for "tea"'],
    [() => given([1, NaN]), "SW_DATA", "the tokenizer gives NaN, which is no number of a token, at place 1"],
    [() => given(new BigInt64Array(1)), "SW_DATA", "the tokenizer gives 0n, which is no number of a token, at place 0"],
    [() => given(["tea"]), "SW_DATA", 'the tokenizer gives "tea", which is no number of a token, at place 0'],
    [() => given({ ids: [1] }), "SW_DATA", 'and no list of numbers, which are its ids, for "tea"'],
    [() => given(Promise.resolve([1])), "SW_DATA", 'the tokenizer gives a Promise, and no list of numbers for "tea"'],
    [
      () => given([1, 6], "tea", { vocabularySize: 6 }),
      "SW_DATA",
      'the tokenizer gives token 6, where vocabularySize is 6, at place 1 for "tea"',
    ],
    [() => given([-1], "tea", { vocabularySize: 6 }), "SW_DATA", "the tokenizer gives token -1, where"],
    [() => given([1], 3), "SW_DATA", "takes a text, or a list of such, got 3"],
    [() => given([1], ["a", null]), "SW_DATA", "takes a text, or a list of such, got null"],
    [() => given([1], "a", { sequenceLength: 0 }), "SW_VALUE", "sequenceLength is 0, but must be a positive integer"],
    [
      () => given([1], "a", { sequenceLength: 2, startValue: 1, endValue: 2 }),
      "SW_VALUE",
      "sequenceLength 2 has no room beside startValue and endValue",
    ],
    [
      () => given([1], "a", { startValue: 99, vocabularySize: 10 }),
      "SW_VALUE",
      "startValue is 99, where vocabularySize is 10",
    ],
    [() => given([1], "a", { endValue: 10, vocabularySize: 10 }), "SW_VALUE", "endValue is 10, where vocabularySize"],
    [() => given([1], "a", { padValue: -1, vocabularySize: 10 }), "SW_VALUE", "padValue is -1, where vocabularySize"],
    [() => given([1], "a", { length: 2 }), "SW_VALUE", 'no option is named "length"'],
    [() => given([1], "a", { paddingSide: "both" }), "SW_VALUE", 'must be "left" or "right"'],
    [() => tokenSequences(untyped({ encode: letters }), { sequenceLength: 2 }), "SW_VALUE", "the tokenizer is "],
  ];
  for (const [make, code, message] of refused) {
    const fault = (() => {
      try {
        return make();
      } catch (error) {
        return error;
      }
    })() as { code: string; message: string };
    expect(fault.message).toContain(message);
    expect(fault.message.startsWith("tokenSequences: ")).toBe(true);
    expect(fault.code).toBe(code);
  }
});
