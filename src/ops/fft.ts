import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, tensorOf } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { checkAxis } from "../types/axis.js";
import type { Shape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { resultsOf } from "./result.js";
import {
  type CheckImaginary,
  type CheckReal,
  checkImaginary,
  complexIn,
  complexOut,
  complexType,
  partsOf,
} from "./shared/complex.js";
import { fourierFlops } from "./shared/flops.js";
import { fourier } from "./shared/fourier.js";
import { resultsOnHost } from "./shared/onHost.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The Fourier transform along the last axis. Inputs and results: real parts, and imaginary ones. */
    fft: { readonly inverse: boolean };
  }
}

const reference: ResultsOpDefinition<"fft">["reference"] = ([re, im], { attributes: { inverse } }) => {
  const found = fourier([Float64Array.from(re!.data), Float64Array.from(im!.data)], re!.shape.at(-1)!, inverse);
  return found.map((part) => array(Float32Array.from(part), re!.shape));
};

export const fftOp: ResultsOpDefinition<"fft"> = {
  name: "fft",
  several: true,
  words: { results: ["real_part", "imaginary_part"] },
  traits: ["keepsFinite"],
  infer([re, im]) {
    for (const { dtype } of [re!, im!]) refuse("SW_DTYPE", "fft", checkDType("fft", dtype, ["float32"]));
    refuse("SW_VALUE", "fft", checkAxis("fft", re!.shape, -1));
    refuse("SW_SHAPE", "fft", checkImaginary("fft", re!.shape, im!.shape));
    return [re!, re!].map(({ shape, dtype }) => ({ shape, dtype }));
  },
  gradient({ b, inputs: [re], dys, node: { attributes } }) {
    // y = F·x, so dx = Fᴴ·dy: the transform the other way. It is n · F⁻¹, and of the inverse F / n.
    const { inverse } = attributes;
    const zeros = b.op("broadcastTo", [b.scalar(0)], { shape: re!.shape });
    const back = b.results(b.op("fft", [dys[0] ?? zeros, dys[1] ?? zeros], { inverse: !inverse }));
    const n = b.size([re!.shape.at(-1)!]);
    return back.map((part) => b.op(inverse ? "divide" : "multiply", [part, n]));
  },
  tensorflow(t, [re, im], { attributes: { inverse } }) {
    return complexOut(t, t.op(inverse ? "IFFT" : "FFT", [complexIn(t, re!, im!)], { Tcomplex: complexType }));
  },
  tfjs: resultsOnHost(reference),
  reference,
  flops: ({ shape }) => elementCount(shape.slice(0, -1)) * fourierFlops(shape.at(-1)!),
};

export const fftSamples: Samples<"fft"> = () => [
  { inputs: [ramp([4]), ramp([4], 1)], attributes: { inverse: false } },
  { inputs: [ramp([2, 6]), ramp([2, 6], 3)], attributes: { inverse: true } },
  { inputs: [ramp([2, 1, 5]), ramp([2, 1, 5], 2)], attributes: { inverse: false } },
  { inputs: [ramp([3, 1]), ramp([3, 1], 2)], attributes: { inverse: true } },
];

/** The transform of both parts along an axis, as nodes. */
export function transformed(parts: readonly Node[], inverse: boolean): Node[] {
  return resultsOf(makeNode(fftOp, parts, { inverse }));
}

/**
 * The discrete Fourier transform along the last axis, of complex numbers whose parts are two tensors: Xₖ = Σⱼ xⱼ · e^(-2πi·jk/n).
 * What comes of infinities and NaN is left to backends: infinite, or NaN.
 *
 * @param x the real and the imaginary parts, of one shape of rank 1 or more; float32
 * @returns the real and the imaginary parts of the frequencies, of the same shape
 * @throws SW_SHAPE when the parts differ in shape, SW_VALUE when they are scalars, SW_DTYPE when they are not float32
 * @example
 * const [real, imaginary] = fft([input(["batch", 64]), input(["batch", 64])]); // each Tensor<["batch", 64], "float32">
 */
export function fft<const S extends Shape, D extends DType, const I extends Shape, E extends DType>(
  x: readonly [real: Tensor<S, D> & CheckReal<"fft", S, D>, imaginary: Tensor<I, E> & CheckImaginary<"fft", S, I, E>],
): [real: Tensor<S>, imaginary: Tensor<S>] {
  const [re, im] = transformed(partsOf("fft", x), false);
  return [tensorOf(re!), tensorOf(im!)];
}
