import { cosines, type SignalWindowFunction, signalWindow, sumOfCosines } from "./shared/signalWindow.js";

/**
 * The window of Hamming, `0.54 - 0.46 · cos(2πn/(length - 1))`: `numpy.hamming`.
 *
 * @param length a positive integer
 * @param options `periodic` (false)
 * @returns the heights of the window at its places
 * @throws SW_VALUE when the length is no positive integer
 * @example
 * const window = hamming(256, { periodic: true }); // Tensor<[256], "float32">
 */
export const hamming: SignalWindowFunction<"hamming"> = /* @__PURE__ */ signalWindow(
  "hamming",
  /* @__PURE__ */ sumOfCosines(cosines.hamming),
);
