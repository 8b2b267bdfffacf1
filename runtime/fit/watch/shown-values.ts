import type { Judged } from "../../../compiler/reports.js";
import type { NdArray } from "../../../src/ir/array.js";
import type { ShownValue } from "../../watch/records.js";
import { rounded } from "./rounded.js";

/** How many numbers of a value are shown, and how many of the likeliest classes. */
const [mostNumbers, mostClasses] = [8, 3];
/** How many pixels an image has along each side at most. */
const mostPixels = 32;

type Answered = Pick<Judged, "loss" | "signature">;

export function shownInput(value: NdArray): ShownValue {
  const [height, width, channels] = value.shape as number[];
  const isImage = value.shape.length === 3 && (channels === 1 || channels === 3) && height! > 1 && width! > 1;
  return isImage ? imageOf(value) : numbersOf(value);
}

export function shownTarget(value: NdArray, { loss, signature }: Answered): ShownValue {
  if (signature.classes !== undefined) {
    return value.shape.length === 0 ? { classes: [[Number(value.data[0]), null]] } : numbersOf(value);
  }
  return isDistribution(value, loss) ? { classes: likeliest([...value.data], 1) } : numbersOf(value);
}

/** What is predicted, as probabilities where the loss says what makes some of it. */
export function shownPrediction(value: NdArray, { loss }: Answered): ShownValue {
  const numbers = [...value.data] as number[];
  if (isDistribution(value, loss)) {
    return { classes: likeliest(loss.fromLogits ? softmax(numbers) : numbers, mostClasses) };
  }
  const isLogits = loss.fromLogits && loss.activation === "sigmoid";
  return isLogits ? numbersOf({ ...value, data: numbers.map((x) => 1 / (1 + Math.exp(-x))) }) : numbersOf(value);
}

/** Whether a value has a number for each of several classes, of which one is right. */
function isDistribution({ shape }: NdArray, { activation }: Judged["loss"]): boolean {
  return activation === "softmax" && shape.length === 1 && shape[0] > 1;
}

function likeliest(probabilities: readonly number[], count: number): [number, number | null][] {
  const classes = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
  return classes.slice(0, count).map((number) => [number, rounded(probabilities[number]!)]);
}

function softmax(logits: readonly number[]): number[] {
  const greatest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const powers = logits.map((logit) => Math.exp(logit - greatest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

function numbersOf({ data }: Pick<NdArray, "data">): ShownValue {
  return { numbers: Array.from(data.slice(0, mostNumbers), (x) => rounded(Number(x))), count: data.length };
}

/** An image in bytes: of every so many pixels one, where it is large. What is not within [0, 1] or a byte is stretched to fit. */
function imageOf({ data, shape }: NdArray): ShownValue {
  const [rows, columns, channels] = shape as [number, number, number];
  const step = Math.ceil(Math.max(rows, columns) / mostPixels);
  const [height, width] = [Math.ceil(rows / step), Math.ceil(columns / step)];
  const pixels = Array.from({ length: height * width * channels }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const [row, column] = [Math.floor(pixel / width) * step, (pixel % width) * step];
    return Number(data[(row * columns + column) * channels + channel]);
  });
  const [least, greatest] = rangeOf(pixels);
  const bytes = pixels.map((x) => Math.round((255 * (x - least)) / (greatest - least)) & 0xff);
  return { image: btoa(String.fromCharCode(...bytes)), height, width, channels };
}

/** The values that are black and white. */
function rangeOf(pixels: readonly number[]): [number, number] {
  const least = pixels.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = pixels.reduce((a, b) => Math.max(a, b), -Infinity);
  if (least >= 0 && greatest <= 1) return [0, 1];
  if (least >= 0 && greatest <= 255) return [0, 255];
  return [least, greatest];
}
