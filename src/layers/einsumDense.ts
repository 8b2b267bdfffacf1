import { glorotUniform } from "../initializers/glorotUniform.js";
import { zeros } from "../initializers/zeros.js";
import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import { anything, checkOption, count, type OptionRule, required, text } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { einsum } from "../ops/einsum.js";
import {
  axesNotNamed,
  bindOperand,
  type CheckPlace,
  type IndexSizes,
  indexDiffers,
  type Result,
  type Walk,
} from "../ops/shared/einsum-shape.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { OrMessage } from "../ops/shared/orMessage.js";
import type { Dim, IsName, IsUnknown, Shape, UnknownShape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import {
  type CheckEquation,
  checkEquation,
  type Equation,
  type ParseEquation,
  parseEquation,
} from "../types/equation.js";
import { fill, type Message } from "../types/message.js";
import type { Moment, Settled } from "../types/settled.js";
import { show } from "../types/show.js";
import { type KernelAndBiasOptions, kernelAndBiasRules } from "./kernelAndBias.js";
import { activated, type FloatRule, type LayerKind, layerOf, type Waiting } from "./layer.js";
import { rulesOf } from "./rulesOf.js";

const kind = "einsumDense";

/** The sizes of an output, `null` where the input says them. */
export type OutputSizes = number | readonly (number | null)[];

/** Options of `einsumDense`. */
export interface EinsumDenseOptions<E extends string, O extends OutputSizes, A extends string>
  extends Omit<KernelAndBiasOptions, "useBias"> {
  /** The indices of the input, the kernel and the output, as in `einsum`: `"btc,chd->bthd"`. */
  readonly equation: OrMessage<E, CheckEquation<typeof kind, E, [unknown, unknown]>>;
  /** The sizes of the output, without the batch axis and those of `...`; `null` stands for what the input says. */
  readonly outputShape: O & CheckEach<O>;
  /** The indices of the output that have a bias of their own each, such as `"hd"`: none, unless said otherwise. */
  readonly biasAxes?: A;
}

type CheckEach<O> = O extends readonly unknown[] ? { readonly [K in keyof O]: CheckOne<O[K]> } : CheckOne<O>;
type CheckOne<N> = N extends number ? CheckCount<typeof kind, "outputShape", N> : unknown;

type Options = EinsumDenseOptions<string, OutputSizes, string>;

/** The indices that `outputShape` has sizes of: not the batch's, which stands first where there is no `...` before all others. */
type Said<Output> = Output extends ["...", ...infer Rest]
  ? Rest
  : Output extends [unknown, ...infer Rest]
    ? WithoutDots<Rest>
    : [];

type WithoutDots<Indices> = Indices extends [infer First, ...infer Rest]
  ? First extends "..."
    ? WithoutDots<Rest>
    : [First, ...WithoutDots<Rest>]
  : [];

/** Runtime twin of `Said`. */
function saidIn(output: readonly string[]): readonly string[] {
  return (output[0] === "..." ? output : output.slice(1)).filter((index) => index !== "...");
}

/** Sizes that are said, as a shape: what is not said is not known. */
type AsShape<O> = O extends number
  ? [O]
  : O extends readonly (number | null)[]
    ? number extends O["length"]
      ? any
      : { -readonly [K in keyof O]: O[K] extends number ? O[K] : number }
    : any;

/** What an equation binds: the input's sizes, then those of the output. */
type Bound<In, Output, S extends Shape, O> = Walk<[In, Said<Output>], [Tensor<S>, Tensor<AsShape<O>>]>;

export const sizeOfWeight = "{op}: {equation}: the sizes of the {weight} are numbers, but that of {index} is {x}";
const notSaid = "unsaid";

/** `unknown` where each index of a weight, which is one of `Among`, has a size that can be a weight's, else the message. */
type CheckWeight<E extends string, Weight extends string, Indices, Sizes, Known, Among, Beside> = Indices extends [
  infer I extends string,
  ...infer Rest,
]
  ? I extends Among
    ? Sizes extends { [_ in I]: infer D extends Dim }
      ? IsName<D, Beside> extends true
        ? WrongWeight<E, Weight, I, D>
        : CheckWeight<E, Weight, Rest, Sizes, Known, Among, Beside>
      : I extends Known
        ? CheckWeight<E, Weight, Rest, Sizes, Known, Among, Beside>
        : WrongWeight<E, Weight, I, typeof notSaid>
    : WrongWeight<E, Weight, I, typeof notSaid>
  : unknown;

type WrongWeight<E extends string, Weight extends string, I extends string, X extends Dim> = Message<
  typeof sizeOfWeight,
  { op: typeof kind; equation: E; weight: Weight; index: I; x: X }
>;

/** Indices that have a size, known to types or not: the input's, and what `outputShape` says. */
type Sized<In, Output, O> = In extends readonly (infer I)[]
  ? Exclude<I, "..."> | (O extends number ? (Said<Output> extends [infer One] ? One : never) : SizedBy<Said<Output>, O>)
  : never;

type SizedBy<Indices, O> = O extends readonly (number | null)[]
  ? number extends O["length"]
    ? Indices extends readonly (infer I)[]
      ? I
      : never
    : {
        [K in keyof Indices & keyof O]: O[K] extends number ? Indices[K] : never;
      }[keyof Indices & keyof O & `${number}`]
  : never;

type Letters<A extends string> = A extends `${infer First}${infer Rest}` ? [First, ...Letters<Rest>] : [];

/** What an equation says; of a wrong one nothing, which is told where it stands. */
type RightEquation<E extends string> =
  unknown extends CheckEquation<typeof kind, E, [unknown, unknown]> ? ParseEquation<E> : "wrong";

/** `unknown` where an input fits what the options say, else the message. */
export type CheckEinsumDense<S extends Shape, E extends string, O, A extends string, Beside> = true extends
  | IsUnknown<E>
  | IsUnknown<A>
  ? unknown
  : RightEquation<E> extends Equation<[infer In, infer Kernel], infer Output>
    ? Bound<In, Output, S, O> extends { places: infer Places; sizes: infer Sizes }
      ? FirstMessage<
          CheckPlace<typeof kind, E, Places[0 & keyof Places], "operand 0", S>,
          FirstMessage<
            CheckPlace<typeof kind, E, Places[1 & keyof Places], "outputShape", AsShape<O>>,
            FirstMessage<
              CheckWeight<E, "kernel", Kernel, Sizes, Sized<In, Output, O>, string, Beside>,
              CheckWeight<E, "bias", Letters<A>, Sizes, Sized<In, Output, O>, InOutput<Output>, Beside>
            >
          >
        >
      : unknown
    : unknown;

type InOutput<Output> = Output extends readonly (infer I)[] ? I : never;

/** The shape that an input becomes. */
export type EinsumDense<S extends Shape, E extends string, O> =
  IsUnknown<E> extends true
    ? UnknownShape
    : ParseEquation<E> extends Equation<[infer In, unknown], infer Output>
      ? Bound<In, Output, S, O> extends { sizes: infer Sizes; dots: infer Dots }
        ? Sizes extends "wrong"
          ? UnknownShape
          : Result<Output, Sizes, Dots, []>
        : UnknownShape
      : UnknownShape;

/** The shape rule of `einsumDense` in `sequential`. */
export interface EinsumDenseRule<E extends string, O extends OutputSizes, A extends string>
  extends FloatRule<typeof kind> {
  readonly check: this["in"] extends infer S extends Shape ? CheckEinsumDense<S, E, O, A, this["dtype"]> : unknown;
  readonly out: this["in"] extends infer S extends Shape ? EinsumDense<S, E, O> : Shape;
}

/** The layer alone, which waits for its input: for `sequential`, and to be called. */
export function einsumDense<
  const E extends string,
  const O extends OutputSizes,
  const A extends string = "",
  Now extends Moment = "now",
>(options: EinsumDenseOptions<E, O, A>): Waiting<EinsumDenseRule<E, O, A>, Now>;
/**
 * A fully connected layer along any axes: activation(einsum(equation, x, kernel) + bias). The kernel's shape is what the equation says of it.
 * The numbers are those of Keras's `EinsumDense`, whose bias has the sizes of `biasAxes`, and 1 between them.
 *
 * @param x float32, with the axes that the equation names first
 * @param options `equation`, `outputShape`; `biasAxes` (none), `activation`, `kernelInitializer`, `biasInitializer`, `name`
 * @returns the axes that the equation names last; without x, a layer for `sequential`
 * @throws SW_VALUE when the equation is none of an input and a kernel; SW_SHAPE when x or `outputShape` does not fit it, or a weight would have
 *   a size with a name, or of which nothing is said
 * @example
 * const x = input(["batch", "time", 64]);
 * const heads = einsumDense(x, { equation: "btc,chd->bthd", outputShape: [null, 8, 32], biasAxes: "hd" }); // Tensor<["batch", "time", 8, 32], "float32">
 */
export function einsumDense<
  const S extends Shape,
  D extends DType,
  const E extends string,
  const O extends OutputSizes,
  const A extends string = "",
  Now extends Moment = "now",
>(
  x: Tensor<S, D> & Settled<FirstMessage<CheckDType<typeof kind, D, "float32">, CheckEinsumDense<S, E, O, A, D>>>[Now],
  options: EinsumDenseOptions<E, O, A>,
): Tensor<Settled<EinsumDense<S, E, O>>[Now]>;
export function einsumDense(...args: readonly unknown[]) {
  return layerOf(einsumDenseLayer, args);
}

const letters: OptionRule = { takes: "a text of letters", accepts: (value) => typeof value === "string" };

const einsumDenseLayer: LayerKind<Options> = {
  kind,
  rules: {
    ...kernelAndBiasRules,
    equation: required(text),
    outputShape: anything,
    biasAxes: letters,
  } as LayerKind<Options>["rules"],
  build(x, options, { scope, weight }) {
    const { equation, outputShape, biasAxes = "", activation } = options;
    const { kernelInitializer = glorotUniform(), biasInitializer = zeros() } = options;
    refuse("SW_DTYPE", kind, checkDType(kind, x.dtype, ["float32"]));
    refuse("SW_VALUE", kind, checkEquation(kind, equation, 2));
    const { inputs, output } = parseEquation(equation);
    const [input, kernel] = inputs as [string[], string[]];
    const said: readonly (number | null)[] = Array.isArray(outputShape) ? Array.from(outputShape) : [outputShape];
    for (const size of said) if (size !== null) checkOption(kind, "outputShape", size, required(count));
    const known: IndexSizes = { sizes: new Map(), dots: undefined };
    refuse("SW_SHAPE", kind, bindOperand(kind, equation, input, "operand 0", x.shape, known));
    refuse("SW_SHAPE", kind, bindSizes(equation, saidIn(output), said, known));
    refuse("SW_SHAPE", kind, checkWeight(equation, "kernel", kernel, known));
    const own = [...biasAxes];
    refuse("SW_SHAPE", kind, checkWeight(equation, "bias", own, known, output));
    const sizeOf = (index: string) => known.sizes.get(index) as number;
    const made = weight("kernel", kernel.map(sizeOf), kernelInitializer, rulesOf(options, "kernel"));
    const product = einsum(equation as any, x as never, made as never) as Tensor<any>;
    const from = output.findIndex((index) => own.includes(index));
    // Of `...` behind the first of its axes, as of others, the bias has one place.
    const shape = output
      .slice(from)
      .flatMap((index) =>
        index === "..." ? (known.dots ?? []).map(() => 1) : [own.includes(index) ? sizeOf(index) : 1],
      );
    const bias = () => weight("bias", shape, biasInitializer, rulesOf(options, "bias"));
    const sum = own.length > 0 ? (add(product, bias() as Tensor<any>) as Tensor<any>) : product;
    return activation ? activated(scope.kind, activation, sum) : sum;
  },
};

/** Puts down what `outputShape` says, where it says something. */
function bindSizes(
  equation: string,
  indices: readonly string[],
  said: readonly (number | null)[],
  { sizes }: IndexSizes,
): string | undefined {
  const shape = show(said.map((size) => size ?? "?"));
  const about = { op: kind, equation, shape };
  if (said.length !== indices.length) return fill(axesNotNamed, { ...about, indices: indices.join("") });
  for (const [axis, index] of indices.entries()) {
    const y = said[axis]!;
    const x = sizes.get(index) ?? y;
    if (y === null || x === null) continue;
    if (x !== y) return fill(indexDiffers, { ...about, index, x, y, where: "outputShape" });
    sizes.set(index, x);
  }
  return undefined;
}

/** Runtime twin of `CheckWeight`. */
function checkWeight(
  equation: string,
  weight: string,
  indices: readonly string[],
  { sizes }: IndexSizes,
  among: readonly string[] = indices,
): string | undefined {
  const index = indices.find((each) => !among.includes(each) || typeof sizes.get(each) !== "number");
  if (index === undefined) return undefined;
  const x = among.includes(index) ? (sizes.get(index) ?? notSaid) : notSaid;
  return fill(sizeOfWeight, { op: kind, equation, weight, index, x });
}
