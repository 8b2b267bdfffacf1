import { array, elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { TensorflowLowering, TensorRef } from "../ir/tensorflow-lowering.js";
import { checkAxis, type DimAt, type ReplaceAxis, replaceAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { resultsOf } from "./result.js";
import { type CheckDim, checkDims } from "./shared/checkDims.js";
import { type CheckReal, complexOut, complexType } from "./shared/complex.js";
import { taken } from "./shared/composite.js";
import { fitted } from "./shared/fitted.js";
import { fourierFlops } from "./shared/flops.js";
import { fourier } from "./shared/fourier.js";
import { resultsOnHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";
import { ramp } from "./shared/ramp.js";
import { type Frequencies, frequenciesOf, perFrequency, transformLength } from "./shared/spectrum.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The Fourier transform of real numbers along the last axis: the real and the imaginary parts of its first half. */
    rfft: Record<never, never>;
  }
}

const reference: ResultsOpDefinition<"rfft">["reference"] = ([x], { shape }) => {
  const [n, frequencies] = [x!.shape.at(-1)!, shape.at(-1)!];
  const parts = fourier([Float64Array.from(x!.data), new Float64Array(x!.data.length)], n, false);
  return parts.map((part) => {
    const half = new Float32Array(elementCount(shape));
    for (let i = 0; i < half.length; i++) half[i] = part[Math.floor(i / frequencies) * n + (i % frequencies)] ?? 0;
    return array(half, shape);
  });
};

export const rfftOp: ResultsOpDefinition<"rfft"> = {
  name: "rfft",
  several: true,
  words: { results: ["real_part", "imaginary_part"] },
  traits: ["keepsFinite"],
  infer([x]) {
    refuse("SW_DTYPE", "rfft", checkDType("rfft", x!.dtype, ["float32"]));
    refuse("SW_VALUE", "rfft", checkAxis("rfft", x!.shape, -1));
    const shape = replaceAxis(x!.shape, -1, frequenciesOf(x!.shape.at(-1)!));
    return [
      { shape, dtype: "float32" },
      { shape, dtype: "float32" },
    ];
  },
  gradient({ b, inputs: [x], dys, node }) {
    // dx_j = Σ_k Re(dy_k · e^(2πi·jk/n)) over the half that there is. irfft counts frequencies with a conjugate twice, and divides by n.
    const n = x!.shape.at(-1)!;
    const zeros = b.op("broadcastTo", [b.scalar(0)], { shape: node.shape });
    const once = perFrequency(b, n, 0.5);
    const parts = [dys[0] ?? zeros, dys[1] ?? zeros].map((part) => b.op("multiply", [part, once]));
    return [b.op("multiply", [b.op("irfft", parts, { length: n }), b.size([n])])];
  },
  tensorflow(t, [x], { inputs }) {
    const attributes = { Treal: { type: "float32" }, Tcomplex: complexType } as const;
    const { shape } = inputs[0]!;
    const n = shape.at(-1)!;
    return complexOut(
      t,
      t.op("RFFT", [typeof n === "number" ? x! : notEmpty(t, x!, shape), transformLength(t, n)], attributes),
    );
  },
  tfjs: resultsOnHost(reference),
  reference,
  // Half of what complex numbers would take.
  flops: ({ inputs: [x] }) => Math.round((elementCount(x!.slice(0, -1)) * fourierFlops(x!.at(-1)!)) / 2),
};

/** Of no samples, TensorFlow's kernel leaves the one frequency as memory was: a zero behind them, which it cuts off of others, has it computed. */
function notEmpty(t: TensorflowLowering, x: TensorRef, shape: readonly Dim[]): TensorRef {
  const paddings = shape.flatMap((_, axis) => [0, axis === shape.length - 1 ? 1 : 0]);
  const matrix = t.constantArray(array(Int32Array.from(paddings), [shape.length, 2]));
  const attributes = { T: { type: "float32" }, Tpaddings: { type: "int32" } } as const;
  return t.op("PadV2", [x, matrix, t.constant(0, "float32")], attributes);
}

export const rfftSamples: Samples<"rfft"> = () =>
  plainSamples([ramp([4])], [ramp([2, 5])], [ramp([2, 1, 6], 3)], [ramp([3, 1])]);

/**
 * The discrete Fourier transform of real numbers along the last axis, as `numpy.fft.rfft`: of the frequencies, the first half, of which
 * the others are the conjugates.
 *
 * @param x rank 1 or more; float32
 * @param fftLength how many samples there are to be: others are cut off, or zeros put behind; the axis's size unless said otherwise
 * @returns the real and the imaginary parts: n/2 + 1 frequencies of n samples
 * @throws SW_VALUE when x is a scalar or the length no dim, SW_DTYPE when x is not float32
 * @example
 * const [real, imaginary] = rfft(input(["batch", 128])); // each Tensor<["batch", 65], "float32">
 */
export function rfft<const S extends Shape, D extends DType, const L extends Dim = DimAt<S, -1>>(
  x: Tensor<S, D> & CheckReal<"rfft", S, D>,
  fftLength?: L & CheckDim<"rfft", L>,
): [real: Tensor<ReplaceAxis<S, -1, Frequencies<L>>>, imaginary: Tensor<ReplaceAxis<S, -1, Frequencies<L>>>] {
  const node = nodeOf(taken("rfft", x, "float32"));
  refuse("SW_VALUE", "rfft", checkAxis("rfft", node.shape, -1));
  if (fftLength !== undefined) refuse("SW_VALUE", "rfft", checkDims("rfft", [fftLength as Dim]));
  return calling("rfft", () => {
    const signal = fftLength === undefined ? node : fitted(node, fftLength as Dim);
    const [re, im] = resultsOf(makeNode(rfftOp, [signal], {}));
    return [tensorOf(re!), tensorOf(im!)];
  });
}
