/**
 * A forecast of a series: an LSTM reads the last 24 noisy measurements of a number of blood cells, and says what it will be 6 steps on. The
 * series is Mackey and Glass's ("Oscillation and chaos in physiological control systems", 1977): it goes up and down without ever
 * repeating itself, so that "as it is now" is a poor forecast.
 *
 *     npm run example -- examples/08-series.ts             in full
 *     npm run example -- examples/08-series.ts --quick     a few epochs
 */
import { adam, array, compile, dense, input, lstm, meanSquaredError, model, sequential } from "shapewright";
import { open } from "shapewright/runtime";
import { exampleOptions, isMain } from "./options.js";

const past = 24;
const ahead = 6;

export const forecaster = model({ series: input(["batch", past, 1]) }, ({ series }) =>
  sequential(
    series,
    lstm({ units: 24, returnSequences: true }), // ["batch", 24, 24]
    lstm({ units: 12 }), // ["batch", 12]
    dense({ units: 1 }),
  ),
);

export const program = compile(forecaster, { optimizer: adam({ learningRate: 0.01 }), loss: meanSquaredError() });

/** A number of cells, which grow the less the more there were 17 steps ago: dx = 0.2·x₋₁₇ / (1 + x₋₁₇¹⁰) - 0.1·x. */
function cells(steps: number): number[] {
  const delay = 17;
  const numbers = new Array<number>(delay + 1).fill(1.2);
  for (let t = delay; t < steps + 300; t++) {
    const before = numbers[t - delay]!;
    numbers.push(numbers[t]! + (0.2 * before) / (1 + before ** 10) - 0.1 * numbers[t]!);
  }
  // Without the beginning, in which it comes in.
  return numbers.slice(-steps);
}

/** The series less its mean, as it is measured, with windows of it and what follows each of them, 6 steps on, as it is. */
export function windows(count: number) {
  const truth = cells(count + past + ahead).map((value) => value - 0.93);
  let state = 7;
  const noise = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.05;
  };
  const measured = truth.map((value) => value + noise());
  const rows = Array.from({ length: count }, (_, row) => row);
  return {
    series: rows.map((row) => measured.slice(row, row + past)),
    wanted: rows.map((row) => truth[row + past - 1 + ahead]!),
  };
}

const tensorOf = (rows: number[][]) => array(Float32Array.from(rows.flat()), [rows.length, past, 1]);
const column = (values: number[]) => array(Float32Array.from(values), [values.length, 1]);

/** How far forecasts are off: the root of the mean of squares. */
function error(forecasts: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.sqrt(wanted.reduce((sum, value, i) => sum + (forecasts[i]! - value) ** 2, 0) / wanted.length);
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const { series, wanted } = windows(1500);
  // What is forecast lies behind all that was learnt from, and no window of it has a number of the former.
  const [learnt, from] = [1000, 1000 + past + ahead];
  const session = await open(program, { backend, seed: 1 });
  console.log(`Training on ${learnt} windows of ${past} steps, backend: ${session.backend}`);
  await session.fit({ series: tensorOf(series.slice(0, learnt)) }, column(wanted.slice(0, learnt)), {
    epochs: quick ? 8 : 40,
    batchSize: 50,
  });

  const later = wanted.slice(from);
  const forecasts = await session.predict({ series: tensorOf(series.slice(from)) });
  const naive = error(
    series.slice(from).map((row) => row.at(-1)!),
    later,
  );
  const lstmError = error(forecasts.data, later);
  console.log(`Off by, ${ahead} steps on, in ${later.length} later windows:`);
  console.log(`  as it is now  ${naive.toFixed(4)}`);
  console.log(`  LSTM          ${lstmError.toFixed(4)}`);

  if (json) console.log(JSON.stringify({ backend: session.backend, naive, lstm: lstmError }));
  session.dispose();
}
