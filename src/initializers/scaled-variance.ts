import { elementCount, generate } from "../ir/array.js";
import type { Random } from "../ir/random.js";
import type { Fans, Initializer } from "./initializer.js";
import { drawTruncated } from "./truncated-normal.js";

/** A kernel's fan: of its inputs, of its outputs, or the mean of both. */
export type FanMode = "fanIn" | "fanOut" | "fanAvg";

/** What draws numbers with mean 0 and variance scale / fan. */
type Draws = (scale: number, fan: number) => (random: Random) => number;

/** Within ±√(3 · scale / fan). */
const uniform: Draws = (scale, fan) => {
  const limit = Math.sqrt((3 * scale) / fan);
  return (random) => (2 * random.uniform() - 1) * limit;
};

const untruncatedNormal: Draws = (scale, fan) => {
  const deviation = Math.sqrt(scale / fan);
  return (random) => random.normal() * deviation;
};

/** The standard deviation that a unit normal cut off at ±2 is left with. */
const truncatedDeviation = 0.87962566103423978;

const truncatedNormal: Draws = (scale, fan) => {
  const deviation = Math.sqrt(scale / fan) / truncatedDeviation;
  return (random) => drawTruncated(random) * deviation;
};

export const distributions = { truncatedNormal, untruncatedNormal, uniform };
export type Distribution = keyof typeof distributions;

interface Scaling {
  readonly scale: number;
  readonly mode: FanMode;
  readonly distribution: Distribution;
}

/** How generated code makes numbers that are scaled so. */
export function scalingExpression({ scale, mode, distribution }: Scaling): string {
  return `varianceScaling({ scale: ${scale}, mode: "${mode}", distribution: "${distribution}" })`;
}

/** Numbers with mean 0 and variance scale / max(1, fan). */
export function scaledVariance(name: string, expression: string, scaling: Scaling): Initializer {
  const { scale, mode, distribution } = scaling;
  const fanOf = ({ fanIn, fanOut }: Fans) => Math.max(1, { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode]);
  const made: Initializer = {
    name,
    expression,
    sample(shape, random) {
      const draw = distributions[distribution](scale, fanOf(fans(shape)));
      return generate(shape, "float32", () => draw(random)).data;
    },
    withFans(shape, wanted) {
      const factor = fanOf(fans(shape)) / fanOf(wanted);
      if (factor === 1) return made;
      const rescaled = { ...scaling, scale: scale * factor };
      return scaledVariance(name, scalingExpression(rescaled), rescaled);
    },
  };
  return made;
}

/**
 * Fan-in and fan-out of a kernel, as Keras counts them: the last two axes are input and output units, the axes
 * before are the receptive field.
 */
function fans(shape: readonly number[]): Fans {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const field = elementCount(shape.slice(0, -2));
  return { fanIn: field * shape.at(-2)!, fanOut: field * shape.at(-1)! };
}
