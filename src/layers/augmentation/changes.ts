import { switchCase } from "../../control/switchCase.js";
import { makeNode } from "../../ir/makeNode.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import type { Tensor } from "../../ir/tensor.js";
import { cast } from "../../ops/cast.js";
import { floor } from "../../ops/floor.js";
import { gather } from "../../ops/gather.js";
import { multiply } from "../../ops/multiply.js";
import { randomUniformOp } from "../../ops/randomUniform.js";
import type { Any } from "../../ops/shared/composite.js";
import type { SamplingInterpolation } from "../../ops/shared/windows/sampled.js";
import { stepKey } from "../../ops/stepKey.js";
import type { Dim } from "../../types/dim.js";
import { stretched } from "../autoContrast.js";
import { equalized } from "../equalization.js";
import { randomBrightnessLayer } from "../randomBrightness.js";
import { randomColorDegenerationLayer } from "../randomColorDegeneration.js";
import { randomContrastLayer } from "../randomContrast.js";
import { randomPosterizationLayer } from "../randomPosterization.js";
import { randomRotationLayer } from "../randomRotation.js";
import { randomSharpnessLayer } from "../randomSharpness.js";
import { randomShearLayer } from "../randomShear.js";
import { randomTranslationLayer } from "../randomTranslation.js";
import { solarizationLayer } from "../solarization.js";
import type { Bounds } from "./drawn.js";
import { boundsOf, type Factor } from "./factor.js";

/** How strong changes are, and of what images. */
export interface Strength {
  readonly factor: Factor;
  readonly valueRange: Bounds;
  readonly interpolation: SamplingInterpolation;
}

/** A change of images. */
export type Change = (images: Any) => Any;

/** What may be done to images: to shapes, and to numbers as they stand. */
export function changesOf({ factor: given, valueRange, interpolation }: Strength): readonly Change[] {
  const factor = boundsOf(given, 0);
  const sampling = { interpolation };
  const bits = Math.max(1, Math.floor(8 * factor[1]));
  return [
    (x) => randomShearLayer.change(x, { xFactor: factor, yFactor: factor, ...sampling }),
    (x) => randomTranslationLayer.change(x, { heightFactor: factor, widthFactor: factor, ...sampling }),
    (x) => randomRotationLayer.change(x, { factor, ...sampling }),
    (x) => randomPosterizationLayer.change(x, { factor: bits, valueRange }),
    (x) => solarizationLayer.change(x, { additionFactor: factor, thresholdFactor: factor, valueRange }),
    (x) => stretched(x, { valueRange }),
    (x) => equalized(x, { valueRange }),
  ];
}

/** What else may be done: to brightness and colours, of which only images of three channels have any to lose. */
export function colourChangesOf({ factor: given, valueRange }: Strength): readonly Change[] {
  const how = { factor: boundsOf(given, 0), valueRange };
  return [
    (x) => randomBrightnessLayer.change(x, how),
    (x) => ((nodeOf(x).shape as readonly Dim[])[3] === 3 ? randomColorDegenerationLayer.change(x, how) : x),
    (x) => randomContrastLayer.change(x, how),
    (x) => randomSharpnessLayer.change(x, how),
  ];
}

/** So many numbers of changes, int32, all as probable. They are drawn before a loop: in its body, what depends on no round is taken from outside. */
export function numbersOf(times: number, changes: readonly Change[]): Numbers {
  const parts: Any = tensorOf(makeNode(randomUniformOp, [nodeOf(stepKey())], { shape: [times] }));
  return cast(floor(multiply(parts, changes.length)) as Any, "int32") as Numbers;
}

type Numbers = Tensor<any, "int32">;

/** Images changed in the way of a number: the same of all images. Only it is computed. */
export function changedBy(images: Any, numbers: Numbers, at: Tensor<[], "int32">, changes: readonly Change[]): Any {
  return switchCase(gather(numbers, at) as never, changes.map((change) => () => change(images)) as never) as Any;
}
