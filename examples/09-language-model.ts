/**
 * A language model: a transformer that reads "Romeo and Juliet" letter by letter, learns which one comes next, and writes on. It is trained
 * on whole passages at once, and writes with a cache of keys and values, one letter a step, by the same weights.
 *
 *     npm run example -- examples/09-language-model.ts             in full
 *     npm run example -- examples/09-language-model.ts --quick     fewer steps
 */
import {
  adam,
  add,
  arange,
  array,
  broadcastTo,
  cachedMultiHeadAttention,
  compile,
  constant,
  type Dim,
  dense,
  embedding,
  expandDims,
  foldIn,
  gelu,
  input,
  layerNormalization,
  model,
  multiHeadAttention,
  multiply,
  positionEmbedding,
  randomCategorical,
  randomKey,
  randomNormalInitializer,
  scan,
  sparseCategoricalCrossentropy,
  squeeze,
  type Tensor,
  times,
  transpose,
} from "shapewright";
import { eager, open } from "shapewright/runtime";
import { romeoAndJuliet } from "./data/romeoAndJuliet.js";
import { exampleOptions, isMain } from "./options.js";

/** The places of a passage: nothing is read that stands further back. */
const length = 96;
const channels = 96;
const heads = { numHeads: 4, keyDim: 24 } as const;

const text = romeoAndJuliet();
const letters = [...new Set(text)].sort();
const letterCount = 61;
const numbers = Int32Array.from(text, (letter) => letters.indexOf(letter));

/** How places look at those before them. */
type Attend<B extends Dim, T extends Dim> = (x: Tensor<[B, T, 96]>) => Tensor<[B, T, 96]>;

/** A block of a transformer: each place looks, then thinks by itself. */
function block<B extends Dim, T extends Dim>(x: Tensor<[B, T, 96]>, attend: Attend<B, T>): Tensor<[B, T, 96]> {
  const seen = add(x, attend(layerNormalization(x)));
  const wide = dense(layerNormalization(seen), { units: times(channels, 4), activation: gelu });
  return add(seen, dense(wide, { units: channels }));
}

const normal = (stddev: number) => ({ embeddingsInitializer: randomNormalInitializer({ stddev }) });

/** Scores of the letter that follows each one. */
function network<B extends Dim, T extends Dim>(
  read: Tensor<[B, T], "int32">,
  offset: number | Tensor<[], "int32">,
  [first, second]: readonly [Attend<B, T>, Attend<B, T>],
): Tensor<[B, T, 61]> {
  const known = embedding(read, { ...normal(0.1), inputDim: letterCount, outputDim: channels });
  const placed = add(known, positionEmbedding(known, { ...normal(0.02), sequenceLength: length, offset }));
  return dense(layerNormalization(block(block(placed, first), second)), { units: letterCount });
}

/** Reads passages: all places at once, of which each looks at those before it. */
export const reader = model({ passage: input(["batch", length], "int32") }, ({ passage }) => {
  const attend: Attend<"batch", 96> = (x) => multiHeadAttention(x, { ...heads, useCausalMask: true });
  return network(passage, 0, [attend, attend]);
});

export const program = compile(reader, {
  optimizer: adam({ learningRate: 3e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
});

/** Writes passages: a letter a step, drawn from the scores; what was looked at before is in caches. Its layers are the reader's by name. */
export const writer = model({ first: input(["batch"], "int32") }, ({ first }) => {
  const nothing = broadcastTo(constant(0), ["batch", 4, length, 24]);
  const start = { letter: first, key1: nothing, value1: nothing, key2: nothing, value2: nothing };
  const { outputs } = scan(
    arange(length),
    start,
    ({ letter, key1, value1, key2, value2 }, offset) => {
      const kept = { first: { key: key1, value: value1 }, second: { key: key2, value: value2 } };
      const attend = (name: "first" | "second"): Attend<"batch", 1> => {
        return (x) => {
          const { output, cache } = cachedMultiHeadAttention(x, { ...heads, cache: kept[name], offset });
          kept[name] = cache;
          return output;
        };
      };
      const scores = squeeze(network(expandDims(letter, 1), offset, [attend("first"), attend("second")]), 1);
      // Surer than the scores are: likely letters become more likely.
      const next = randomCategorical(foldIn(randomKey(1), offset), multiply(scores, 1.25));
      const carry = {
        letter: next,
        key1: kept.first.key,
        value1: kept.first.value,
        key2: kept.second.key,
        value2: kept.second.value,
      };
      return { carry, output: next };
    },
    { axis: 0 },
  );
  return transpose(outputs, [1, 0]); // ["batch", 96]
});

/** As many passages from places of the text's part, and the letters that follow each of their letters. */
function passages(part: Int32Array, count: number, seed: number) {
  let state = seed;
  const read = new Int32Array(count * length);
  const next = new Int32Array(count * length);
  for (let row = 0; row < count; row++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const at = Math.floor((state / 2 ** 32) * (part.length - length));
    read.set(part.subarray(at, at + length), row * length);
    next.set(part.subarray(at + 1, at + 1 + length), row * length);
  }
  return { read: array(read, [count, length]), next: array(next, [count, length]) };
}

/** What a letter costs, in nats, that is told by the one before it alone: by the pairs of one text, on another one. */
function bigramLoss(known: Int32Array, asked: Int32Array): number {
  // Each pair counts once more than it is seen: no pair is impossible.
  const pairs = new Float64Array(letterCount ** 2).fill(1);
  const singles = new Float64Array(letterCount).fill(letterCount);
  for (let i = 1; i < known.length; i++) {
    pairs[known[i - 1]! * letterCount + known[i]!]!++;
    singles[known[i - 1]!]!++;
  }
  let loss = 0;
  for (let i = 1; i < asked.length; i++) {
    loss -= Math.log(pairs[asked[i - 1]! * letterCount + asked[i]!]! / singles[asked[i - 1]!]!);
  }
  return loss / (asked.length - 1);
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const session = await open(program, { backend });
  console.log(`Reading ${numbers.length} letters, of which there are ${letterCount}, backend: ${session.backend}`);
  const end = Math.floor(numbers.length * 0.9);
  const [known, unseen] = [numbers.subarray(0, end), numbers.subarray(end)];
  const bigram = bigramLoss(known, unseen);
  const train = passages(known, quick ? 5600 : 64_000, 1);
  await session.fit({ passage: train.read }, train.next, { epochs: 1, batchSize: 16 });
  const test = passages(unseen, 200, 2);
  const { loss } = await session.evaluate({ passage: test.read }, test.next, { batchSize: 50 });
  console.log(`A letter of the last tenth, which it has not read, costs ${loss.toFixed(3)} nats;`);
  console.log(
    `told by the letter before it alone, ${bigram.toFixed(3)}; all alike, ${Math.log(letterCount).toFixed(3)}`,
  );

  // The writer has the reader's layers, so it has its weights by their names.
  using tf = await eager({ backend });
  const write = tf.model(writer);
  for (const [name, variable] of Object.entries(write.variables)) variable.assign(constant(session.getWeight(name)));
  const firsts = Int32Array.from("RJ", (letter) => letters.indexOf(letter));
  const written = tf.value(write({ first: constant(array(firsts, [2])) }));
  for (const [row, first] of [..."RJ"].entries()) {
    const told = Array.from(written.data.subarray(row * length, (row + 1) * length), (number) => letters[number]);
    console.log(`\n${first}${told.join("")}`);
  }
  if (json) console.log(`\n${JSON.stringify({ backend: session.backend, loss, bigram })}`);
  session.dispose();
}
