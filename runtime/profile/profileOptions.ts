import { type DimSizes, sizesOf } from "../../compiler/analysis/sizes.js";
import { feedsOf, type Program } from "../../compiler/program.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { dimNames } from "../../src/ir/evaluate.js";
import { inWords } from "../../src/ir/inWords.js";
import { listNames } from "../../src/ir/nearest.js";
import { aRecord, checkOption, checkOptions, count, type OptionRules, required } from "../../src/ir/options.js";

/** Options of `profile`. */
export interface ProfileOptions {
  /** The sizes of named dims: `{ batch: 128 }`. What has none is 32. */
  readonly dims?: Readonly<Record<string, number>>;
}

const rules: OptionRules<ProfileOptions> = {
  dims: { ...aRecord, takes: "a record of sizes, such as { batch: 128 }" },
};

/** What a named dim is where nothing is said. */
const usualSize = 32;

/**
 * The sizes of the named dims of what a program is fed.
 *
 * @throws SW_VALUE for options that are none; SW_NAME for a dim that nothing has
 */
export function profiledSizes(program: Program, options: ProfileOptions): DimSizes {
  const op = "profile";
  checkOptions(op, options, rules);
  const { dims = {} } = options;
  const names = new Set([...feedsOf(program).values()].flatMap(({ shape }) => shape.flatMap(dimNames)));
  for (const [name, size] of Object.entries(dims)) {
    if (!names.has(name))
      throw new ShapewrightError(
        "SW_NAME",
        `${op}: no dim is named ${inWords(name)}; there are ${listNames(name, [...names])}`,
        op,
      );
    checkOption(op, `dims.${name}`, size, required(count));
  }
  return new Map([...names].map((name) => [name, dims[name] ?? usualSize]));
}

/** Numbers that stand for what a program is fed. */
export function standIns(program: Program, sizes: DimSizes): Record<string, NdArray> {
  return Object.fromEntries(
    [...feedsOf(program)].map(([key, { shape, dtype }]) => {
      return [key, generate(sizesOf(shape, sizes), dtype, () => (dtype === "float32" ? 0.5 : 0))];
    }),
  );
}
