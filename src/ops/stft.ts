import { array } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { checkAxis, dimAt } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import type { Moment, Settled } from "../types/settled.js";
import { constantOp } from "./constant.js";
import { gatherOp } from "./gather.js";
import { multiplyOp } from "./multiply.js";
import { resultsOf } from "./result.js";
import { rfftOp } from "./rfft.js";
import type { CheckDim } from "./shared/checkDims.js";
import type { CheckReal } from "./shared/complex.js";
import { taken } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import {
  checkFrames,
  type FrameLengths,
  type FrameWindow,
  placesInFrames,
  type StftOptions,
  windowIn,
} from "./shared/frames.js";
import { mirrored } from "./shared/mirrored.js";
import type { OrMessage } from "./shared/orMessage.js";
import { type CheckSamples, type CheckTransform, checkSamples, framesOf, type Stft } from "./shared/stft-shape.js";

/**
 * The short-time Fourier transform of signals along the last axis: that of frames of them, which overlap. Windows are periodic: on
 * TensorFlow, Keras's of odd lengths are not.
 *
 * @param x [..., samples], float32
 * @param sequenceLength how many samples a frame has
 * @param sequenceStride how many samples further the next frame begins
 * @param fftLength how many samples are transformed, the frame in their middle: sequenceLength or more
 * @param options `window` ("hann") and `center` (true): the signal is mirrored at both ends
 * @returns the real and the imaginary parts: [..., frames, fftLength/2 + 1]
 * @throws SW_VALUE when a length or an option is none, or x is a scalar; SW_SHAPE when there are too few samples: of a named axis, when
 *   the program runs; SW_DTYPE when x is not float32
 * @example
 * const [real, imaginary] = stft(input(["batch", 16000]), 256, 128, 256); // each Tensor<["batch", 126, 129], "float32">
 */
export function stft<
  const S extends Shape,
  D extends DType,
  const Sequence extends number,
  const Stride extends number,
  const F extends number,
  const Centered extends boolean = true,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & FirstMessage<CheckReal<"stft", S, D>, CheckSamples<"stft", S, F, Centered, Now>>,
  sequenceLength: Sequence & CheckDim<"stft", Sequence>,
  sequenceStride: Stride & CheckDim<"stft", Stride>,
  fftLength: OrMessage<F, CheckTransform<"stft", Sequence, F, Now>>,
  options: StftOptions<Centered> = {},
): [
  real: Tensor<Settled<Stft<S, Stride, F, Centered>>[Now]>,
  imaginary: Tensor<Settled<Stft<S, Stride, F, Centered>>[Now]>,
] {
  const node = nodeOf(taken("stft", x, "float32"));
  const lengths = { sequenceLength, sequenceStride, fftLength } as unknown as FrameLengths;
  checkFrames("stft", lengths, options);
  const { window = "hann", center = true } = options;
  refuse("SW_VALUE", "stft", checkAxis("stft", node.shape, -1));
  refuse("SW_SHAPE", "stft", checkSamples("stft", node.shape, lengths.fftLength, center));
  const check = { rule: "stft", shape: node.shape, given: { fftLength: lengths.fftLength, center } } as const;
  const [re, im] = calling("stft", () => transformedFrames(node, lengths, window, center), check);
  return [tensorOf(re!), tensorOf(im!)];
}

function transformedFrames(x: Node, lengths: FrameLengths, window: FrameWindow, center: boolean): Node[] {
  const last = x.shape.length - 1;
  const half = Math.floor(lengths.fftLength / 2);
  const ends = x.shape.map((_, axis): [Dim, Dim] => (axis === last ? [half, half] : [0, 0]));
  const signal = center ? mirrored(x, ends, "reflect") : x;
  const frames = framesOf(dimAt(x.shape, -1), lengths.sequenceStride, lengths.fftLength, center);
  const taking = { axis: last, batchDims: 0 };
  let framed: Node = makeNode(gatherOp, [signal, placesInFrames(frames, lengths)], taking);
  if (window) {
    const heights = array(Float32Array.from(windowIn(lengths, window)), [lengths.fftLength]);
    framed = makeNode(multiplyOp, [framed, makeNode(constantOp, [], { value: heights })], {});
  }
  return resultsOf(makeNode(rfftOp, [framed], {}));
}
