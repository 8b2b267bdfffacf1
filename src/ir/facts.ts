import type { OpName, OpTable } from "./node.js";

/** What a person reads of an op: in generated code, in diagrams. */
export interface Words<K extends OpName> {
  /** What its result is called that has no name of the user's: a noun, so that it does not hide the function. */
  readonly noun?: string;
  /** The same of each result of an op that has several. */
  readonly results?: readonly string[];
  /** JavaScript's operator for it, where its operands are numbers. */
  readonly sign?: string;
  /** What it computes, as a mathematician writes it, where the call by itself does not say it. Operands go by their names. */
  formula?(names: readonly string[], attributes: OpTable[K]): string;
  /**
   * The same within a formula of several ops, where the sign or the formula is not what one would write: `a ≥ b`; `"call"`, as
   * a function is called, which is how it is written without any of them.
   */
  readonly term?: "call" | ((names: readonly string[], attributes: OpTable[K]) => string);
  /** What the letters of the formula stand for, where it is one that names no operands: an optimizer's. */
  readonly symbols?: Readonly<Record<string, string>>;
}

/** What passes may rely on. An op that does not say so is taken not to. */
export type Trait =
  /** Operands may change places without changing a bit of the result. maximum's may not: kernels differ on NaN. */
  | "commutative"
  /** Operands are broadcast against each other. */
  | "broadcasts"
  /** Nothing below 0 comes out. */
  | "nonNegative"
  /** The result is positive, or not below 0, where all inputs are. */
  | "keepsSign"
  /** The result is finite where all inputs are, short of an overflow. exp has it not: it overflows at 89. */
  | "keepsFinite"
  /** The result is drawn at random: no pass computes it beforehand. */
  | "draws"
  /** In training, what it becomes is drawn at random: in each round of a loop anew. */
  | "drawsInTraining"
  /** Acts in training alone: elsewhere it gives its input as it is. */
  | "trainingOnly";

/** What is said of an op in words and traits. */
export interface Facts<K extends OpName> {
  readonly words?: Words<K>;
  readonly traits?: readonly Trait[];
}

/** The facts among all that a rule says: for what makes definitions from rules. */
export function factsOf<K extends OpName>({ words, traits }: Facts<K>): Facts<K> {
  return { ...(words && { words }), ...(traits && { traits }) };
}
