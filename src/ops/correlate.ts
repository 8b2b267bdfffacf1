import type { DType } from "../ir/dtype.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import { checkOptions, oneOf } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { AddDims } from "../types/arithmetic.js";
import type { Compare, Subtract } from "../types/digits.js";
import type { Dim, IsUnknown, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { fill, type Message } from "../types/message.js";
import { type Show, show } from "../types/show.js";
import { type CheckVector, checkVector } from "../types/vector.js";
import type { WindowSize } from "../types/window.js";
import { builder as b } from "./builder.js";
import { conv1d } from "./conv1d.js";
import type { Any } from "./shared/composite.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { namedFilterSize } from "./shared/windows/check-convolution.js";

const name = "correlate";

/** Which overlaps of two signals count. */
export type CorrelateMode = "valid" | "same" | "full";

/** Options of `correlate`. */
export interface CorrelateOptions<M> {
  /** Which overlaps count: `"valid"`, whole ones; `"same"`, as many as the longer signal has places, around the middle; `"full"`, all. @default "valid" */
  readonly mode?: M;
}

/** `unknown` where a filter's size is no name, else the message. */
type CheckNumbered<F extends Shape> = number extends F["length"]
  ? unknown
  : F[0] extends infer M
    ? M extends string
      ? Message<typeof namedFilterSize, { op: typeof name; filter: Show<F> }>
      : unknown
    : never;

/**
 * How alike two signals are as one moves along the other: cₖ = Σ xₙ₊ₖ · yₙ. NumPy's `correlate`, of vectors. Of a signal whose size is a name, it
 * is taken to be no shorter than y, unless the mode is `"full"`.
 *
 * @param x a vector, float32
 * @param y another one, whose size is a number; float32
 * @param options `mode` ("valid")
 * @returns for n and m numbers, |n - m| + 1, the larger of both, or n + m - 1
 * @throws SW_SHAPE when one is no vector, or y's size is a name; SW_DTYPE when one is not float32; SW_VALUE when there is no such mode
 * @example
 * const c = correlate(input(["time"]), constant([0.5, 1, 0.5]), { mode: "same" }); // Tensor<["time"], "float32">
 */
export function correlate<
  const S extends Shape,
  D extends DType,
  const F extends Shape,
  E extends DType,
  const M extends CorrelateMode = "valid",
>(
  x: Tensor<S, D> & FirstMessage<CheckDType<typeof name, D, "float32">, CheckVector<typeof name, S>>,
  y: Tensor<F, E> &
    FirstMessage<CheckDType<typeof name, E, "float32">, FirstMessage<CheckVector<typeof name, F>, CheckNumbered<F>>>,
  options: CorrelateOptions<M> = {},
): Tensor<[Correlated<S[0], F[0], M>]> {
  const [node, filter] = [nodeOf(x, name), nodeOf(y, name)];
  for (const each of [node, filter]) {
    refuse("SW_DTYPE", name, checkDType(name, each.dtype, ["float32"]));
    refuse("SW_SHAPE", name, checkVector(name, each.shape));
  }
  const [[n], [m]] = [node.shape, filter.shape] as [[Dim], [Dim]];
  if (typeof m !== "number") refuse("SW_SHAPE", name, fill(namedFilterSize, { op: name, filter: show(filter.shape) }));
  checkOptions<CorrelateOptions<CorrelateMode>>(name, options, { mode: oneOf(["valid", "same", "full"]) });
  const { mode = "valid" } = options as CorrelateOptions<CorrelateMode>;
  const attributes = { strides: [1], padding: "valid" } as const;
  const check = { rule: "windows", shape: [1, n, 1], given: { size: [m as number], attributes } } as const;
  return calling(
    name,
    () => {
      const moved = b.op("reshape", [node], { shape: [1, n, 1] });
      const window = b.op("reshape", [filter], { shape: [m, 1, 1] });
      const padding = [paddingOf(n, m as number, mode)] as const;
      const found: Any = conv1d(tensorOf(moved) as Any, tensorOf(window) as Any, { padding: padding[0] as never });
      const { shape } = nodeOf(found);
      return tensorOf(b.op("reshape", [nodeOf(found)], { shape: [shape[1]!] }));
    },
    mode === "full" || typeof n === "number" ? undefined : check,
  ) as Tensor<any>;
}

/** How many zeros stand before x and behind it: of all overlaps, m - 1; of fewer, as many less. */
function paddingOf(n: Dim, m: number, mode: CorrelateMode): [before: number, behind: number] {
  if (mode === "full") return [m - 1, m - 1];
  if (typeof n === "string" || n >= m) {
    // Of m - 1 that are left out, the smaller half stands first.
    return mode === "valid" ? [0, 0] : [Math.ceil((m - 1) / 2), Math.floor((m - 1) / 2)];
  }
  if (mode === "valid") return [m - n, m - n];
  // NumPy takes the shorter one for the filter, and turns what it finds around.
  const first = Math.ceil((n - 1) / 2);
  return [m - 1 - first, m - n + first];
}

/** The size of a correlation. */
export type Correlated<N extends Dim, F extends Dim, Mode extends CorrelateMode> = true extends
  | IsUnknown<N>
  | IsUnknown<F>
  ? number
  : F extends number
    ? Mode extends "full"
      ? AddDims<N, Subtract<F, 1>>
      : N extends number
        ? Compare<N, F> extends "less"
          ? Mode extends "same"
            ? F
            : WindowSize<F, N, 1, "valid">
          : Mode extends "same"
            ? N
            : WindowSize<N, F, 1, "valid">
        : Mode extends "same"
          ? N
          : WindowSize<N, F, 1, "valid">
    : number;
