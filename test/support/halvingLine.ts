import { compile, dense, input, type LearningRate, meanSquaredError, model, sgd, zeros } from "shapewright";

/**
 * A line through the origin, from slope 0 on. Of data that are ones, it lacks half as much of slope 1 after each step with the rate 0.25:
 * the losses are 1, 1/4, 1/16, …
 */
export const halvingLine = (learningRate: LearningRate = 0.25) =>
  compile(
    model({ x: input(["batch", 1]) }, ({ x }) => dense(x, { units: 1, useBias: false, kernelInitializer: zeros() })),
    { optimizer: sgd({ learningRate }), loss: meanSquaredError() },
  );
