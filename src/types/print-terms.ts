import type { Dim } from "./dim.js";
import type { Polynomial, PolynomialValue, Term, TermValue } from "./polynomial.js";

/** The size that terms make, as a number or a text: `PrintTerms<[[["width"], 2], [[], -1]]>` is `"width*2-1"`. */
export type PrintTerms<P> = P extends []
  ? 0
  : P extends [[[], infer N extends number]]
    ? `${N}` extends `-${string}`
      ? number // no size is below zero
      : N
    : PrintSum<P>;

/** `printTerms([[["width"], 2], [[], -1]])` is `"width*2-1"`. */
export function printTerms(terms: PolynomialValue): Dim {
  const [first] = terms;
  if (first === undefined) return 0;
  return first[0].length === 0 ? first[1] : printSum(terms);
}

/** The text alone. It begins with a term that is added: `10-width`. */
export type PrintSum<P, Negative extends Polynomial = []> = P extends [
  infer X extends Term,
  ...infer Rest extends Polynomial,
]
  ? `${X[1]}` extends `-${string}`
    ? PrintSum<Rest, [...Negative, X]>
    : AppendTerms<[...Negative, ...Rest], PrintTerm<X[0], X[1]>>
  : AppendTerms<Negative, "0">;

export function printSum(terms: PolynomialValue): string {
  const start = terms.findIndex(([, coefficient]) => coefficient > 0);
  const others = start < 0 ? terms : terms.toSpliced(start, 1);
  return others.reduce(appendTerm, start < 0 ? "0" : printTerm(terms[start]!));
}

type AppendTerms<P, Text extends string> = P extends [infer X extends Term, ...infer Rest extends Polynomial]
  ? AppendTerms<
      Rest,
      `${X[1]}` extends `-${infer N extends number}`
        ? `${Text}-${PrintTerm<X[0], N>}`
        : `${Text}+${PrintTerm<X[0], X[1]>}`
    >
  : Text;

function appendTerm(text: string, [factors, coefficient]: TermValue): string {
  return `${text}${coefficient < 0 ? "-" : "+"}${printTerm([factors, Math.abs(coefficient)])}`;
}

type PrintTerm<Factors extends string[], N extends number> = Factors extends [
  infer First extends string,
  ...infer Rest extends string[],
]
  ? PrintFactors<Rest, N, First>
  : `${N}`;

type PrintFactors<Factors extends string[], N extends number, Text extends string> = Factors extends [
  infer First extends string,
  ...infer Rest extends string[],
]
  ? PrintFactors<Rest, N, `${Text}*${First}`>
  : N extends 1
    ? Text
    : `${Text}*${N}`;

function printTerm([factors, coefficient]: TermValue): string {
  return [...factors, ...(coefficient === 1 && factors.length > 0 ? [] : [coefficient])].join("*");
}
