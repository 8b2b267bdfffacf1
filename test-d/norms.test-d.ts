import {
  abs,
  activityRegularization,
  addLoss,
  alphaDropout,
  block,
  type Constraint,
  conv1d,
  dense,
  embedding,
  frozen,
  gaussianDropout,
  groupNormalization,
  input,
  l1,
  l2,
  maximum,
  maxNorm,
  mean,
  multiply,
  nonNeg,
  normalize,
  ones,
  parameterCount,
  type Regularizer,
  rmsNormalization,
  sequential,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
  spectralNormalization,
  sum,
  type Tensor,
  unitNormalization,
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

// Normalizations leave shapes as they are.
const images = input(["batch", "height", 28, 64]);
expectType<Tensor<["batch", "height", 28, 64]>>(groupNormalization(images));
expectType<Tensor<["batch", "height", 28, 64]>>(groupNormalization(images, { groups: 8, center: false }));
expectType<Tensor<["batch", 7]>>(groupNormalization(input(["batch", 7]), { groups: -1 }));
expectType<Tensor<["batch", "height", 28, 64]>>(rmsNormalization(images, { epsilon: 1e-5 }));
expectType<Tensor<["batch", "height", 28, 64]>>(unitNormalization(images, { axis: [1, 2] }));
expectType<Tensor<["batch", 8]>>(normalize(x, { axis: 0 }));
expectType<Tensor<[2, 3, 4, 5, 6, 7]>>(normalize(input([2, 3, 4, 5, 6, 7]), { axis: [-6, 5] }));
expectType<Tensor<any>>(normalize(input([2, 3]) as Tensor<any>, { axis: 4 }));
expectType<Tensor<["batch", number]>>(rmsNormalization(input(["batch", 8 as number])));
expectType<Tensor<["batch", number]>>(groupNormalization(input(["batch", 8 as number]), { groups: 3 }));
expectType<Tensor<["batch", "height", 28, 64]>>(
  sequential(
    images,
    groupNormalization({ groups: 16 }),
    rmsNormalization(),
    unitNormalization({ axis: 1 }),
    spatialDropout2d(0.1),
    gaussianDropout(0.1),
    alphaDropout(0.1),
  ),
);
expectType<Tensor<["batch", "time", 3]>>(spatialDropout1d(input(["batch", "time", 3]), 0.5));
expectType<Tensor<["batch", 2, 3, 4, 5]>>(spatialDropout3d(input(["batch", 2, 3, 4, 5]), 0.5, { name: "drop" }));
expectType<Tensor<["batch", 8]>>(alphaDropout(gaussianDropout(x, 0.5), 0.5));

/** In a generic block, too. */
export function normal<N extends number>(h: Tensor<["batch", "time", N]>): Tensor<["batch", "time", N]> {
  const grouped = groupNormalization(h, { groups: 4 });
  return normalize(spatialDropout1d(unitNormalization(rmsNormalization(grouped)), 0.1));
}
expectType<Tensor<["batch", "time", 8]>>(normal(input(["batch", "time", 8])));

// What is frozen has the shape rule of its layer.
expectType<Tensor<["batch", 3]>>(frozen(dense({ units: 3 }))(x));
expectType<Tensor<["batch", 2]>>(sequential(x, frozen(block(dense({ units: 3 }), dense({ units: 2 })))));

// So has what divides its kernel by its norm; its vector counts among the weights.
const critic = spectralNormalization(dense({ units: 3 }), { powerIterations: 2 });
expectType<Tensor<["batch", 3]>>(critic(x));
expectType<30>(parameterCount(critic, x));
expectType<Tensor<["batch", 4]>>(sequential(x, critic, spectralNormalization(frozen(dense({ units: 4 })))));
expectType<Tensor<["batch", "time", 4]>>(
  spectralNormalization(embedding({ inputDim: 9, outputDim: 4 }))(input(["batch", "time"], "int32")),
);
export function criticOf<N extends number>(h: Tensor<["batch", "time", N]>): Tensor<["batch", "time", 16]> {
  return spectralNormalization(dense({ units: 16 }))(spectralNormalization(conv1d({ filters: 8, kernelSize: 1 }))(h));
}

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
