import { type SignalWindowFunction, signalWindow } from "./shared/signalWindow.js";

/**
 * The window of Bartlett, a triangle that is 0 at its ends: `numpy.bartlett`.
 *
 * @param length a positive integer
 * @param options `periodic` (false)
 * @returns the heights of the window at its places
 * @throws SW_VALUE when the length is no positive integer
 * @example
 * const window = bartlett(256); // Tensor<[256], "float32">
 */
export const bartlett: SignalWindowFunction<"bartlett"> = /* @__PURE__ */ signalWindow(
  "bartlett",
  (x) => 1 - Math.abs(2 * x - 1),
);
