import { elementCount, generate } from "../ir/array.js";
import type { Random } from "../ir/random.js";
import type { Initializer } from "./initializer.js";
import { drawTruncated } from "./truncated-normal.js";

/** A kernel's fan: of its inputs, of its outputs, or the mean of both. */
export type FanMode = "fanIn" | "fanOut" | "fanAvg";

/** What draws numbers with mean 0 and variance scale / fan. */
export type Distribution = (scale: number, fan: number) => (random: Random) => number;

/** Within ±√(3 · scale / fan). */
export const uniform: Distribution = (scale, fan) => {
  const limit = Math.sqrt((3 * scale) / fan);
  return (random) => (2 * random.uniform() - 1) * limit;
};

export const untruncatedNormal: Distribution = (scale, fan) => {
  const deviation = Math.sqrt(scale / fan);
  return (random) => random.normal() * deviation;
};

/** The standard deviation that a unit normal cut off at ±2 is left with. */
const truncatedDeviation = 0.87962566103423978;

export const truncatedNormal: Distribution = (scale, fan) => {
  const deviation = Math.sqrt(scale / fan) / truncatedDeviation;
  return (random) => drawTruncated(random) * deviation;
};

/** Numbers with mean 0 and variance scale / max(1, fan). */
export function scaledVariance(scale: number, mode: FanMode, distribution: Distribution): Initializer["sample"] {
  return (shape, random) => {
    const { fanIn, fanOut } = fans(shape);
    const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
    const draw = distribution(scale, Math.max(1, fan));
    return generate(shape, "float32", () => draw(random)).data;
  };
}

/**
 * Fan-in and fan-out of a kernel, as Keras counts them: the last two axes are input and output units, the axes
 * before are the receptive field.
 */
function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const field = elementCount(shape.slice(0, -2));
  return { fanIn: field * shape.at(-2)!, fanOut: field * shape.at(-1)! };
}
