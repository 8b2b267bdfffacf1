import type { Statistics } from "../../../compiler/statisticsOf.js";
import type { NdArray } from "../../../src/ir/array.js";
import { rowsBetween } from "../../data/rows.js";
import type { WorstSample } from "../../watch/records.js";
import { rounded } from "./rounded.js";
import { shownInput, shownPrediction, shownTarget } from "./shown-values.js";

type Arrays = Readonly<Record<string, NdArray>>;

/** How many samples are told of. */
const most = 6;

/** The samples of a batch whose loss is the greatest, from the worst on: what they are, their targets and what is predicted of them. */
export function worstSamples(
  { inputs, losses, predictions }: Pick<Statistics, "inputs" | "losses" | "predictions">,
  batch: Arrays,
  found: Arrays,
): WorstSample[] {
  if (losses === undefined) return [];
  const values = found[losses]!.data as Float32Array;
  // NaN is worse than any number.
  const badness = (i: number) => (Number.isNaN(values[i]) ? Number.POSITIVE_INFINITY : values[i]!);
  const order = [...values.keys()].sort((a, b) => (badness(b) === badness(a) ? a - b : badness(b) - badness(a)));
  const perSample = predictions.filter(({ prediction }) => found[prediction]!.shape[0] === values.length);
  return order.slice(0, most).map((row) => ({
    loss: rounded(values[row]!),
    inputs: Object.fromEntries(inputs.map((key) => [key, shownInput(sampleOf(batch[key]!, row))])),
    outputs: Object.fromEntries(
      perSample.map(({ judged, target, prediction }) => [
        judged.name || "output",
        {
          target: shownTarget(sampleOf(batch[target]!, row), judged),
          prediction: shownPrediction(sampleOf(found[prediction]!, row), judged),
        },
      ]),
    ),
  }));
}

function sampleOf(all: NdArray, row: number): NdArray {
  const { shape, ...rest } = rowsBetween(all, row, row + 1);
  return { ...rest, shape: shape.slice(1) };
}
