import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { type OptionRule, oneOf } from "../../src/ir/options.js";

/** Whether less or more is better: `"auto"` tells it by the name of what is monitored. */
export type Mode = "auto" | "min" | "max";

export const modeRule = oneOf(["auto", "min", "max"]);

/** Ends of names of what should rise, and of what should fall: losses, and Keras's metrics. */
const rising =
  /(^|_)(acc|accuracy|auc|precision|recall|f1|iou|truePositives|trueNegatives|[a-z][A-Za-z0-9]*(Accuracy|Score|IoU|AtRecall|AtPrecision|AtSensitivity|AtSpecificity|Similarity|Correlation))$/;
const falling =
  /(^|_)(loss|mse|mae|mape|msle|rmse|error|falsePositives|falseNegatives|crossentropy|perplexity|hinge|poisson|[a-z][A-Za-z]*(Error|Crossentropy|Divergence|Loss|Hinge))$/;

/** A number, and not NaN. */
export const known: OptionRule = {
  takes: "a number, and not NaN",
  accepts: (value) => typeof value === "number" && !Number.isNaN(value),
};

/** What is monitored, as a callback that looks for better numbers asks about it. */
export interface Improvement {
  /**
   * Asked when training begins: a name that is misspelt has been refused as that then, and not as one that does not tell.
   *
   * @throws SW_VALUE where the mode is `"auto"` and the name does not tell
   */
  readonly checkMode: () => void;
  /** Whether a number is better than another, by more than `minDelta`. NaN is never. */
  readonly isBetter: (current: number, best: number | undefined) => boolean;
}

export function improvementOf(op: string, monitor: string, mode: Mode, minDelta = 0): Improvement {
  const sign = () => ((mode === "auto" ? told(op, monitor) : mode) === "min" ? -1 : 1);
  return {
    checkMode: () => void sign(),
    isBetter: (current, best) =>
      best === undefined ? !Number.isNaN(current) : sign() * current - Math.abs(minDelta) > sign() * best,
  };
}

function told(op: string, monitor: string): Mode {
  if (falling.test(monitor)) return "min";
  if (rising.test(monitor)) return "max";
  const message = `${op}: whether ${showName(monitor)} should fall or rise is not known; write mode: "min" or mode: "max"`;
  throw new ShapewrightError("SW_VALUE", message, op);
}
