import { type StftInitializerOptions, stftInitializer } from "../initializers/stftInitializer.js";
import { generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { anything, count, flag, oneOf } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { atan2 } from "../ops/atan2.js";
import { builder as b } from "../ops/builder.js";
import { concat } from "../ops/concat.js";
import { conv1d } from "../ops/conv1d.js";
import { log } from "../ops/log.js";
import { maximum } from "../ops/maximum.js";
import { multiply } from "../ops/multiply.js";
import type { Any } from "../ops/shared/composite.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import { type Frequencies, frequenciesOf } from "../ops/shared/spectrum.js";
import { checkTransform, type shortTransform } from "../ops/shared/stft-shape.js";
import { checkWindows } from "../ops/shared/windows/check-convolution.js";
import { type CheckImages, checkImages } from "../ops/shared/windows/images.js";
import type { CheckWindows1d } from "../ops/shared/windows/window-shapes.js";
import { sqrt } from "../ops/sqrt.js";
import { square } from "../ops/square.js";
import { type Floor, type MultiplyDims, multiplyDims, type Times } from "../types/arithmetic.js";
import type { AreNatural, Compare } from "../types/digits.js";
import type { Box, Dim, IsUnknown, SameNow, Shape, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message, type Problem } from "../types/message.js";
import type { Moment, Settled } from "../types/settled.js";
import type { WindowSize } from "../types/window.js";
import { type FloatRule, type LayerKind, layerOf, type Waiting, type WeightedLayer, weighted } from "./layer.js";

/** What a spectrogram gives of each frequency. */
export type SpectrogramMode = "log" | "magnitude" | "psd" | "real" | "imag" | "angle" | "stft";

/** Options of `stftSpectrogram`. */
export interface StftSpectrogramOptions<
  F extends number,
  Step extends number,
  N extends number,
  P extends "valid" | "same",
  M extends SpectrogramMode,
  E extends boolean,
  Now = "now",
> extends WeightedLayer,
    Omit<StftInitializerOptions, "side"> {
  /**
   * What is given of each frequency: `"log"`, the logarithm of its magnitude; `"magnitude"`; `"psd"`, the power (twice, of those that have a
   * conjugate); `"real"` or `"imag"`, one of its parts; `"angle"`; or `"stft"`, both parts, the imaginary ones behind the real ones.
   *
   * @default "log"
   */
  readonly mode?: M;
  /** How many samples a frame has. @default 256 */
  readonly frameLength?: F & CheckCount<typeof kind, "frameLength", F>;
  /** How many samples further the next frame begins: no more than a frame has. @default half of frameLength, 1 at least */
  readonly frameStep?: Step & CheckCount<typeof kind, "frameStep", Step> & CheckStep<F, Step, Now>;
  /** Of how many samples the transform is: as many as a frame has, or more. @default the least power of two for frameLength */
  readonly fftLength?: N & CheckCount<typeof kind, "fftLength", N> & CheckLength<F, N, Now>;
  /** `"valid"` takes whole frames only; with `"same"` they reach over the ends, where zeros stand. @default "valid" */
  readonly padding?: P;
  /** Whether frequencies have an axis of their own, before the channels, as in images. @default false */
  readonly expandDims?: E;
}

type Options = StftSpectrogramOptions<number, number, number, "valid" | "same", SpectrogramMode, boolean>;

const kind = "stftSpectrogram";

export const longStep = "{op}: frameStep {n} is more than frameLength {m}";

/** `unknown` where frames leave nothing out between them, else the message. `Now` settles it within generic functions. */
type CheckStep<F extends number, Step extends number, Now> =
  SameNow<IsLonger<Step, F>, true, Now> extends true
    ? Problem<Message<typeof longStep, { op: typeof kind; n: Step; m: F }>>
    : unknown;

/** The same where a transform is of a whole frame. */
type CheckLength<F extends number, N extends number, Now> =
  SameNow<IsLonger<F, N>, true, Now> extends true
    ? Problem<Message<typeof shortTransform, { op: typeof kind; n: N; length: "frameLength"; m: F }>>
    : unknown;

/** Of what is no count, more is said elsewhere. */
type IsLonger<A extends number, B extends number> = true extends IsUnknown<A> | IsUnknown<B>
  ? false
  : AreNatural<A, B> extends true
    ? 0 extends A | B
      ? false
      : Compare<A, B> extends "greater"
        ? true
        : false
    : false;

type Half<F extends number> = F extends 1 ? 1 : Floor<F, 2> & number;

/** The least power of two that is not below a number. */
export type PowerOfTwo<N extends number, Power extends number = 1> =
  IsUnknown<N> extends true
    ? number
    : Compare<Power, N> extends "less"
      ? Times<Power, 2> extends infer Next extends number
        ? PowerOfTwo<N, Next>
        : number
      : Power;

type Given<N extends number, M extends SpectrogramMode> = [M] extends ["stft"]
  ? Times<Frequencies<N>, 2>
  : "stft" extends M
    ? number
    : Frequencies<N>;

/** Frames of signals, and what is given of the frequencies in each, channel by channel. */
export type StftSpectrogram<
  S,
  F extends number,
  Step extends number,
  N extends number,
  P extends "valid" | "same",
  M extends SpectrogramMode,
  E extends boolean,
> =
  Box<unknown> extends Box<S>
    ? UnknownShape
    : { s: S } extends { s: [infer B extends Dim, infer T extends Dim, infer C extends Dim] }
      ? [E] extends [true]
        ? [B, WindowSize<T, F, Step, P>, Given<N, M>, C]
        : [E] extends [false]
          ? [B, WindowSize<T, F, Step, P>, MultiplyDims<C, Given<N, M>>]
          : UnknownShape
      : UnknownShape;

type CheckSignals<S extends Shape, F extends number, P extends "valid" | "same", Beside> = FirstOfRule<
  CheckImages<typeof kind, S, 3>,
  CheckWindows1d<typeof kind, S, F, P, 1, Beside>
>;

/** The shape rule of `stftSpectrogram` in `sequential`. */
export interface StftSpectrogramRule<
  F extends number,
  Step extends number,
  N extends number,
  P extends "valid" | "same",
  M extends SpectrogramMode,
  E extends boolean,
> extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape ? CheckSignals<S, F, P, this["dtype"]> : unknown;
  readonly out: StftSpectrogram<this["in"], F, Step, N, P, M, E>;
}

