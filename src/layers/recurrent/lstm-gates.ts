import type { Initializer } from "../../initializers/initializer.js";
import { unitForgetBias } from "../../initializers/unitForgetBias.js";
import { zeros } from "../../initializers/zeros.js";
import { flag, type OptionRules } from "../../ir/options.js";
import type { Tensor } from "../../ir/tensor.js";
import { add } from "../../ops/add.js";
import { multiply } from "../../ops/multiply.js";
import { sigmoid } from "../../ops/sigmoid.js";
import { split } from "../../ops/split.js";
import { tanh } from "../../ops/tanh.js";
import { activated, activationRule, type KeepsShape } from "../layer.js";
import type { GatedOptions } from "./options.js";
import type { Step } from "./recur.js";

// What a long short-term memory makes of the sum of its products, whichever they are.

/** Options of its four gates. */
export interface LstmGateOptions extends GatedOptions {
  /** Whether the bias of the gate that keeps the cell's state starts at 1. @default true */
  readonly unitForgetBias?: boolean;
}

export const lstmGateRules: OptionRules<LstmGateOptions> = {
  recurrentActivation: activationRule,
  unitForgetBias: flag,
};

/** i, f, c̃, o side by side, before their activations: c = f·c + i·tanh(c̃), h = o·tanh(c). */
export function lstmStep(
  op: string,
  sum: Tensor<any>,
  cell: Tensor<any>,
  {
    activation = tanh,
    recurrentActivation = sigmoid,
  }: { readonly activation?: KeepsShape; readonly recurrentActivation?: KeepsShape },
): ReturnType<Step> {
  const [take, keep, candidate, show] = split(sum, 4, -1) as [Tensor<any>, Tensor<any>, Tensor<any>, Tensor<any>];
  const open = (gate: Tensor<any>) => activated(op, recurrentActivation, gate);
  const added = multiply(open(take), activated(op, activation, candidate));
  const next: Tensor<any> = add(multiply(open(keep), cell), added);
  const output: Tensor<any> = multiply(open(show), activated(op, activation, next));
  return { output, states: { hidden: output, cell: next } };
}

/** How the bias of all gates starts. */
export function lstmBias({
  biasInitializer,
  unitForgetBias: kept = true,
}: LstmGateOptions & { readonly biasInitializer?: Initializer }): Initializer {
  return kept ? unitForgetBias(biasInitializer) : (biasInitializer ?? zeros());
}
