import { generate } from "../../ir/array.js";
import { makeNode } from "../../ir/makeNode.js";
import { tensorOf } from "../../ir/node.js";
import { checkOption, checkOptions, count, flag, type OptionRules, required } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import { constantOp } from "../constant.js";
import { type CheckDim, checkDims } from "./checkDims.js";
import { opFunction } from "./opFunction.js";

/** Options of the windows of signals. */
export interface SignalWindowOptions {
  /** Whether the window is a part of a periodic function, as spectra take it, rather than symmetric. @default false */
  readonly periodic?: boolean;
}

const rules: OptionRules<SignalWindowOptions> = { periodic: flag };

/** A function that gives a window of a length as a constant. */
export type SignalWindowFunction<Op extends string> = <const N extends number>(
  length: N & CheckDim<Op, N>,
  options?: SignalWindowOptions,
) => Tensor<[N]>;

/** The public function of a window, whose heights are those of a curve over 0 to 1: the places, by how far it is from 0 to 1. */
export function signalWindow<Op extends string>(name: Op, curve: (x: number) => number): SignalWindowFunction<Op> {
  return opFunction(name, ["length", "options"], (length, options = {}) => {
    refuse("SW_VALUE", name, checkDims(name, [length as number]));
    checkOption(name, "length", length, required(count));
    checkOptions(name, options, rules);
    return heights(length as number, options.periodic, curve);
  });
}

/** The heights of a window as a constant; of one place alone, 1. */
export function heights<N extends number>(
  length: number,
  periodic: boolean | undefined,
  curve: (x: number) => number,
): Tensor<[N]> {
  const value = generate([length], "float32", windowAt(length, periodic === true, curve));
  return tensorOf(makeNode(constantOp, [], { value }));
}

/** The height at each place of a window. */
export function windowAt(length: number, periodic: boolean, curve: (x: number) => number): (place: number) => number {
  const period = periodic ? length : length - 1;
  return (place) => (length === 1 ? 1 : curve(place / period));
}

/** The weights of cosines of 0, 1 and 2 periods that windows are sums of. */
export const cosines = { hann: [0.5, -0.5], hamming: [0.54, -0.46], blackman: [0.42, -0.5, 0.08] } as const;

/** The sum of cosines with such weights. */
export function sumOfCosines(weights: readonly number[]): (x: number) => number {
  return (x) => weights.reduce((sum, weight, k) => sum + weight * Math.cos(2 * Math.PI * k * x), 0);
}
