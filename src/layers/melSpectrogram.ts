import { generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { count, flag, notNegative, type OptionRules, positive } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { constantOp } from "../ops/constant.js";
import { dot } from "../ops/dot.js";
import { log10 } from "../ops/log10.js";
import { max } from "../ops/max.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import { pow } from "../ops/pow.js";
import type { CheckReal } from "../ops/shared/complex.js";
import type { Any } from "../ops/shared/composite.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import { type FrameWindow, windowRule } from "../ops/shared/frames.js";
import { type CheckSamples, checkSamples, checkTransform, type Frames } from "../ops/shared/stft-shape.js";
import { square } from "../ops/square.js";
import { stft } from "../ops/stft.js";
import { subtract } from "../ops/subtract.js";
import { swapAxes } from "../ops/swapAxes.js";
import { type CheckAxis, checkAxis } from "../types/axis.js";
import type { Batched, Dim, Shape, SplitLast, UnknownShape } from "../types/dim.js";
import { checkDType } from "../types/dtype.js";
import { fill } from "../types/message.js";
import type { Moment, Settled } from "../types/settled.js";
import { type FloatRule, type LayerKind, layerOf, type NamedLayer, named, type Waiting } from "./layer.js";

/** Options of `melSpectrogram`. */
export interface MelSpectrogramOptions<
  F extends number,
  Stride extends number,
  Bins extends number,
  Length extends number = number,
> extends NamedLayer {
  /** How many samples are transformed at a time. @default 2048 */
  readonly fftLength?: F & CheckCount<typeof kind, "fftLength", F>;
  /** How many samples further the next frame begins. @default 512 */
  readonly sequenceStride?: Stride & CheckCount<typeof kind, "sequenceStride", Stride>;
  /** How many samples a frame has, in the middle of those that are transformed. @default fftLength */
  readonly sequenceLength?: Length & CheckCount<typeof kind, "sequenceLength", Length>;
  /** What a frame is multiplied by: a periodic window, `"hann"`, `"hamming"` or `"blackman"`, or null for nothing. @default "hann" */
  readonly window?: FrameWindow;
  /** How many samples a second has. @default 16000 */
  readonly samplingRate?: number;
  /** How many bands there are. @default 128 */
  readonly numMelBins?: Bins & CheckCount<typeof kind, "numMelBins", Bins>;
  /** Where the lowest band begins, in hertz. @default 20 */
  readonly minFreq?: number;
  /** Where the highest band ends, in hertz. @default half of the sampling rate */
  readonly maxFreq?: number;
  /** Whether powers are given in decibels. @default true */
  readonly powerToDb?: boolean;
  /** How many decibels below the loudest of all, in the whole batch, the least is taken to be; Infinity for none. @default 80 */
  readonly topDb?: number;
  /** The power of magnitudes that is added up: 2 for energies. @default 2 */
  readonly magExp?: number;
  /** The least power of which a logarithm is taken. @default 1e-10 */
  readonly minPower?: number;
  /** The power that is 0 decibels. @default 1 */
  readonly refPower?: number;
}

type Options = MelSpectrogramOptions<number, number, number>;

const kind = "melSpectrogram";

const noBand = "{op}: minFreq {low} is not below maxFreq {high}";

/** Bands of frequencies in frames. */
export type MelSpectrogram<S, F extends number, Stride extends number, Bins extends number> =
  SplitLast<S> extends infer Split
    ? Split extends [infer Before extends Shape, infer Samples extends Dim]
      ? Batched<Before, [Bins, Frames<Samples, Stride, F, true>]>
      : UnknownShape
    : never;

/** The shape rule of `melSpectrogram` in `sequential`. */
export interface MelSpectrogramRule<F extends number, Stride extends number, Bins extends number>
  extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape
    ? FirstOfRule<CheckAxis<typeof kind, S, -1>, CheckSamples<typeof kind, S, F, true, this["dtype"]>>
    : unknown;
  readonly out: MelSpectrogram<this["in"], F, Stride, Bins>;
}

/**
 * The powers of signals in bands of frequencies that the ear hears as equally wide, in frames that overlap: `stft`, and of its energies
 * triangles on the mel scale, 2595 · log₁₀(1 + f/700).
 *
 * @param x [..., samples], float32
 * @param options `fftLength` (2048), `sequenceStride` (512), `sequenceLength` (fftLength), `window` ("hann"), `samplingRate` (16000),
 *   `numMelBins` (128), `minFreq` (20), `maxFreq` (half of the sampling rate), `powerToDb` (true), `topDb` (80), `magExp` (2), `minPower`
 *   (1e-10), `refPower` (1), `name`
 * @returns [..., numMelBins, frames]; without x, a layer for `sequential`
 * @throws SW_SHAPE when there are too few samples: of a named axis, when the program runs; SW_VALUE when an option is out of range
 * @see S. S. Stevens, J. Volkmann and E. B. Newman, A scale for the measurement of the psychological magnitude pitch, 1937
 * @example
 * const image = melSpectrogram(input(["batch", 16000]), { numMelBins: 80 }); // Tensor<["batch", 80, 32], "float32">
 */
