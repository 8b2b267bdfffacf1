import { generate } from "../ir/array.js";
import { checkOptions, flag, type OptionRule, type OptionRules, oneOf } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import { cosines, sumOfCosines, windowAt } from "../ops/shared/signalWindow.js";
import { show } from "../types/show.js";
import type { Initializer } from "./initializer.js";

/** Options of `stftInitializer`. */
export interface StftInitializerOptions {
  /** Which part of the transform's complex numbers a kernel gives: `"real"` or `"imag"`. @default "real" */
  readonly side?: "real" | "imag";
  /** What the signal is multiplied by within a window: `"hann"`, `"hamming"`, `"blackman"`; null for nothing. @default "hann" */
  readonly window?: "hann" | "hamming" | "blackman" | null;
  /** What windows are divided by: `"density"`, the root of the sum of their squares; `"spectrum"`, their sum; null for nothing. @default "density" */
  readonly scaling?: "density" | "spectrum" | null;
  /** Whether windows are parts of a periodic function, rather than symmetric. @default false */
  readonly periodic?: boolean;
}

const orNull = (rule: OptionRule): OptionRule => ({
  takes: `${rule.takes}, or null`,
  accepts: (value) => value === null || rule.accepts(value),
});
const rules: OptionRules<StftInitializerOptions> = {
  side: oneOf(["real", "imag"]),
  window: orNull(oneOf(["hann", "hamming", "blackman"])),
  scaling: orNull(oneOf(["density", "spectrum"])),
  periodic: flag,
};

/**
 * A kernel for `conv1d` that gives one side of the short-time Fourier transform of a signal: of a shape
 * [window, 1, frequencies], the lower half of the frequencies and the one between.
 *
 * @throws SW_VALUE when an option is none, or, where a variable gets its value, its shape is another
 * @example
 * const kernel = variable("kernel", [128, 1, 65], stftInitializer({ side: "imag" }));
 */
export function stftInitializer(options: StftInitializerOptions = {}): Initializer {
  checkOptions("stftInitializer", options, rules);
  const { side = "real", window = "hann", scaling = "density", periodic = false } = options;
  const given = { side, window, scaling, periodic };
  const said = Object.entries(given).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return {
    name: `stft(${side})`,
    expression: `stftInitializer({ ${said.join(", ")} })`,
    sample(shape) {
      const fits = shape.length === 3 && shape[1] === 1;
      refuse(
        "SW_VALUE",
        "stftInitializer",
        fits ? undefined : `stftInitializer: fills kernels [window, 1, frequencies], got ${show(shape)}`,
      );
      const [length, , frequencies] = shape as readonly [number, 1, number];
      const weights = windowOf(length, window, periodic);
      const total = weights.reduce((sum, weight) => sum + (scaling === "density" ? weight ** 2 : Math.abs(weight)), 0);
      const scale = window === null || scaling === null ? 1 : scaling === "density" ? Math.sqrt(total) : total;
      return generate(shape, "float32", (i) => {
        const [time, frequency] = [Math.floor(i / frequencies), i % frequencies];
        const angle = (-2 * Math.PI * time * frequency) / ((frequencies - 1) * 2);
        const wave = side === "real" ? Math.cos(angle) : Math.sin(angle);
        return (wave * weights[time]!) / scale;
      }).data;
    },
  };
}

function windowOf(length: number, window: StftInitializerOptions["window"], periodic: boolean): number[] {
  const at = windowAt(length, periodic, sumOfCosines(window ? cosines[window] : [1]));
  return Array.from({ length }, (_, i) => at(i));
}