/**
 * The short-time Fourier transform of signals in frames that overlap, by convolutions whose kernels begin as waves, and learn. The numbers
 * are those of Keras's `STFTSpectrogram`.
 *
 * @param x [batch, time, channels], float32
 * @param options `mode` ("log"), `frameLength` (256), `frameStep` (half of frameLength), `fftLength` (a power of two), `window` ("hann"), `periodic`
 *   (false), `scaling` ("density"), `padding` ("valid"), `expandDims` (false); `trainable`, `name`
 * @returns [batch, frames, channels · (fftLength/2 + 1)], of mode "stft" twice as many; with `expandDims` [batch, frames, fftLength/2 + 1, channels];
 *   without x, a layer for `sequential`
 * @throws SW_SHAPE when x has another rank, or no whole frame; SW_VALUE when an option is out of range, or lengths do not fit one another
 * @example
 * const image = stftSpectrogram(input(["batch", 16000, 1]), { expandDims: true }); // Tensor<["batch", 124, 129, 1], "float32">
 */
export function stftSpectrogram<
  const F extends number = 256,
  const Step extends number = Half<F>,
  const N extends number = PowerOfTwo<F>,
  const P extends "valid" | "same" = "valid",
  const M extends SpectrogramMode = "log",
  const E extends boolean = false,
  Now extends Moment = "now",
>(options?: StftSpectrogramOptions<F, Step, N, P, M, E, Now>): Waiting<StftSpectrogramRule<F, Step, N, P, M, E>, Now>;
export function stftSpectrogram<
  const S extends Shape,
  D extends DType,
  const F extends number = 256,
  const Step extends number = Half<F>,
  const N extends number = PowerOfTwo<F>,
  const P extends "valid" | "same" = "valid",
  const M extends SpectrogramMode = "log",
  const E extends boolean = false,
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<typeof kind, D, "float32">, CheckSignals<S, F, P, Now>>>[Now],
  options?: StftSpectrogramOptions<F, Step, N, P, M, E, Now>,
): Tensor<Settled<StftSpectrogram<S, F, Step, N, P, M, E>>[Now]>;
export function stftSpectrogram(...args: readonly unknown[]) {
  return layerOf(stftSpectrogramLayer, args);
}

