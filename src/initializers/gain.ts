import { checkOptions, type OptionRule } from "../ir/options.js";

/** Options of initializers that are multiplied by a number. */
export interface GainOptions {
  /** What every element is multiplied by. @default 1 */
  readonly gain?: number;
}

const finite: OptionRule = { takes: "a number", accepts: Number.isFinite };

export function gainOf(op: string, options: GainOptions): number {
  checkOptions(op, options, { gain: finite });
  return options.gain ?? 1;
}
