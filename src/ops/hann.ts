import { cosines, type SignalWindowFunction, signalWindow, sumOfCosines } from "./shared/signalWindow.js";

/**
 * The window of Hann, `0.5 - 0.5 · cos(2πn/(length - 1))`, which is 0 at its ends: `numpy.hanning`.
 *
 * @param length a positive integer
 * @param options `periodic` (false)
 * @returns the heights of the window at its places
 * @throws SW_VALUE when the length is no positive integer
 * @example
 * const window = hann(256, { periodic: true }); // Tensor<[256], "float32">
 */
export const hann: SignalWindowFunction<"hann"> = /* @__PURE__ */ signalWindow(
  "hann",
  /* @__PURE__ */ sumOfCosines(cosines.hann),
);
