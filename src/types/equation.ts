import type { IsUnknown } from "./dim.js";
import { fill, type Message } from "./message.js";

/** What an equation of `einsum`, or `einsumDense`, says: the indices of each operand, and those of the result. */
export interface Equation<Inputs = readonly (readonly string[])[], Output = readonly string[]> {
  readonly inputs: Inputs;
  readonly output: Output;
}

/** `ParseEquation<"bij, bjk -> bik">` has inputs `[["b", "i", "j"], ["b", "j", "k"]]` and output `["b", "i", "k"]`. */
export type ParseEquation<E extends string> = E extends `${infer Left}->${infer Right}`
  ? Equation<Terms<Left, []>, Indices<Right, []>>
  : Equation<Terms<E, []>, "none">;

/** `parseEquation("bij, bjk -> bik")` reads the same. For an equation that `checkEquation` has accepted. */
export function parseEquation(equation: string): Equation {
  const [left, right] = sides(equation);
  return { inputs: left.split(",").map(indices), output: indices(right!) };
}

type Terms<Text extends string, Done extends string[][]> = Text extends `${infer Term},${infer Rest}`
  ? Terms<Rest, [...Done, Indices<Term, []>]>
  : [...Done, Indices<Text, []>];

type Indices<Text extends string, Done extends string[]> = Text extends `...${infer Rest}`
  ? Indices<Rest, [...Done, "..."]>
  : Text extends `${infer Letter}${infer Rest}`
    ? Indices<Rest, Letter extends " " ? Done : [...Done, Letter]>
    : Done;

function indices(term: string): string[] {
  return term.match(/\.\.\.|[^ ]/gsu) ?? [];
}

function sides(equation: string): [left: string, right: string | undefined] {
  const at = equation.indexOf("->");
  return at < 0 ? [equation, undefined] : [equation.slice(0, at), equation.slice(at + 2)];
}

export const outputUnsaid = "{op}: {equation}: says no output; write it at the end, as in ij,jk->ik";
export const operandCount = "{op}: {equation}: names the axes of {n} operands, but there are {m}";
export const notAnIndex = "{op}: {equation}: an index is a letter or ..., not {index}";
export const dotsTwice = "{op}: {equation}: one operand has ... twice";
export const dotsDropped = "{op}: {equation}: the output leaves ... out, which an operand has";
export const outputTwice = "{op}: {equation}: index {index} stands twice in the output";
export const outputUnknown = "{op}: {equation}: index {index} of the output is in no operand";

/** `unknown` where an equation is one for so many operands, else the message. One that the compiler does not know is left to the runtime. */
export type CheckEquation<Op extends string, E extends string, Operands extends unknown[]> =
  IsUnknown<E> extends true
    ? unknown
    : ParseEquation<E> extends Equation<infer Inputs extends string[][], infer Output>
      ? Output extends string[]
        ? CheckTerms<Op, E, Inputs> extends infer Wrong extends string
          ? Wrong
          : CheckOutput<Op, E, Output, Inputs[number][number], never> extends infer Wrong extends string
            ? Wrong
            : CheckCount<Op, E, Inputs["length"], Operands["length"]>
        : Message<typeof outputUnsaid, { op: Op; equation: E }>
      : never;

/** The same message from an equation at hand, or `undefined`. */
export function checkEquation(op: string, equation: string, operands: number): string | undefined {
  const [left, right] = sides(equation);
  if (right === undefined) return fill(outputUnsaid, { op, equation });
  const inputs = left.split(",").map(indices);
  for (const term of inputs) {
    const wrong = checkIndices(op, equation, term);
    if (wrong !== undefined) return wrong;
    if (term.indexOf("...") !== term.lastIndexOf("...")) return fill(dotsTwice, { op, equation });
  }
  const output = indices(right);
  for (const [place, index] of output.entries()) {
    const wrong = checkIndices(op, equation, [index]);
    if (wrong !== undefined) return wrong;
    if (!inputs.some((term) => term.includes(index))) return fill(outputUnknown, { op, equation, index });
    if (output.indexOf(index) < place) return fill(outputTwice, { op, equation, index });
  }
  if (!output.includes("...") && inputs.some((term) => term.includes("...")))
    return fill(dotsDropped, { op, equation });
  return inputs.length === operands ? undefined : fill(operandCount, { op, equation, n: inputs.length, m: operands });
}

type Letter =
  | ("a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m")
  | ("n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z");
type Index = Letter | Uppercase<Letter> | "...";

const letter = /^([a-zA-Z]|\.\.\.)$/;

function checkIndices(op: string, equation: string, term: readonly string[]): string | undefined {
  const index = term.find((each) => !letter.test(each));
  return index === undefined ? undefined : fill(notAnIndex, { op, equation, index });
}

type CheckTerms<Op extends string, E extends string, Inputs> = Inputs extends [
  infer Term extends string[],
  ...infer Rest,
]
  ? CheckTerm<Op, E, Term, never> extends infer Wrong extends string
    ? Wrong
    : CheckTerms<Op, E, Rest>
  : unknown;

type CheckTerm<Op extends string, E extends string, Term, Seen> = Term extends [infer I extends string, ...infer Rest]
  ? I extends Index
    ? I extends "..."
      ? I extends Seen
        ? Message<typeof dotsTwice, { op: Op; equation: E }>
        : CheckTerm<Op, E, Rest, I>
      : CheckTerm<Op, E, Rest, Seen>
    : Message<typeof notAnIndex, { op: Op; equation: E; index: I }>
  : unknown;

type CheckOutput<Op extends string, E extends string, Output, Known, Seen> = Output extends [
  infer I extends string,
  ...infer Rest,
]
  ? I extends Index
    ? I extends Known
      ? I extends Seen
        ? Message<typeof outputTwice, { op: Op; equation: E; index: I }>
        : CheckOutput<Op, E, Rest, Known, Seen | I>
      : Message<typeof outputUnknown, { op: Op; equation: E; index: I }>
    : Message<typeof notAnIndex, { op: Op; equation: E; index: I }>
  : "..." extends Exclude<Known, Seen>
    ? Message<typeof dotsDropped, { op: Op; equation: E }>
    : unknown;

type CheckCount<Op extends string, E extends string, N extends number, M extends number> = number extends M
  ? unknown
  : M extends N
    ? unknown
    : Message<typeof operandCount, { op: Op; equation: E; n: N; m: M }>;
