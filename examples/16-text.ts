/**
 * Texts as they are: letters to a shop are told apart by whether they praise or complain. A vocabulary is learnt of the raw strings, each
 * letter becomes places in it, and a network of embeddings reads these. A word list cannot do it: "not good" has a good word. The letters
 * are made up, and so is what was bought.
 *
 *     npm run example -- examples/16-text.ts             in full
 *     npm run example -- examples/16-text.ts --quick     fewer letters
 */
import {
  accuracy,
  adam,
  binaryCrossentropy,
  compile,
  conv1d,
  dense,
  dropout,
  embedding,
  globalMaxPooling1d,
  input,
  model,
  relu,
  sequential,
} from "shapewright";
import { dataset, textVectorization } from "shapewright/data";
import { open } from "shapewright/runtime";
import { exampleOptions, isMain } from "./options.js";

const maxTokens = 200;
const length = 24;

export const critic = model({ words: input(["batch", length], "int32") }, ({ words }) =>
  sequential(
    words,
    embedding({ inputDim: maxTokens, outputDim: 16 }), // ["batch", 24, 16]
    conv1d({ filters: 32, kernelSize: 3, activation: relu }), // ["batch", 22, 32]: three words at a time
    globalMaxPooling1d(), // ["batch", 32]: wherever they stood
    dropout(0.2),
    dense({ units: 1 }),
  ),
);

export const program = compile(critic, {
  optimizer: adam({ learningRate: 5e-3 }),
  loss: binaryCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

const good = ["good", "lovely", "sturdy", "bright", "wonderful"];
const bad = ["bad", "ugly", "flimsy", "dull", "awful"];
const things = ["lamp", "chair", "teapot", "blanket", "clock", "mirror"];

/** Letters, and whether they praise: 1 for those that do. Every second one says it by the opposite word, denied. */
function letters(count: number, seed: number) {
  let state = seed;
  const draw = <T>(values: readonly T[]): T => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return values[Math.floor((state / 2 ** 32) * values.length)]!;
  };
  return Array.from({ length: count }, () => {
    const praises = draw([true, false]);
    const isDenied = draw([true, false]);
    const word = draw(praises !== isDenied ? good : bad);
    const denial = draw(["not", "never", "not at all", "hardly"]);
    const opinion = isDenied ? `${denial} ${word}` : `${draw(["very", "so", "really", "just"])} ${word}`;
    const thing = draw(things);
    const text = draw([
      `Dear shop, the ${thing} came on ${draw(["Monday", "Friday"])}. It is ${opinion}!`,
      `"${thing}", as you call it: ${opinion}. ${draw(["Yours", "Regards"])}, ${draw(["Ann", "Ben", "Cho"])}`,
      `${opinion[0]!.toUpperCase()}${opinion.slice(1)}, this ${thing}; my ${draw(["aunt", "cat"])} agrees...`,
    ]);
    return { text, praises: praises ? 1 : 0 };
  });
}

/** How many letters a list of good words tells rightly: what stands there decides. */
function byWordList(given: ReturnType<typeof letters>): number {
  const right = given.filter(
    ({ text, praises }) => good.some((word) => text.toLowerCase().includes(word)) === (praises === 1),
  );
  return right.length / given.length;
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const train = letters(quick ? 1500 : 6000, 1);
  const test = letters(1000, 2);
  // Learnt of the strings as they are: small letters, no punctuation, the most frequent words.
  const words = await textVectorization({ maxTokens, outputSequenceLength: length }).adapt(
    train.map(({ text }) => text),
  );
  console.log(`${words.vocabulary.length} words, first ${words.vocabulary.slice(2, 8).join(", ")}`);
  const samples = (given: ReturnType<typeof letters>) =>
    dataset(given).map(({ text, praises }) => ({ inputs: { words: words(text) }, target: [praises] }));

  using session = await open(program, { backend });
  await session.fitBatches(samples(train).shuffle(train.length, { seed: 1 }).batch(32), { epochs: quick ? 6 : 10 });

  // What is saved beside the weights: JSON, from which `restorePreprocessing` makes the same again.
  console.log(`Saved, the words take ${JSON.stringify(words).length} letters`);
  const texts = test.map(({ text }) => text);
  const target = test.map(({ praises }) => [praises]);
  const { accuracy: right } = await session.evaluate({ words: words(texts) }, target);
  const listed = byWordList(test);
  console.log("Of 1000 letters that it has not read, rightly told");
  console.log(`  by a list of words   ${(100 * listed).toFixed(1)} %`);
  console.log(`  learnt               ${(100 * right).toFixed(1)} %`);
  for (const text of ["Hardly bad, this teapot", "The clock is not wonderful."]) {
    const { data } = await session.predict({ words: words([text]) });
    console.log(`  ${data[0]! > 0 ? "praises  " : "complains"}  ${text}`);
  }
  if (json) console.log(JSON.stringify({ listed, right }));
}
