import type { Tensor } from "../ir/tensor.js";
import {
  axesNotNamed,
  type CheckPlace,
  type IndexSizes,
  indexDiffers,
  type Result,
  type Walk,
} from "../ops/shared/einsum-shape.js";
import type { FirstMessage, FirstOfRule } from "../ops/shared/firstMessage.js";
import type { Dim, IsName, IsUnknown, Shape, UnknownShape } from "../types/dim.js";
import type { CheckEquation, Equation, ParseEquation } from "../types/equation.js";
import { fill, type Message } from "../types/message.js";
import { show } from "../types/show.js";

const op = "einsumDense";

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
export function saidIn(output: readonly string[]): readonly string[] {
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
  { op: typeof op; equation: E; weight: Weight; index: I; x: X }
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
  unknown extends CheckEquation<typeof op, E, [unknown, unknown]> ? ParseEquation<E> : "wrong";

/** `unknown` where an input fits what the options say, else the message. */
export type CheckEinsumDense<S extends Shape, E extends string, O, A extends string, Beside> = true extends
  | IsUnknown<E>
  | IsUnknown<A>
  ? unknown
  : RightEquation<E> extends Equation<[infer In, infer Kernel], infer Output>
    ? Bound<In, Output, S, O> extends { places: infer Places; sizes: infer Sizes }
      ? FirstOfRule<
          CheckPlace<typeof op, E, Places[0 & keyof Places], "operand 0", S>,
          FirstOfRule<
            CheckPlace<typeof op, E, Places[1 & keyof Places], "outputShape", AsShape<O>>,
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

/** Puts down what `outputShape` says, where it says something. */
export function bindSizes(
  equation: string,
  indices: readonly string[],
  said: readonly (number | null)[],
  { sizes }: IndexSizes,
): string | undefined {
  const shape = show(said.map((size) => size ?? "?"));
  const about = { op, equation, shape };
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
export function checkWeight(
  equation: string,
  weight: string,
  indices: readonly string[],
  { sizes }: IndexSizes,
  among: readonly string[] = indices,
): string | undefined {
  const index = indices.find((each) => !among.includes(each) || typeof sizes.get(each) !== "number");
  if (index === undefined) return undefined;
  const x = among.includes(index) ? (sizes.get(index) ?? notSaid) : notSaid;
  return fill(sizeOfWeight, { op, equation, weight, index, x });
}
