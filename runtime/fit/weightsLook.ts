import type { Program } from "../../compiler/program.js";
import { isOptimizerState } from "../../src/optimizerState.js";
import type { Executable } from "../backends/backend.js";
import { checkWeightsConverging } from "./checkConverging.js";

/** How long weights are not looked at between epochs, in milliseconds; and ever, in times of what a look takes, as it copies them all. */
const pause = { least: 1000, times: 100 };

/**
 * Looks whether weights are numbers, after so many epochs: between two of them and in the end of a call from time to time, and whenever they
 * are to be kept. Throws SW_DIVERGED where one is infinite or NaN.
 */
export type WeightsLook = (epoch: number, when: "between" | "end" | "kept") => void;

/**
 * The looks of a session, of all its calls together: a loop of short ones spends no more time on them. The loss does not tell of the last step,
 * whose weights no other has seen, nor of what a relu hides: TensorFlow's fused ones make 0 of NaN.
 */
export function weightsLook({ variables }: Program, executable: Executable): WeightsLook {
  const trained = [...variables].filter(([name, { attributes }]) => attributes.trainable && !isOptimizerState(name));
  const names = trained.map(([name]) => name);
  const due = { between: performance.now() + pause.least, end: 0, kept: 0 };
  return (epoch, when) => {
    const start = performance.now();
    if (start < due[when]) return;
    checkWeightsConverging(executable.getVariables(names), epoch);
    const now = performance.now();
    due.between = now + Math.max(pause.least, pause.times * (now - start));
    if (when === "end") due.end = now + pause.times * (now - start);
  };
}
