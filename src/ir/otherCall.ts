import { camelCase } from "./nearest.js";

/** Options that are looked for in a call that does not take them, by the call that does. */
export const optionsOf = {
  compile: ["optimizer", "loss", "lossWeights", "classWeight", "metrics", "trainable", "memory"],
  open: ["backend", "threads"],
  fit: [
    "epochs",
    "initialEpoch",
    "batchSize",
    "stepsPerEpoch",
    "callbacks",
    "shuffle",
    "verbose",
    "validationData",
    "validationSplit",
  ],
  fitBatches: ["validationBatches"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Call = keyof typeof optionsOf;

/** Where a call's missing options may stand: Keras's evaluate and predict have some of fit's, which ours leave out. */
const others: Readonly<Record<string, readonly Call[]>> = {
  compile: ["open", "fit", "fitBatches"],
  open: ["compile", "fit", "fitBatches"],
  fit: ["compile", "open", "fitBatches"],
  fitBatches: ["compile", "open", "fit"],
  evaluate: ["compile", "open"],
  evaluateBatches: ["compile", "open"],
  predict: ["compile", "open"],
  predictBatches: ["compile", "open"],
  trainStep: ["compile", "open"],
  evaluateStep: ["compile", "open"],
};

/** The call that has the option which another was given, also as Python writes it: `compile` has `fit`'s `class_weight`. */
export function otherCall(op: string, option: string): { readonly call: string; readonly name: string } | undefined {
  const name = camelCase(option);
  const call = others[op]?.find((one) => (optionsOf[one] as readonly string[]).includes(name));
  return call && { call, name };
}
