import type { Computation } from "../../compiler/program.js";
import type { Executable } from "../../runtime/backends/backend.js";
import { Interpreter } from "../../runtime/backends/interpreter.js";
import type { Machine } from "../../runtime/backends/machine.js";
import { loadReference, referenceMachine } from "../../runtime/backends/reference.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import type { OpName } from "../../src/ir/node.js";
import { type Random, random } from "../../src/ir/random.js";
import { callWith } from "../support/computation.js";
import { rounded } from "../support/numerics.js";

/** Rounding errors as kernels make them, and a little larger: relative to a result, or to the largest operand of a sum. */
const unit = 2 ** -22;

/** Ops of several numbers that round relative to their result alone, and so give exact zeros where an operand is 0. */
const relative: ReadonlySet<OpName> = new Set<OpName>(["multiply", "divide", "maximum", "minimum", "max", "pow"]);

/** Ops of whole rows, in each of which the numbers add up. */
const ofRows: ReadonlySet<OpName> = new Set<OpName>(["softmax", "logSoftmax"]);

/** Ops that ask where in each window the largest element stands. */
const ofWinners: ReadonlySet<OpName> = new Set<OpName>(["maxPoolGradient", "maxPoolGather"]);

/** Transforms by which what is not finite goes into all that they give: as an infinity, or as NaN. */
const ofFrequencies: ReadonlySet<OpName> = new Set<OpName>(["fft", "rfft", "irfft"]);

/** The reference kernels with an error in all that they compute. */
function noisyMachine(generator: Random, odd: boolean): Machine<NdArray> {
  const noise = () => unit * (2 * generator.uniform() - 1);
  // Kernels multiply what is not finite by the zeros of paddings, dilations and other groups, or don't: each in its way.
  const unsettled = ({ shape, dtype }: NdArray) => generate(shape, dtype, () => (odd ? 0 : Number.NaN));
  const settledWhere = (isSettled: (value: number) => boolean) => (result: NdArray) =>
    generate(result.shape, result.dtype, (i) => (isSettled(result.data[i]) ? result.data[i] : odd ? 0 : Number.NaN));
  const noisy = (x: NdArray, absolute: number): NdArray =>
    x.dtype === "float32"
      ? generate(x.shape, "float32", (i) => {
          const value = x.data[i] as number;
          return Number.isFinite(value) ? value * (1 + noise()) + absolute * noise() : value;
        })
      : x;
  return {
    ...referenceMachine,
    run(definition, inputs, context) {
      let results = referenceMachine.run(definition, inputs, context);
      const sizes = inputs.map(({ shape }) => shape as number[]);
      const flops = definition.flops({ inputs: sizes, shape: context.shape, attributes: context.attributes });
      if (flops === 0) return results;
      if (definition.name.startsWith("convolution") && !(largest(inputs, false) < 1e20)) return results.map(unsettled);
      if (ofFrequencies.has(definition.name) && !(largest(inputs, false) < Infinity)) return results.map(unsettled);
      // TensorFlow's kernels pass NaN over in windows, and begin with the least number, which is not -∞.
      if (ofWinners.has(definition.name) && inputs[0]!.data.some(Number.isNaN)) return results.map(unsettled);
      if (definition.name === "maxPool")
        results = results.map(settledWhere((value) => value > Number.NEGATIVE_INFINITY));
      // Beside a NaN or ∞ in a row, oneDNN's kernels, which stand in for TensorFlow's own, give zeros.
      if (ofRows.has(definition.name)) results = results.map(settledWhere((value) => !Number.isNaN(value)));
      return results.map((result) => noisy(result, scaleOf(definition.name, inputs, result)));
    },
    fromHost: (value) => noisy(value, 0),
  };
}

/** What the error of an op's results is relative to besides these. */
function scaleOf(op: OpName, inputs: readonly NdArray[], result: NdArray): number {
  if (rounded.has(op)) return 2;
  if (relative.has(op) || (inputs.length === 1 && `${inputs[0]!.shape}` === `${result.shape}`)) return 0;
  return largest(inputs.filter(({ dtype }) => dtype === "float32"));
}

function largest(arrays: readonly NdArray[], finite = true): number {
  let most = 0;
  for (const { data } of arrays)
    for (const value of data) if (!finite || Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

/** What is right, and how far from it other kernels may be: NaN where the number isn't settled by the inputs. */
export interface Wanted {
  readonly values: NdArray;
  readonly tolerances: readonly number[];
}

const runs = 5;

/** Some computing by kernels: what comes of it, by names. */
type Run = (load: (computation: Computation) => Executable) => Readonly<Record<string, NdArray>>;

/** The outputs of a computation on the reference kernels, with the spread of what small errors make of them. */
export function wantedOf(computation: Computation, arrays: readonly NdArray[]): Record<string, Wanted> {
  return spreadOf((load) => callWith(load(computation), arrays));
}

/** What comes of a run on the reference kernels, with the spread of what small errors make of it. */
export function spreadOf(run: Run): Record<string, Wanted> {
  const exact = run(loadReference);
  const generator = random(1, "noise");
  const noisy = Array.from({ length: runs }, (_, i) =>
    run((computation) => new Interpreter(noisyMachine(generator, i % 2 > 0), computation)),
  );
  return Object.fromEntries(
    Object.entries(exact).map(([name, values]) => {
      const scale = Math.max(1, largest([values]));
      const tolerances = Array.from(values.data as ArrayLike<number>, (value, i) => {
        const others = noisy.map((results) => results[name]!.data[i] as number);
        return toleranceOf(value, others, values.dtype === "float32" ? scale : 0);
      });
      return [name, { values, tolerances }];
    }),
  );
}

/** NaN where the runs aren't of one kind, or are too far apart to tell anything. */
function toleranceOf(value: number, others: readonly number[], scale: number): number {
  if (others.every((other) => Object.is(other, value))) return Number.isFinite(value) ? 2e-6 * scale : 0;
  if (!Number.isFinite(value) || !others.every(Number.isFinite)) return Number.NaN;
  if (scale === 0) return Number.NaN;
  const spread = Math.max(...others.map((other) => Math.abs(other - value)));
  // Another order of the same sums, or a jump.
  return spread > 1e-2 * Math.max(Math.abs(value), scale * 1e-2) ? Number.NaN : 30 * spread + 2e-6 * scale;
}

/** The first element that isn't what is wanted, in words. */
export function difference(actual: NdArray | undefined, { values, tolerances }: Wanted): string | undefined {
  if (!actual) return "is missing";
  if (actual.dtype !== values.dtype) return `is ${actual.dtype}, not ${values.dtype}`;
  if (`${actual.shape}` !== `${values.shape}`) return `is of shape [${actual.shape}], not [${values.shape}]`;
  for (let i = 0; i < tolerances.length; i++) {
    const [a, w, tolerance] = [actual.data[i] as number, values.data[i] as number, tolerances[i]!];
    if (Number.isNaN(tolerance) || Object.is(a, w) || a === w) continue;
    if (!(Math.abs(a - w) <= tolerance)) return `element ${i} is ${a}, not ${w} to within ${tolerance}`;
  }
  return undefined;
}
