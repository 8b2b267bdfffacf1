import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { type Minus, multiplyDims, subtractDims, type Times } from "../types/arithmetic.js";
import { checkAxis, type DimAt, dimAt, type ReplaceAxis, replaceAxis } from "../types/axis.js";
import type { Dim, SameBeside, Shape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";
import {
  type CheckImaginary,
  type CheckReal,
  checkImaginary,
  complexIn,
  complexType,
  partsOf,
} from "./shared/complex.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { fitted } from "./shared/fitted.js";
import { fourierFlops } from "./shared/flops.js";
import { fourier } from "./shared/fourier.js";
import { onHost } from "./shared/onHost.js";
import { ramp } from "./shared/ramp.js";
import { frequenciesOf, perFrequency, transformLength } from "./shared/spectrum.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The real numbers, `length` of them, whose `rfft` has these real and imaginary parts. */
    irfft: { readonly length: Dim };
  }
}

const reference: ValueOpDefinition<"irfft">["reference"] = ([re, im], { shape }) => {
  const [n, frequencies] = [shape.at(-1)!, re!.shape.at(-1)!];
  const whole = [new Float64Array(elementCount(shape)), new Float64Array(elementCount(shape))] as const;
  for (let i = 0; i < whole[0].length; i++) {
    // The second half is the conjugate of the first. What would have to be real is taken to be.
    const [row, k] = [Math.floor(i / n), i % n];
    const mirrored = 2 * k > n;
    const from = row * frequencies + (mirrored ? n - k : k);
    whole[0][i] = re!.data[from] as number;
    whole[1][i] = k === 0 || 2 * k === n ? 0 : (mirrored ? -1 : 1) * (im!.data[from] as number);
  }
  return array(Float32Array.from(fourier(whole, n, true)[0]), shape);
};

export const irfftOp: ValueOpDefinition<"irfft"> = {
  name: "irfft",
  dims: ["length"],
  words: { noun: "signal" },
  traits: ["keepsFinite"],
  infer([re, im], { length }) {
    for (const { dtype } of [re!, im!]) refuse("SW_DTYPE", "irfft", checkDType("irfft", dtype, ["float32"]));
    refuse("SW_VALUE", "irfft", checkAxis("irfft", re!.shape, -1));
    refuse("SW_SHAPE", "irfft", checkImaginary("irfft", re!.shape, im!.shape));
    const frequencies = dimAt(re!.shape, -1);
    const fits = frequencies === frequenciesOf(length);
    refuse(
      "SW_SHAPE",
      "irfft",
      fits ? undefined : `internal: irfft of ${frequencies} frequencies to ${length} samples`,
    );
    return { shape: replaceAxis(re!.shape, -1, length), dtype: "float32" };
  },
  gradient({ b, dy, node: { attributes } }) {
    // x_j = 1/n · Σ Re(X_k · e^(2πi·jk/n)), where frequencies with a conjugate count twice: dX = rfft(dx) / n, those twice.
    const weights = b.op("divide", [perFrequency(b, attributes.length, 2), b.size([attributes.length])]);
    return b.results(b.op("rfft", [dy])).map((part) => b.op("multiply", [part, weights]));
  },
  tensorflow(t, [re, im], { attributes: { length }, shape }) {
    const attributes = { Treal: { type: "float32" }, Tcomplex: complexType } as const;
    const signal = t.op("IRFFT", [complexIn(t, re!, im!), transformLength(t, length)], attributes);
    if (typeof length === "number") return signal;
    // Of a named length of 0, one sample too many.
    const begin = t.constant(
      shape.map(() => 0),
      "int32",
    );
    return t.op("Slice", [signal, begin, t.shape(shape)], { T: { type: "float32" }, Index: { type: "int32" } });
  },
  tfjs: onHost<"irfft">(reference).tfjs,
  reference,
  flops: ({ shape }) => Math.round((elementCount(shape.slice(0, -1)) * fourierFlops(shape.at(-1)!)) / 2),
};

export const irfftSamples: Samples<"irfft"> = () => [
  { inputs: [ramp([3]), ramp([3], 1)], attributes: { length: 4 } },
  { inputs: [ramp([2, 3]), ramp([2, 3], 3)], attributes: { length: 5 } },
  { inputs: [ramp([2, 1, 4]), ramp([2, 1, 4], 3)], attributes: { length: 6 } },
  { inputs: [ramp([2, 1]), ramp([2, 1], 3)], attributes: { length: 1 } },
];

export const oneFrequency = "irfft: one frequency may be of 1 sample: say it with fftLength";

/** `unknown` where there are samples, as many as are said or as frequencies are of, else the message. */
type CheckSamples<Frequencies, L, Now> =
  SameBeside<{ of: Frequencies; are: L }, { of: 1; are: 0 }, Now> extends true ? typeof oneFrequency : unknown;

/**
 * The real numbers that frequencies are of: the inverse of `rfft` along the last axis. An odd number of samples, or a named one, has
 * to be said: frequencies do not tell it.
 *
 * @param x the real and the imaginary parts of the frequencies, of one shape of rank 1 or more; float32
 * @param fftLength how many samples there are to be; frequencies beyond are cut off, or are 0. 2·(frequencies - 1) unless said otherwise
 * @returns the samples along the last axis
 * @throws SW_SHAPE when the parts differ in shape, SW_VALUE when they are scalars or the length is no dim, SW_DTYPE when they are not float32
 * @example
 * const signal = irfft([input(["batch", 65]), input(["batch", 65])]); // Tensor<["batch", 128], "float32">
 */
export function irfft<
  const S extends Shape,
  D extends DType,
  const I extends Shape,
  E extends DType,
  const L extends Dim = Times<Minus<DimAt<S, -1>, 1>, 2>,
  Now extends "now" = "now",
>(
  x: readonly [
    real: Tensor<S, D> & FirstMessage<CheckReal<"irfft", S, D>, CheckSamples<DimAt<S, -1>, L, Now>>,
    imaginary: Tensor<I, E> & CheckImaginary<"irfft", S, I, E>,
  ],
  fftLength?: L & CheckDim<"irfft", L>,
): Tensor<ReplaceAxis<S, -1, L>> {
  const parts = partsOf("irfft", x);
  const frequencies = dimAt(parts[0].shape, -1);
  const given = fftLength as Dim | undefined;
  const length = given ?? multiplyDims(subtractDims(frequencies, 1), 2);
  refuse("SW_VALUE", "irfft", given === undefined ? undefined : checkDims("irfft", [given]));
  refuse("SW_VALUE", "irfft", length === 0 ? oneFrequency : undefined);
  return calling("irfft", () => {
    const fitting = parts.map((part) => fitted(part, frequenciesOf(length)));
    return tensorOf(makeNode(irfftOp, fitting, { length }));
  });
}
