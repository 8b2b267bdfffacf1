import { isDimName, parseDim } from "../../ir/evaluate.js";
import { inWords } from "../../ir/inWords.js";
import type { CountsOrNames } from "../../ir/option-checks.js";
import type { Dim, NeverBeside, SameBeside } from "../../types/dim.js";
import { fill, type Message, type Problem } from "../../types/message.js";

export const notDim = '{op}: {n} is not a dim; write a positive integer, or a name such as "batch"';

/**
 * `unknown` where every number of a shape is a positive integer and no text calculates a size, else the message. Says nothing of sizes it
 * does not know, nor of a type parameter: what is neither a name nor surely a number is passed over.
 *
 * @typeParam Refused `"none"` where what is calculated may stand, too
 */
export type CheckDims<Op extends string, S, Refused = "calculated"> = S extends [infer D, ...infer Rest]
  ? NeverBeside<D & string, Op> extends true
    ? CheckNumber<Op, D, Rest, Refused>
    : SameBeside<Kind<D, Refused>, Refused, Op> extends true
      ? Message<typeof notDim, { op: Op; n: `"${D & string}"` }>
      : CheckDims<Op, Rest, Refused>
  : unknown;

/** What calculates a size, such as `width-2`, is no name, and a number as text no size. */
type Kind<D, Refused> = D extends `${number}`
  ? Refused
  : D extends `${string}${"+" | "-" | "*" | "/" | "(" | " "}${string}`
    ? "calculated"
    : "other";

type CheckNumber<Op extends string, D, Rest, Refused> = `${D & number}` extends
  | "0"
  | `-${string}`
  | `${string}.${string}`
  | `${string}e${string}`
  ? Message<typeof notDim, { op: Op; n: D & number }>
  : CheckDims<Op, Rest, Refused>;

/**
 * The same of one size, beside which it stands: `rows: N & CheckDim<"eye", N>`. It is looked up as a `CheckCount` is, so that what is
 * calculated within generic functions is inferred as it is.
 */
export type CheckDim<Op extends string, N extends Dim> = Given<Op, N>[Texts[`${N}`]];

interface Given<Op extends string, N extends Dim> {
  readonly [text: string]: unknown;
  readonly refused: Problem<Message<typeof notDim, { op: Op; n: N extends string ? `"${N}"` : N }>>;
}

/** By the text of a size, `"refused"` or any other text. No name has a sign, nor has a positive integer. */
interface Texts {
  readonly [text: string]: string;
  readonly [text: `${string}${"." | "+" | "-" | "*" | "/" | "(" | " "}${string}`]: "refused";
  readonly 0: "refused";
}

/** The same of one size that may be calculated, such as `width-2`: of an axis that there is. */
export type CheckSize<Op extends string, N extends Dim> = Given<Op, N>[CountsOrNames[`${N}`]];

/** Runtime twin of `CheckDims`; it checks names too. */
export function checkDims(
  op: string,
  shape: readonly Dim[],
  refused: "calculated" | "none" = "calculated",
): string | undefined {
  if (!Array.isArray(shape)) return `${op}: a shape is an array of dims, such as ["batch", 10], got ${inWords(shape)}`;
  for (const dim of shape as readonly unknown[]) {
    const isText = refused === "none" ? isSize : isDimName;
    const isDim = typeof dim === "string" ? isText(dim) : Number.isSafeInteger(dim) && (dim as number) >= 1;
    if (!isDim) return fill(notDim, { op, n: inWords(dim) });
  }
  return undefined;
}

/**
 * The message for sizes that are none, as an untyped program may give them: of a block, of paddings, or of a shape that may have a
 * -1. Which numbers they may be is said elsewhere.
 */
export function checkSizes(op: string, what: string, sizes: unknown): string | undefined {
  if (!Array.isArray(sizes)) return `${op}: ${what} is an array of sizes, such as ["batch", 10], got ${inWords(sizes)}`;
  for (const size of sizes as readonly unknown[]) {
    if (!isSize(size))
      return `${op}: ${what} has ${inWords(size)}, which is no size; write an integer, or a name such as "batch"`;
  }
  return undefined;
}

/** Is it a number, or a text that names or calculates a size? A number as text is none; `10-n` is one. */
export function isSize(size: unknown): boolean {
  if (typeof size !== "string") return typeof size === "number";
  if (Number.isFinite(Number(size))) return false;
  try {
    parseDim(size);
    return true;
  } catch {
    return false;
  }
}
