import { glorotUniform } from "../initializers/glorotUniform.js";
import { zeros } from "../initializers/zeros.js";
import { elementCount } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import type { CheckCount } from "../ir/option-checks.js";
import { anyText, anything, checkOption, count, type OptionRule, required, text } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { add } from "../ops/add.js";
import { einsum } from "../ops/einsum.js";
import { bindOperand, type IndexSizes } from "../ops/shared/einsum-shape.js";
import type { FirstMessage } from "../ops/shared/firstMessage.js";
import type { OrMessage } from "../ops/shared/orMessage.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { type CheckEquation, checkEquation, parseEquation } from "../types/equation.js";
import type { Moment, Settled } from "../types/settled.js";
import { bindSizes, type CheckEinsumDense, checkWeight, type EinsumDense, saidIn } from "./einsum-dense-shape.js";
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
 * @param options `equation`, `outputShape`; `biasAxes` (none), `activation`, initializers, regularizers, constraints, `name`
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

const letters: OptionRule = { ...anyText, takes: "a text of letters" };

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
    // As in Keras, what stands in the output, too, counts among the outputs.
    const sizesOf = (isOut: boolean) => kernel.filter((index) => output.includes(index) === isOut).map(sizeOf);
    const fans = { fanIn: elementCount(sizesOf(false)), fanOut: elementCount(sizesOf(true)) };
    const sizes = kernel.map(sizeOf);
    const start = kernelInitializer.withFans?.(sizes, fans) ?? kernelInitializer;
    const made = weight("kernel", sizes, start, rulesOf(options, "kernel"));
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
