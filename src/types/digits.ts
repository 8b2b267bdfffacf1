/**
 * Exact arithmetic on literals such as 25088, digit by digit as on paper. TypeScript counts types, it does not calculate;
 * but it can take a string apart and look a digit up in a table.
 *
 * Numbers are worked on as strings with the last digit first: 25088 is "88052". Results keep that order and are turned
 * around once, at the end. A step costs a handful of instantiations, whatever the size of the number.
 */

import type { Bit, Differences, Digit, Halves, Next, Products, Sums } from "./digit-tables.js";
import type { Same } from "./dim.js";

/** `Add<25088, 4096>` is 29184. */
export type Add<A extends number, B extends number> = ToNumber<AddReversed<FromNumber<A>, FromNumber<B>>>;

/** `Subtract<512, 10>` is 502; `"negative"` where the result is below zero. */
export type Subtract<A extends number, B extends number> =
  SubtractReversed<FromNumber<A>, FromNumber<B>> extends infer Difference extends string
    ? Difference extends "negative"
      ? "negative"
      : ToNumberWithoutZeros<Difference>
    : never;

/** `Multiply<25088, 4096>` is 102760448. */
export type Multiply<A extends number, B extends number> = A extends 0 | 1
  ? A extends 0
    ? 0
    : B
  : B extends 0
    ? 0
    : ToNumber<MultiplyReversed<FromNumber<A>, `${B}`, "">>;

/** Quotient and remainder: `Divide<784, 100>` is `[7, 84]`. `"by zero"` for a divisor of 0. */
export type Divide<A extends number, B extends number> = B extends 0
  ? "by zero"
  : Same<A, B> extends true
    ? [1, 0]
    : B extends 2
      ? Halve<`${A}`, "0", "">
      : LongDivision<`${A}`, FromNumber<B>, "", "">;

/** `Compare<3, 5>` is `"less"`; else `"equal"` or `"greater"`. */
export type Compare<A extends number, B extends number> = A extends B
  ? "equal"
  : SubtractReversed<FromNumber<A>, FromNumber<B>> extends "negative"
    ? "less"
    : "greater";

/** Are both numbers that can be counted with here: 0, 1, 2 …, not -1, 0.5 or 1e21? */
export type AreNatural<
  A extends number,
  B extends number,
> = `${A} ${B}` extends `${string}${"-" | "." | "e" | "n"}${string}` ? false : true;

/** Last digit first, and back. */
type FromNumber<N extends number> = Reverse<`${N}`, "">;
type ToNumber<R extends string> = Reverse<R, ""> extends `${infer N extends number}` ? N : 0;

/** And back for a result that may have zeros in front: "0400" is 40. */
type ToNumberWithoutZeros<R extends string> = TrimReverse<R, ""> extends `${infer N extends number}` ? N : 0;

/** Three at a time, then two or one. */
type Reverse<Text extends string, Done extends string> = Text extends `${infer A}${infer B}${infer C}${infer Rest}`
  ? Reverse<Rest, `${C}${B}${A}${Done}`>
  : Text extends `${infer A}${infer B}`
    ? `${B}${A}${Done}`
    : Done;

/** Turns the digits around while dropping the zeros at what becomes the front. */
type TrimReverse<R extends string, Done extends string, Zeros extends string = ""> = R extends `${infer D}${infer Rest}`
  ? D extends "0"
    ? TrimReverse<Rest, Done, `0${Zeros}`>
    : TrimReverse<Rest, `${D}${Zeros}${Done}`>
  : Done;

/** Column by column; what one operand lacks is zero. */
type AddReversed<
  A extends string,
  B extends string,
  Carry extends Bit = "0",
  Done extends string = "",
> = A extends `${infer X extends Digit}${infer RestA}`
  ? B extends `${infer Y extends Digit}${infer RestB}`
    ? Sums[Carry][X][Y] extends `${infer Next extends Bit}${infer D}`
      ? AddReversed<RestA, RestB, Next, `${Done}${D}`>
      : never
    : Carry extends "0"
      ? `${Done}${A}`
      : AddReversed<A, "1", "0", Done>
  : Carry extends "0"
    ? `${Done}${B}`
    : B extends ""
      ? `${Done}1`
      : AddReversed<B, "1", "0", Done>;

/** Column by column; a borrow that is left at the end means that the result is below zero. */
type SubtractReversed<
  A extends string,
  B extends string,
  Borrow extends Bit = "0",
  Done extends string = "",
> = A extends `${infer X extends Digit}${infer RestA}`
  ? B extends `${infer Y extends Digit}${infer RestB}`
    ? Differences[Borrow][Y][X] extends `${infer Next extends Bit}${infer D}`
      ? SubtractReversed<RestA, RestB, Next, `${Done}${D}`>
      : never
    : Borrow extends "0"
      ? `${Done}${A}`
      : SubtractReversed<A, "1", "0", Done>
  : B extends ""
    ? Borrow extends "0"
      ? Done
      : "negative"
    : "negative";

/** One digit of B after the other, first digit first: what there is so far times ten (a zero in front), plus A times the digit. */
type MultiplyReversed<
  A extends string,
  B extends string,
  Done extends string,
> = B extends `${infer Y extends Digit}${infer RestB}`
  ? MultiplyReversed<
      A,
      RestB,
      Y extends "0" ? `0${Done}` : AddReversed<Done extends "" ? "" : `0${Done}`, Y extends "1" ? A : TimesDigit<A, Y>>
    >
  : Done;

type TimesDigit<
  A extends string,
  Y extends Digit,
  Carry extends Digit = "0",
  Done extends string = "",
> = A extends `${infer X extends Digit}${infer Rest}`
  ? Products[X][Y] extends `${infer Tens extends Digit}${infer Ones extends Digit}`
    ? Sums["0"][Ones][Carry] extends `${infer Over extends Bit}${infer D}`
      ? TimesDigit<Rest, Y, Over extends "1" ? Next[Tens] : Tens, `${Done}${D}`>
      : never
    : never
  : Carry extends "0"
    ? Done
    : `${Done}${Carry}`;

/** By two, the commonest divisor: each digit gives its half, and a remainder for the next one. */
type Halve<
  A extends string,
  Rest extends Bit,
  Quotient extends string,
> = A extends `${infer X extends Digit}${infer RestA}`
  ? Halves[Rest][X] extends `${infer Half}${infer Next extends Bit}`
    ? Halve<RestA, Next, Quotient extends "" ? (Half extends "0" ? "" : Half) : `${Quotient}${Half}`>
    : never
  : [Quotient extends `${infer N extends number}` ? N : 0, Rest extends "0" ? 0 : 1];

/** First digit first: how often the divisor goes into what is left, with the next digit of A brought down. */
type LongDivision<
  A extends string,
  B extends string,
  Left extends string,
  Quotient extends string,
> = A extends `${infer X extends Digit}${infer RestA}`
  ? TakeAway<`${X}${Left}`, B, "0"> extends [infer Q extends string, infer Less extends string]
    ? LongDivision<
        RestA,
        B,
        Less extends "0" ? "" : Less,
        Quotient extends "" ? (Q extends "0" ? "" : Q) : `${Quotient}${Q}`
      >
    : never
  : [Quotient extends `${infer N extends number}` ? N : 0, ToNumberWithoutZeros<Left>];

type TakeAway<Left extends string, B extends string, Times extends Digit> =
  SubtractReversed<Left, B> extends infer Less extends string
    ? Less extends "negative"
      ? [Times, Left]
      : Times extends "9"
        ? never // cannot be: what is left is less than ten times the divisor
        : TakeAway<Less, B, Next[Times]>
    : never;
