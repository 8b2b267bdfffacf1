import type { OpName } from "../../src/ir/node.js";
import type { ValueOpDefinition } from "../../src/ir/op.js";
import { eluOp } from "../../src/ops/elu.js";
import { eluGradientOp } from "../../src/ops/eluGradient.js";
import { leakyReluOp } from "../../src/ops/leakyRelu.js";
import { leakyReluGradientOp } from "../../src/ops/leakyReluGradient.js";
import { reluOp } from "../../src/ops/relu.js";
import { relu6Op } from "../../src/ops/relu6.js";
import { relu6GradientOp } from "../../src/ops/relu6Gradient.js";
import { reluGradientOp } from "../../src/ops/reluGradient.js";
import { sigmoidOp } from "../../src/ops/sigmoid.js";
import { sigmoidGradientOp } from "../../src/ops/sigmoidGradient.js";
import { tanhOp } from "../../src/ops/tanh.js";
import { tanhGradientOp } from "../../src/ops/tanhGradient.js";
import type { Shape } from "../../src/types/dim.js";
import { run, runWhole } from "./run.js";
import type { Tensor } from "./tensor.js";

type Activation = <S extends Shape>(x: Tensor<S>) => Tensor<S>;

function activation<K extends OpName>(op: ValueOpDefinition<K>): Activation {
  return (x) => run(op, [x]);
}

export const elu: Activation = /* @__PURE__ */ activation(eluOp);
export const relu: Activation = /* @__PURE__ */ activation(reluOp);
export const relu6: Activation = /* @__PURE__ */ activation(relu6Op);
export const sigmoid: Activation = /* @__PURE__ */ activation(sigmoidOp);
export const tanh: Activation = /* @__PURE__ */ activation(tanhOp);

/** The gradient of an activation, from its output: dy times the slope there. */
type ActivationGradient = <S extends Shape>(dy: Tensor<S>, output: Tensor<NoInfer<S>>) => Tensor<S>;

function activationGradient<K extends OpName>(op: ValueOpDefinition<K>): ActivationGradient {
  return (dy, output) => runWhole(op, [dy, output]);
}

export const eluGradient: ActivationGradient = /* @__PURE__ */ activationGradient(eluGradientOp);
export const reluGradient: ActivationGradient = /* @__PURE__ */ activationGradient(reluGradientOp);
export const relu6Gradient: ActivationGradient = /* @__PURE__ */ activationGradient(relu6GradientOp);
export const sigmoidGradient: ActivationGradient = /* @__PURE__ */ activationGradient(sigmoidGradientOp);
export const tanhGradient: ActivationGradient = /* @__PURE__ */ activationGradient(tanhGradientOp);

/** x where it is positive, else alpha · x. */
export function leakyRelu<S extends Shape>(x: Tensor<S>, attributes: { readonly alpha: number }): Tensor<S> {
  return run(leakyReluOp, [x], { attributes });
}

/** dy where leakyRelu's output is positive, else alpha · dy. */
export function leakyReluGradient<S extends Shape>(
  dy: Tensor<S>,
  output: Tensor<NoInfer<S>>,
  attributes: { readonly alpha: number },
): Tensor<S> {
  return runWhole(leakyReluGradientOp, [dy, output], { attributes });
}
