/**
 * A transformer that learns to sort: it reads eight digits and gives them in ascending order, all places at once.
 *
 *     npm run example -- examples/07-sorting.ts             in full
 *     npm run example -- examples/07-sorting.ts --quick     fewer steps
 */
import {
  accuracy,
  adam,
  add,
  compile,
  type Dim,
  dense,
  embedding,
  gelu,
  input,
  layerNormalization,
  model,
  multiHeadAttention,
  randomNormalInitializer,
  sparseCategoricalCrossentropy,
  type Tensor,
  times,
  variable,
} from "shapewright";
import { open } from "shapewright/runtime";
import { exampleOptions, isMain } from "./options.js";

const places = 8;
const digits = 10;

/** Each place looks at all others; then two dense layers for each place by itself. Checked once, for every size. */
function block<B extends Dim, T extends Dim, C extends number>(x: Tensor<[B, T, C]>): Tensor<[B, T, C]> {
  const channels = x.shape[2];
  const seen = add(x, multiHeadAttention(layerNormalization(x), { numHeads: 4, keyDim: 16 }));
  const wide = dense(layerNormalization(seen), { units: times(channels, 4), activation: gelu });
  return add(seen, dense(wide, { units: channels }));
}

export const sorter = model({ numbers: input(["batch", places], "int32") }, ({ numbers }) => {
  const values = embedding(numbers, { inputDim: digits, outputDim: 64 });
  const where = variable("places", [places, 64], randomNormalInitializer({ stddev: 0.02 }));
  const x = block(block(add(values, where))); // ["batch", 8, 64]
  return dense(layerNormalization(x), { units: digits }); // ["batch", 8, 10]
});

export const program = compile(sorter, {
  optimizer: adam({ learningRate: 1e-3 }),
  loss: sparseCategoricalCrossentropy({ fromLogits: true }),
  metrics: [accuracy()],
});

/** Rows of digits, and the same sorted. */
function rows(count: number, seed: number) {
  let state = seed;
  const numbers = Int32Array.from({ length: count * places }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * digits);
  });
  const sorted = new Int32Array(numbers.length);
  for (let row = 0; row < count; row++) {
    sorted.set(numbers.slice(row * places, (row + 1) * places).sort(), row * places);
  }
  const shaped = (data: Int32Array<ArrayBuffer>) => ({
    data,
    shape: [count, places] as [number, 8],
    dtype: "int32" as const,
  });
  return { numbers: shaped(numbers), sorted: shaped(sorted) };
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const session = await open(program, { backend });
  console.log(`Sorting rows of ${places} digits, backend: ${session.backend}`);
  const train = rows(quick ? 12_800 : 64_000, 1);
  await session.fit({ numbers: train.numbers }, train.sorted, { epochs: quick ? 2 : 3, batchSize: 64 });
  const test = rows(1000, 2);
  const { accuracy: right } = await session.evaluate({ numbers: test.numbers }, test.sorted, { batchSize: 500 });

  const shown = await session.predict({ numbers: rows(1, 3).numbers });
  const told = Array.from({ length: places }, (_, place) => {
    const scores = Array.from(shown.data.slice(place * digits, (place + 1) * digits));
    return scores.indexOf(Math.max(...scores));
  });
  console.log(`${[...rows(1, 3).numbers.data].join(" ")} is sorted to ${told.join(" ")}`);
  console.log(`Right in ${(100 * right).toFixed(2)} % of the places of 1000 rows that it has not seen`);
  if (json) console.log(JSON.stringify({ backend: session.backend, right }));
  session.dispose();
}
