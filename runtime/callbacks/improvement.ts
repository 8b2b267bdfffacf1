import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { oneOf } from "../../src/ir/options.js";

/** Whether less or more is better: `"auto"` tells it by the name of what is monitored. */
export type Mode = "auto" | "min" | "max";

export const modeRule = oneOf(["auto", "min", "max"]);

/** Names of what should rise, and of what should fall: of Keras's metrics, and of losses. */
const rising =
  /(^|_)(acc|accuracy|auc|precision|recall|f1|fbeta|iou|r2|[a-z0-9]*(accuracy|precision|recall|score|similarity))$/i;
const falling =
  /(^|_)(loss|mse|mae|mape|msle|rmse|[a-z0-9]*(error|entropy|crossentropy|divergence|perplexity|hinge|poisson))$/i;

/**
 * Whether a number is better than another, by more than `minDelta`. NaN is never.
 *
 * @throws SW_VALUE where the mode is `"auto"` and the name does not tell
 */
export function improvementOf(
  op: string,
  monitor: string,
  mode: Mode,
  minDelta = 0,
): (current: number, best: number | undefined) => boolean {
  const sign = (mode === "auto" ? told(op, monitor) : mode) === "min" ? -1 : 1;
  return (current, best) =>
    best === undefined ? !Number.isNaN(current) : sign * current - Math.abs(minDelta) > sign * best;
}

function told(op: string, monitor: string): Mode {
  if (falling.test(monitor)) return "min";
  if (rising.test(monitor)) return "max";
  const message = `${op}: whether ${showName(monitor)} should fall or rise is not known; write mode: "min" or mode: "max"`;
  throw new ShapewrightError("SW_VALUE", message, op);
}
