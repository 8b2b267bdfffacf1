import type { Program } from "../../compiler/program.js";
import { isOptimizerState } from "../../src/optimizerState.js";
import type { Executable } from "../backends/backend.js";
import { checkWeightsConverging } from "./checkConverging.js";

/** How long weights are not looked at, in milliseconds; and how many times as long as a look takes, as it copies them all. */
const pause = { least: 1000, times: 100 };

/**
 * Looks whether what is trained are numbers: from time to time, and always in the end. The loss does not tell of the last step, whose weights
 * no other has seen, nor of what a relu hides: TensorFlow's fused ones make 0 of NaN.
 */
export function weightsLook({ variables }: Program, executable: Executable) {
  const trained = [...variables].filter(([name, { attributes }]) => attributes.trainable && !isOptimizerState(name));
  const names = trained.map(([name]) => name);
  let due = performance.now() + pause.least;
  /**
   * @param epoch how many epochs have passed
   * @throws SW_DIVERGED where one is infinite or NaN
   */
  return (epoch: number, isLast: boolean): void => {
    const start = performance.now();
    if (!isLast && start < due) return;
    checkWeightsConverging(executable.getVariables(names), epoch);
    const now = performance.now();
    due = now + Math.max(pause.least, pause.times * (now - start));
  };
}
