import {
  accumulateGradients,
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  averagedWeights,
  type Constraint,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  constantInitializer,
  cosineDecay,
  cosineDecayRestarts,
  dense,
  exponentialDecay,
  ftrl,
  glorotNormal,
  heNormal,
  heUniform,
  type Initializer,
  identityInitializer,
  input,
  inverseTimeDecay,
  type LayerConfig,
  l1l2,
  lamb,
  layerConfigs,
  lecunNormal,
  lecunUniform,
  lion,
  minMaxNorm,
  model,
  muon,
  nadam,
  type Optimizer,
  oneCycle,
  optimizers,
  orthogonal,
  orthogonalRegularizer,
  piecewiseConstantDecay,
  polynomialDecay,
  precision,
  type Regularizer,
  randomNormalInitializer,
  randomUniformInitializer,
  rates,
  type Schedule,
  scheduleFreeAdamw,
  sgd,
  stftInitializer,
  type TotalsMetric,
  truncatedNormalInitializer,
  unitNorm,
  varianceScaling,
  weightDecay,
} from "shapewright";
import { expectType } from "tsd";

// What weights begin with
expectType<Initializer>(constantInitializer(0.5));
expectType<Initializer>(glorotNormal());
expectType<Initializer>(heNormal());
expectType<Initializer>(heUniform());
expectType<Initializer>(identityInitializer({ gain: 2 }));
expectType<Initializer>(lecunNormal());
expectType<Initializer>(lecunUniform());
expectType<Initializer>(orthogonal({ gain: 2 }));
expectType<Initializer>(randomNormalInitializer({ stddev: 0.02 }));
expectType<Initializer>(randomUniformInitializer({ minval: -1, maxval: 1 }));
expectType<Initializer>(stftInitializer());
expectType<Initializer>(truncatedNormalInitializer({ mean: 0, stddev: 0.02 }));
expectType<Initializer>(varianceScaling({ scale: 2, mode: "fanOut", distribution: "uniform" }));

// What keeps them in bounds
expectType<Constraint>(minMaxNorm({ minValue: 0.5, maxValue: 2 }));
expectType<Constraint>(minMaxNorm({ minValue: 0.5 as number, maxValue: 0.25 }));
expectType<Constraint>(unitNorm({ axis: 0 }));
expectType<Regularizer>(l1l2({ l1: 0.1, l2: 0.1 }));
expectType<Regularizer>(orthogonalRegularizer({ factor: 0.1 }));

// What changes them
expectType<Optimizer>(adadelta({ learningRate: 1 }));
expectType<Optimizer>(adafactor({ clipThreshold: 0.5 }));
expectType<Optimizer>(adagrad({ learningRate: 0.1 }));
expectType<Optimizer>(adamax({ beta1: 0.8 }));
expectType<Optimizer>(adamw({ weightDecay: 0.01, excludeFromWeightDecay: ["head", /bias/, (name) => name === "w"] }));
expectType<Optimizer>(ftrl({ l1RegularizationStrength: 0.1 }));
expectType<Optimizer>(lamb({ learningRate: cosineDecay(0.1, { decaySteps: 100 }) }));
expectType<Optimizer>(lion({ beta2: 0.9 }));
expectType<Optimizer>(muon({ excludeLayers: "head", rmsRate: null }));
expectType<Optimizer>(nadam());
expectType<Optimizer>(scheduleFreeAdamw({ warmupSteps: 100, weightDecay: 0.01 }));
expectType<Optimizer>(accumulateGradients(adam(), 4));
expectType<Optimizer>(averagedWeights(adam()));
expectType<Optimizer>(clipByGlobalNorm(adam(), 1));
expectType<Optimizer>(clipByNorm(adam(), 1));
expectType<Optimizer>(clipByValue(adam(), 1));
expectType<Optimizer>(optimizers({ head: adam(), default: sgd() }));
expectType<Optimizer>(rates(adam(), { head: 0.1 }));
expectType<Optimizer>(weightDecay(adam(), 0.01));

// How fast
expectType<Schedule>(cosineDecay(0.1, { decaySteps: 100 }));
expectType<Schedule>(cosineDecayRestarts(0.1, { firstDecaySteps: 100 }));
expectType<Schedule>(oneCycle(0.1, { totalSteps: 100, annealStrategy: "linear" }));
expectType<Schedule>(exponentialDecay(0.1, { decaySteps: 100, decayRate: 0.9 }));
expectType<Schedule>(inverseTimeDecay(0.1, { decaySteps: 100, decayRate: 0.9 }));
expectType<Schedule>(piecewiseConstantDecay([10], [0.1, 0.01]));
expectType<Schedule>(polynomialDecay(0.1, { decaySteps: 100 }));

// What measures them
expectType<TotalsMetric<"precision", number>>(precision());

// What is said of them
expectType<LayerConfig[]>(layerConfigs(model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 2 }))));
