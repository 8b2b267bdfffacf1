/** Names without what spellings differ in: "mean_squared_error" and "MeanSquaredError" are one. */
export const spelt = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Keras's short names, as `spelt`. */
export const short: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mse: "meanSquaredError",
    mae: "meanAbsoluteError",
    mape: "meanAbsolutePercentageError",
    msle: "meanSquaredLogarithmicError",
    bce: "binaryCrossentropy",
    kld: "klDivergence",
    acc: "accuracy",
    rmse: "rootMeanSquaredError",
    normal: "randomNormalInitializer",
    uniform: "randomUniformInitializer",
  }),
);

/** TensorFlow's names for losses of scores, which are Keras's with fromLogits, as `spelt`. */
export const ofScores: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sigmoidcrossentropy: "binaryCrossentropy",
    softmaxcrossentropy: "categoricalCrossentropy",
    sparsesoftmaxcrossentropy: "sparseCategoricalCrossentropy",
  }),
);
