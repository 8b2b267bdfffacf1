import { InvalidArgumentError } from "commander";
import type { OptionRule } from "../../src/ir/options.js";

/** Reads a number of the command line that a rule of integers takes. */
export function integerBy({ takes, accepts }: OptionRule): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && accepts(value)) return value;
    throw new InvalidArgumentError(`It must be ${takes}.`);
  };
}
