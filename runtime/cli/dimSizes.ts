import { InvalidArgumentError } from "commander";
import type { DimSizes } from "../../compiler/analysis/sizes.js";
import { defaultSize } from "../../compiler/analysis/usualSizes.js";
import { didYouMean } from "../../src/ir/nearest.js";
import { nodeOf } from "../../src/ir/node.js";
import type { AnyTensor } from "../../src/ir/tensor.js";
import type { Model } from "../../src/model.js";
import { CommandError } from "../files/command-error.js";

/** Reads one `--dim NAME=SIZE`, for commander, and adds it to those before. */
export function collectDim(text: string, before: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, number> {
  const [, name, size] = /^(\w+)=([1-9]\d*)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError("Write NAME=SIZE, as in batch=128.");
  return new Map(before).set(name, Number(size));
}

/**
 * The size of every named dim of a model's inputs: as given, else 32.
 *
 * @throws CommandError when a size is given for a name that no input has
 */
export function dimSizes(model: Model<any, any>, given: DimSizes): DimSizes {
  const dims = Object.values<AnyTensor>(model.inputs).flatMap((input) => nodeOf(input).shape);
  const names = [...new Set(dims.filter((dim) => typeof dim === "string"))];
  for (const name of given.keys()) {
    if (names.includes(name)) continue;
    throw new CommandError(
      `no input has a dim named "${name}"; there is ${names.join(", ") || "none"}.${didYouMean(name, names)}`,
    );
  }
  return new Map(names.map((name) => [name, given.get(name) ?? defaultSize]));
}