export function melSpectrogram<
  const F extends number = 2048,
  const Stride extends number = 512,
  const Bins extends number = 128,
  const Length extends number = number,
  Now extends Moment = "now",
>(options?: MelSpectrogramOptions<F, Stride, Bins, Length>): Waiting<MelSpectrogramRule<F, Stride, Bins>, Now>;
export function melSpectrogram<
  const S extends Shape,
  D extends DType,
  const F extends number = 2048,
  const Stride extends number = 512,
  const Bins extends number = 128,
  const Length extends number = number,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> &
    Settled<FirstMessage<CheckReal<typeof kind, S, D>, CheckSamples<typeof kind, S, F, true, Now>>>[Now],
  options?: MelSpectrogramOptions<F, Stride, Bins, Length>,
): Tensor<Settled<MelSpectrogram<S, F, Stride, Bins>>[Now]>;
export function melSpectrogram(...args: readonly unknown[]) {
  return layerOf(melSpectrogramLayer, args);
}

const rules: OptionRules<Options> = {
  ...named,
  fftLength: count,
  sequenceStride: count,
  sequenceLength: count,
  window: windowRule,
  samplingRate: positive,
  numMelBins: count,
  minFreq: notNegative,
  maxFreq: positive,
  powerToDb: flag,
  topDb: { takes: `${positive.takes}, or Infinity`, accepts: (db) => db === Infinity || positive.accepts(db) },
  magExp: positive,
  minPower: positive,
  refPower: positive,
};

const melSpectrogramLayer: LayerKind<Options> = {
  kind,
  rules,
  build(x, options, { scope }) {
    const { fftLength = 2048, sequenceStride = 512, sequenceLength = fftLength, window = "hann" } = options;
    const { samplingRate = 16000, numMelBins = 128, minFreq = 20, maxFreq = samplingRate / 2 } = options;
    const { powerToDb = true, topDb = 80, magExp = 2, minPower = 1e-10, refPower = 1 } = options;
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_VALUE", kind, checkAxis(kind, x.shape, -1) ?? checkTransform(kind, sequenceLength, fftLength));
    const message = fill(noBand, { op: kind, low: minFreq, high: maxFreq });
    refuse("SW_VALUE", kind, minFreq < maxFreq ? undefined : message);
    refuse("SW_SHAPE", kind, checkSamples(kind, x.shape, fftLength, true));
    const bands = melBands({ fftLength, samplingRate, numMelBins, minFreq, maxFreq });
    return within({ ...currentPlace(), scope }, () => {
      const [re, im] = stft(x, sequenceLength, sequenceStride, fftLength, { window }) as readonly [Any, Any];
      // Of the root, the slope at 0 would be infinite.
      const energies: Any = add(square(re), square(im));
      const powers: Any = dot(magExp === 2 ? energies : pow(energies, magExp / 2), bands);
      const levels = powerToDb ? decibels(powers, minPower, refPower, topDb) : powers;
      return swapAxes(levels, -1, -2) as Any;
    });
  },
};

function decibels(powers: Any, least: number, reference: number, top: number): Any {
  const levels: Any = multiply(log10(maximum(powers, least)), 10);
  const relative: Any = subtract(levels, 10 * Math.log10(Math.max(reference, least)));
  return top === Infinity ? relative : (maximum(relative, subtract(max(relative), top)) as Any);
}

/** How much each frequency of a transform counts in each band: [frequencies, bands]. The constant part, of frequency 0, is in none. */
function melBands({ fftLength, samplingRate, numMelBins, minFreq, maxFreq }: Required<MelBands>): Any {
  const mel = (hertz: number) => 1127 * Math.log1p(hertz / 700);
  const [low, high] = [mel(minFreq), mel(maxFreq)];
  const edge = (i: number) => low + ((high - low) * i) / (numMelBins + 1);
  const frequencies = Math.floor(fftLength / 2) + 1;
  const value = generate([frequencies, numMelBins], "float32", (i) => {
    const [k, band] = [Math.floor(i / numMelBins), i % numMelBins];
    if (k === 0) return 0;
    const pitch = mel((samplingRate / 2) * (k / (frequencies - 1)));
    const rise = (pitch - edge(band)) / (edge(band + 1) - edge(band));
    const fall = (edge(band + 2) - pitch) / (edge(band + 2) - edge(band + 1));
    return Math.max(0, Math.min(rise, fall));
  });
  return tensorOf(makeNode(constantOp, [], { value }));
}

type MelBands = Pick<Options, "fftLength" | "samplingRate" | "numMelBins" | "minFreq" | "maxFreq">;
