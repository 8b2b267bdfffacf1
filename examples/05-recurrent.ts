/**
 * A recurrent network by hand: an LSTM as a loop within the graph. It reads sequences of numbers, two of which are marked, and
 * learns to add these two.
 *
 *     npm run example -- examples/05-recurrent.ts             in full
 *     npm run example -- examples/05-recurrent.ts --quick     a few epochs
 */
import {
  adam,
  add,
  array,
  broadcastTo,
  compile,
  concat,
  constant,
  dense,
  input,
  meanSquaredError,
  model,
  multiply,
  scan,
  sigmoid,
  split,
  tanh,
} from "shapewright";
import { open } from "shapewright/runtime";
import { exampleOptions, isMain } from "./options.js";

const length = 10;
const units = 24;

export const adder = model({ sequence: input(["batch", length, 2]) }, ({ sequence }) => {
  const zero = broadcastTo(constant(0), ["batch", units]);
  // The step is written once and run for every place. What it carries on must be of the shapes that it was given.
  const { carry } = scan(sequence, { hidden: zero, cell: zero }, ({ hidden, cell }, place) => {
    const gates = dense(concat([place, hidden], -1), { units: 4 * units }); // ["batch", 96]
    const [take, keep, candidate, show] = split(gates, 4, -1); // each ["batch", 24]
    const next = add(multiply(sigmoid(keep), cell), multiply(sigmoid(take), tanh(candidate)));
    return { carry: { hidden: multiply(sigmoid(show), tanh(next)), cell: next }, output: next };
  });
  return dense(carry.hidden, { units: 1 });
});

export const program = compile(adder, { optimizer: adam({ learningRate: 0.01 }), loss: meanSquaredError() });

/** Sequences of numbers between 0 and 1 with two of them marked, and the sums of the marked ones. */
export function sequences(count: number, seed: number) {
  let state = seed;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const places = new Float32Array(count * length * 2);
  const sums = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const first = Math.floor((draw() * length) / 2);
    const second = Math.floor(length / 2 + (draw() * length) / 2);
    for (let t = 0; t < length; t++) {
      const value = draw();
      const isMarked = t === first || t === second;
      places.set([value, isMarked ? 1 : 0], (row * length + t) * 2);
      if (isMarked) sums[row]! += value;
    }
  }
  return { sequence: array(places, [count, length, 2]), sums: array(sums, [count, 1]) };
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const train = sequences(2000, 1);
  const test = sequences(500, 2);
  const session = await open(program, { backend });
  console.log(`Training on ${train.sums.shape[0]} sequences, backend: ${session.backend}`);

  const { loss: before } = await session.evaluate({ sequence: test.sequence }, test.sums);
  const { history } = await session.fit({ sequence: train.sequence }, train.sums, {
    epochs: quick ? 12 : 60,
    batchSize: 50,
  });
  const { loss: after } = await session.evaluate({ sequence: test.sequence }, test.sums);
  console.log(
    `Mean squared error: ${before.toFixed(4)} before, ${after.toFixed(4)} after ${history.loss.length} epochs`,
  );

  if (json) console.log(JSON.stringify({ backend: session.backend, before, after }));
  session.dispose();
}
