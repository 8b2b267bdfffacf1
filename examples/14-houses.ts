/**
 * Prices of houses from a CSV file of numbers, categories and dates, some of which are missing: read row by row, shuffled, and trained on as they
 * come. What is forecast is compared with the usual price of a square metre. The houses are made up, and so is what they cost.
 *
 *     npm run example -- examples/14-houses.ts             in full
 *     npm run example -- examples/14-houses.ts --quick     a few epochs
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adam, compile, concat, dense, input, meanSquaredError, model, relu, sequential } from "shapewright";
import { csvDataset } from "shapewright/data";
import { open } from "shapewright/runtime";
import { exampleOptions, isMain } from "./options.js";

const districts = ["harbour", "old town", "hills", "meadows"] as const;
const heatings = ["gas", "oil", "heat pump", "unknown"] as const;

export const valuer = model(
  {
    numbers: input(["batch", 3]),
    district: input(["batch", districts.length]),
    heating: input(["batch", heatings.length]),
  },
  ({ numbers, district, heating }) =>
    sequential(
      concat([numbers, district, heating], 1), // ["batch", 11]
      dense({ units: 32, activation: relu }),
      dense({ units: 16, activation: relu }),
      dense({ units: 1 }),
    ),
);

export const program = compile(valuer, { optimizer: adam({ learningRate: 0.005 }), loss: meanSquaredError() });

/** The file's rows as the model takes them: numbers of about the same size, categories one-hot, prices in units of 100,000. */
export function housesIn(path: string) {
  return csvDataset(path, {
    columns: {
      area: "number",
      rooms: { type: "integer", missing: 4 },
      built: (text) => (Date.parse(text) - Date.parse("2000-01-01")) / (365.25 * 86_400_000), // years
      district: { categories: districts, oneHot: true },
      heating: { categories: heatings, oneHot: true, missing: "unknown" },
      price: "number",
    },
  }).map(({ area, rooms, built, district, heating, price }) => ({
    inputs: { numbers: [area / 100, rooms / 4, built / 25], district, heating },
    target: [price / 100_000],
  }));
}

/** What a house costs depends on all that is known of it, and a little on what is not. */
export function makeHouses(count: number): string {
  let state = 11;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = Array.from({ length: count }, () => {
    const area = 40 + 160 * uniform();
    const rooms = Math.max(1, Math.round(area / 28 + 2 * uniform() - 1));
    const built = new Date(Date.UTC(1950 + Math.floor(73 * uniform()), Math.floor(12 * uniform()), 1));
    const [district, heating] = [Math.floor(4 * uniform()), Math.floor(3 * uniform())];
    const age = (Date.UTC(2023, 0, 1) - built.getTime()) / (365.25 * 86_400_000);
    // Old houses are dear in the old town, cheap elsewhere.
    const perMetre = [5200, 4300, 3400, 2500][district]! + (district === 1 ? 12 : -18) * age + [0, -250, 350][heating]!;
    const price = area * perMetre + 9000 * rooms + 12_000 * (uniform() - 0.5);
    return [
      area.toFixed(1),
      uniform() < 0.1 ? "" : rooms,
      built.toISOString().slice(0, 10),
      `"${districts[district]}"`,
      uniform() < 0.1 ? "NA" : heatings[heating],
      price.toFixed(0),
    ].join(",");
  });
  return `area,rooms,built,district,heating,price\n${lines.join("\n")}\n`;
}

/** How far forecasts are off: the root of the mean of squares. */
function error(forecasts: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.sqrt(wanted.reduce((sum, value, i) => sum + (forecasts[i]! - value) ** 2, 0) / wanted.length);
}

/** The sum of a first column. */
function total(rows: readonly (readonly number[])[]): number {
  return rows.reduce((sum, [first]) => sum + first!, 0);
}

if (isMain(import.meta.url)) {
  const { backend, quick, json } = exampleOptions();
  const folder = mkdtempSync(join(tmpdir(), "houses-"));
  const path = join(folder, "houses.csv");
  writeFileSync(path, makeHouses(2400));
  const all = housesIn(path);
  const [learnt, others] = [all.take(2000), all.skip(2000)];

  const session = await open(program, { backend, seed: 1 });
  console.log(`Training on 2000 houses of ${path}, backend: ${session.backend}`);
  // Each epoch reads the file anew, as one that is larger than memory would be.
  await session.fitBatches(learnt.shuffle(2000, { seed: 1 }).batch(50).prefetch(4), { epochs: quick ? 12 : 60 });

  const { inputs, target } = await others.collect();
  const forecasts = await session.predict(inputs);
  const wanted = target.map(([price]) => price!);
  const known = await learnt.collect();
  const perMetre = total(known.target) / total(known.inputs.numbers);
  const naive = error(
    inputs.numbers.map(([area]) => area! * perMetre),
    wanted,
  );
  const learntError = error(forecasts.data, wanted);
  console.log(`Off by, of ${wanted.length} other houses:`);
  console.log(`  so much a square metre  ${(naive * 100_000).toFixed(0)}`);
  console.log(`  learnt                  ${(learntError * 100_000).toFixed(0)}`);

  if (json) console.log(JSON.stringify({ backend: session.backend, naive, learnt: learntError }));
  session.dispose();
  rmSync(folder, { recursive: true });
}
