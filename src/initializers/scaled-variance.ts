import { generate } from "../ir/array.js";
import { fans, type Initializer } from "./initializer.js";
import { drawTruncated } from "./truncated-normal.js";

/** How the variance of a kernel's numbers is made of its fans. */
export interface VarianceScaling {
  /** The variance, times the fan. */
  readonly scale: number;
  /** Which fan: of the inputs, of the outputs, or the mean of both. */
  readonly mode: "fanIn" | "fanOut" | "fanAvg";
  /** How the numbers are distributed. */
  readonly distribution: "truncatedNormal" | "untruncatedNormal" | "uniform";
}

/** The standard deviation that a unit normal cut off at ±2 is left with. */
const truncatedDeviation = 0.87962566103423978;

/** Numbers with mean 0 and variance scale / max(1, fan). */
export function scaledVariance({ scale, mode, distribution }: VarianceScaling): Initializer["sample"] {
  return (shape, random) => {
    const { fanIn, fanOut } = fans(shape);
    const fan = Math.max(1, { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode]);
    const limit = Math.sqrt((3 * scale) / fan);
    const deviation = Math.sqrt(scale / fan);
    const draws = {
      uniform: () => (2 * random.uniform() - 1) * limit,
      untruncatedNormal: () => random.normal() * deviation,
      truncatedNormal: () => drawTruncated(random) * (deviation / truncatedDeviation),
    };
    return generate(shape, "float32", draws[distribution]).data;
  };
}