const modes: readonly SpectrogramMode[] = ["log", "magnitude", "psd", "real", "imag", "angle", "stft"];

/** Below this, no magnitude counts, nor power: its logarithm, and the slope of its root, would be infinite. */
const least = 1e-7;

const stftSpectrogramLayer: LayerKind<Options> = {
  kind,
  rules: {
    ...weighted,
    mode: oneOf(modes),
    frameLength: count,
    frameStep: count,
    fftLength: count,
    padding: oneOf(["valid", "same"]),
    expandDims: flag,
    // Of what kernels begin as, `stftInitializer` says what there is.
    window: anything,
    periodic: anything,
    scaling: anything,
  },
  build(x, options, { scope, weight }) {
    const { mode = "log", frameLength = 256, padding = "valid", expandDims = false } = options;
    const { frameStep = Math.max(1, Math.floor(frameLength / 2)), fftLength = 2 ** Math.ceil(Math.log2(frameLength)) } =
      options;
    const { window = "hann", periodic = false, scaling = "density" } = options;
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_SHAPE", kind, checkImages(kind, x.shape, 1));
    const isTooLong = frameStep > frameLength;
    refuse("SW_VALUE", kind, isTooLong ? fill(longStep, { op: kind, n: frameStep, m: frameLength }) : undefined);
    refuse("SW_VALUE", kind, checkTransform(kind, frameLength, fftLength, "frameLength"));
    refuse("SW_SHAPE", kind, checkWindows(kind, x.shape, [frameLength], { strides: [frameStep], padding }));
    return within({ ...currentPlace(), scope }, () => {
      const shape = [frameLength, 1, frequenciesOf(fftLength) as number];
      const part = (side: "real" | "imag"): Any => {
        const kernel = weight(`${side}Kernel`, shape, stftInitializer({ side, window, periodic, scaling }));
        return convolved(x, kernel as Any, { strides: frameStep, padding });
      };
      const found = mode === "real" || mode === "imag" ? part(mode) : ofBoth(mode, part("real"), part("imag"));
      const channelsLast = arranged(found, expandDims);
      return mode === "log" ? (log(maximum(channelsLast, least) as Any) as Any) : channelsLast;
    });
  },
};

/** Each channel by itself: [batch, channels, frames, frequencies]. */
function convolved(x: Any, kernel: Any, options: { strides: number; padding: "valid" | "same" }): Any {
  const [batch, time, channels] = x.shape as [Dim, Dim, Dim];
  const turned = b.op("transpose", [nodeOf(x)], { permutation: [0, 2, 1] });
  const alone = b.op("reshape", [turned], { shape: [multiplyDims(batch, channels), time, 1] });
  const found = nodeOf(conv1d(tensorOf(alone) as Any, kernel, options as never));
  return tensorOf(b.op("reshape", [found], { shape: [batch, channels, ...found.shape.slice(1)] }));
}

function ofBoth(mode: Exclude<SpectrogramMode, "real" | "imag">, real: Any, imaginary: Any): Any {
  if (mode === "angle") return atan2(imaginary, real) as Any;
  if (mode === "stft") return concat([real, imaginary], -1) as Any;
  const power: Any = add(square(real) as Any, square(imaginary) as Any);
  if (mode !== "psd") return sqrt(maximum(power, least) as Any) as Any;
  const frequencies = power.shape.at(-1) as number;
  const twice = generate([frequencies], "float32", (i) => (i === 0 || i === frequencies - 1 ? 1 : 2));
  return multiply(power, tensorOf(b.constant(twice)) as Any) as Any;
}

/** Frames first: frequencies before channels, or those of each channel beside one another. */
function arranged(x: Any, expandDims: boolean): Any {
  const [batch, channels, frames, frequencies] = x.shape as [Dim, Dim, Dim, Dim];
  const permutation = expandDims ? [0, 2, 3, 1] : [0, 2, 1, 3];
  const turned = b.op("transpose", [nodeOf(x)], { permutation });
  if (expandDims) return tensorOf(turned);
  return tensorOf(b.op("reshape", [turned], { shape: [batch, frames, multiplyDims(channels, frequencies)] }));
}
