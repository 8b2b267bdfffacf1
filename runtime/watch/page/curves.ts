import type { EpochEnded, StepsTaken } from "../records.js";
import type { Run } from "./run.js";

/** What curves are drawn against. */
export const axes = ["steps", "epochs", "seconds"] as const;
export type Against = (typeof axes)[number];

/** A curve: where its points are, and their values; null where there is none, such as NaN. */
export interface Curve {
  readonly xs: readonly number[];
  readonly ys: readonly (number | null)[];
}

/** A quantity that is shown in a chart of its own. */
export interface Quantity {
  readonly id: string;
  readonly title: string;
  /** After the values. */
  readonly unit?: string;
  ofSteps(steps: StepsTaken): unknown;
  ofEpoch?(epoch: EpochEnded): unknown;
  /** The same of validation data. */
  ofValidation?(epoch: EpochEnded): unknown;
}

const own: readonly Quantity[] = [
  { id: "learning-rate", title: "learning rate", ofSteps: (steps) => steps.learningRate },
  { id: "steps-per-second", title: "throughput", unit: "steps/s", ofSteps: (steps) => steps.stepsPerSecond },
  { id: "samples-per-second", title: "throughput", unit: "samples/s", ofSteps: (steps) => steps.samplesPerSecond },
];

/** What the runs report as numbers, the loss first, and what is known of every run. */
export function quantitiesOf(runs: readonly Run[]): Quantity[] {
  const names = new Set(["loss"]);
  for (const { steps, epochs } of runs) {
    for (const [name, value] of Object.entries({ ...steps.at(-1)?.reports, ...epochs.at(-1)?.reports })) {
      if (!Array.isArray(value)) names.add(name.replace(/^val_/, ""));
    }
  }
  const reported = [...names].map(
    (name): Quantity => ({
      id: `report-${name}`,
      title: name,
      ofSteps: ({ reports }) => reports[name],
      ofEpoch: ({ reports }) => reports[name],
      ofValidation: ({ reports }) => reports[`val_${name}`],
    }),
  );
  return [...reported, ...own];
}

/** A curve of records; those are left out that have no such value. */
export function curveOf<R extends StepsTaken | EpochEnded>(
  records: readonly R[],
  against: Against,
  valueOf: (record: R) => unknown,
): Curve {
  const points = records.map((record) => ({ x: placeOf(record, against), y: valueOf(record) }));
  const shown = points.filter(({ y }) => typeof y === "number" || y === null);
  return { xs: shown.map(({ x }) => x), ys: shown.map(({ y }) => y as number | null) };
}

function placeOf(record: StepsTaken | EpochEnded, against: Against): number {
  if (against !== "epochs") return record[against];
  if (record.kind === "epoch") return record.epoch;
  const { epoch, step, total } = record;
  return epoch - 1 + (total ? Math.min(1, step / total) : 0);
}

/**
 * The exponential moving average of a curve, each by the weights that it has so far: the first points are not drawn to 0.
 *
 * @param weight of what was before, from 0 to less than 1
 */
export function smoothed({ xs, ys }: Curve, weight: number): Curve {
  let [sum, weights] = [0, 0];
  const means = ys.map((y) => {
    if (y === null) return null;
    sum = sum * weight + y * (1 - weight);
    weights = weights * weight + (1 - weight);
    return sum / weights;
  });
  return { xs, ys: means };
}
