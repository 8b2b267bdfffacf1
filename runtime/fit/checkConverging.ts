import type { NdArray } from "../../src/ir/array.js";
import { showName } from "../../src/ir/checkName.js";
import { placeOf } from "../../src/ir/elements.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { badPlace } from "./non-finite.js";

/** The mean loss of an epoch's first `after` steps, which was finite after `before` of them. */
interface Course {
  readonly loss: number;
  readonly epoch: number;
  readonly before: number;
  readonly after: number;
  /** Who made a number that is none in the last step, where that was looked for. */
  readonly found?: string | undefined;
}

/**
 * Refuses to go on from a loss that is no number any more. A call of the backend reports of all its steps at once, so that the
 * step is known as nearly as calls are short.
 *
 * @throws SW_DIVERGED when the loss is infinite or NaN, or who made such a number was found
 */
export function checkConverging({ loss, epoch, before, after, found }: Course): void {
  if (Number.isFinite(loss) && found === undefined) return;
  const step = after === before + 1 ? `in step ${after}` : `in one of the steps ${before + 1} to ${after}`;
  throw diverged("fit", becameOf(loss), `${step} of epoch ${epoch}`, found);
}

/** The same of weights, which may be none where the loss is a number. */
export function checkWeightsConverging(weights: ReadonlyMap<string, NdArray>, epoch: number): void {
  for (const [name, value] of weights) {
    const at = badPlace(value);
    if (at === undefined) continue;
    const became = `${showName(name)} became ${value.data[at]} at ${placeOf(value.shape, at)}`;
    throw diverged("fit", became, `by the end of epoch ${epoch}`, undefined);
  }
}

const advice =
  "try a lower learning rate and inputs of about -1 to 1, look for a logarithm or a quotient of 0 in the model";
const onward = "and begin again with new weights";

/**
 * The same of the steps of one batch, which a program takes in a loop of its own.
 *
 * @param found who made a number that is none, in the last of the steps
 */
export function checkStepsConverging(op: string, loss: number, steps: number, found?: string): void {
  if (Number.isFinite(loss) && found === undefined) return;
  const several = found === undefined ? `in one of these ${steps} steps` : `in step ${steps} of this batch`;
  throw diverged(op, becameOf(loss), steps === 1 ? "in this step" : several, found);
}

function becameOf(loss: number): string {
  return Number.isFinite(loss) ? "the weights became no numbers" : `the loss became ${loss}`;
}

function diverged(op: string, became: string, where: string, found: string | undefined): ShapewrightError {
  const outcome =
    found === undefined
      ? `${advice}, ${onward}; terminateOnNaN: "locate" names the op that made it, false trains on regardless`
      : `${found}; the weights are as they were before that step; ${advice}`;
  return new ShapewrightError("SW_DIVERGED", `training diverged: ${became} ${where}; ${outcome}`, op);
}
