import { ShapewrightError } from "../../src/ir/errors.js";

/**
 * Refuses to go on from a loss that is no number any more. A call of the backend reports of all its steps at once, so that the
 * step is known as nearly as calls are short.
 *
 * @param loss the mean loss of an epoch's first `after` steps, which was finite after `before` of them
 * @throws SW_DIVERGED when it is infinite or NaN
 */
export function checkConverging(loss: number, epoch: number, before: number, after: number): void {
  if (Number.isFinite(loss)) return;
  const step = after === before + 1 ? `in step ${after}` : `in one of the steps ${before + 1} to ${after}`;
  const message =
    `training diverged: the loss became ${loss} ${step} of epoch ${epoch}; try a lower learning rate and inputs of about -1 to 1, ` +
    "look for a logarithm or a quotient of 0 in the model, and begin again with new weights; " +
    "terminateOnNaN: false trains on regardless";
  throw new ShapewrightError("SW_DIVERGED", message, "fit");
}
