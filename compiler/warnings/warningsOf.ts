import { affineChain } from "./affineChain.js";
import { batchBroadcast } from "./batchBroadcast.js";
import { batchReduction } from "./batchReduction.js";
import { classifierActivation } from "./classifierActivation.js";
import { logits } from "./logits.js";
import { noGradient } from "./noGradient.js";
import { probabilities } from "./probabilities.js";
import { unusedInput } from "./unusedInput.js";
import { unusedTarget } from "./unusedTarget.js";
import type { Check, CompileWarning, Examined, WarningCode } from "./warning.js";

const checks: readonly (readonly [WarningCode, Check])[] = [
  ["SW_WARN_UNUSED_INPUT", unusedInput],
  ["SW_WARN_UNUSED_TARGET", unusedTarget],
  ["SW_WARN_AFFINE_CHAIN", affineChain],
  ["SW_WARN_BATCH_REDUCTION", batchReduction],
  ["SW_WARN_PROBABILITIES", probabilities],
  ["SW_WARN_LOGITS", logits],
  ["SW_WARN_CLASSIFIER_ACTIVATION", classifierActivation],
  ["SW_WARN_BATCH_BROADCAST", batchBroadcast],
  ["SW_WARN_NO_GRADIENT", noGradient],
];

/** The probable mistakes in a model and in how it is trained. */
export function warningsOf(examined: Examined): CompileWarning[] {
  return checks.flatMap(([code, check]) => check(examined).map((message) => ({ code, message })));
}
