import {
  abs,
  activityRegularization,
  addLoss,
  type Constraint,
  dense,
  input,
  l1,
  l2,
  maximum,
  maxNorm,
  mean,
  multiply,
  nonNeg,
  ones,
  type Regularizer,
  sequential,
  sum,
  type Tensor,
  variable,
} from "shapewright";
import { expectType } from "tsd";

const x = input(["batch", 8]);

// What is added to the loss leaves its tensor as it is.
expectType<Tensor<["batch", 8]>>(addLoss(x, multiply(0.1, mean(x))));
expectType<Tensor<["batch"], "int32">>(addLoss(input(["batch"], "int32"), mean(x)));
expectType<Tensor<[number, 8]>>(addLoss(input([8 as number, 8]), sum(x)));
expectType<Tensor<["batch", 8]>>(activityRegularization(x, { l1: 0.1 }));
expectType<Tensor<["batch", 3]>>(sequential(x, dense({ units: 3 }), activityRegularization({ l2: 0.1 })));

/** In a generic block, too. */
export function costly<N extends number>(h: Tensor<["batch", N]>): Tensor<["batch", N]> {
  return addLoss(activityRegularization(h, { l2: 1e-3 }), mean(h));
}
expectType<Tensor<["batch", 8]>>(costly(x));

// Rules of weights are functions of tensors: those that are there, or one's own.
expectType<Regularizer>(l1());
expectType<Constraint>(nonNeg());
expectType<Tensor<["batch", 4]>>(
  dense(x, {
    units: 4,
    kernelRegularizer: l2(0.01),
    biasRegularizer: (bias) => multiply(0.1, sum(abs(bias))),
    activityRegularizer: l1(0.1),
    kernelConstraint: maxNorm({ axis: [0] }),
    biasConstraint: (bias) => maximum(bias, -1),
    trainable: false,
  }),
);
expectType<Tensor<[3]>>(variable("w", [3], ones(), { regularizer: l2(), constraint: nonNeg() }));
