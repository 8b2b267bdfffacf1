import { cosines, type SignalWindowFunction, signalWindow, sumOfCosines } from "./shared/signalWindow.js";

/**
 * The window of Blackman, `0.42 - 0.5 · cos(2πn/(length - 1)) + 0.08 · cos(4πn/(length - 1))`: `numpy.blackman`.
 *
 * @param length a positive integer
 * @param options `periodic` (false)
 * @returns the heights of the window at its places
 * @throws SW_VALUE when the length is no positive integer
 * @example
 * const window = blackman(256, { periodic: true }); // Tensor<[256], "float32">
 */
export const blackman: SignalWindowFunction<"blackman"> = /* @__PURE__ */ signalWindow(
  "blackman",
  /* @__PURE__ */ sumOfCosines(cosines.blackman),
);
