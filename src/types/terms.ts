import {
  type AddPolynomials,
  addPolynomials,
  type MultiplyByTerm,
  multiplyByTerm,
  type PolynomialValue,
  type SubtractPolynomials,
  subtractPolynomials,
} from "./polynomial.js";
import { type SplitTopLevel, splitTopLevel } from "./split.js";

// Factors are taken as they stand, also those with parentheses in them: canonical.ts looks into these.

/** The terms that a text is a sum of: `ReadTerms<"width*2-1">` is `[[["width"], 2], [[], -1]]`. */
export type ReadTerms<Text extends string> = Text extends `${string}${"+" | "-" | "*" | "("}${string}`
  ? ReadSum<SplitTopLevel<Text, "+">>
  : ReadProduct<[Text]>;

/** `readTerms("width*2-1")` is `[[["width"], 2], [[], -1]]`. */
export function readTerms(text: string): PolynomialValue {
  return splitTopLevel(text, "+")
    .map((part) => splitTopLevel(part, "-").map(readProduct).reduce(subtractPolynomials))
    .reduce(addPolynomials);
}

type ReadSum<Parts extends string[], Sum = []> = Parts extends [
  infer Part extends string,
  ...infer Rest extends string[],
]
  ? ReadSum<Rest, AddPolynomials<Sum, ReadDifference<SplitTopLevel<Part, "-">>>>
  : Sum;

type ReadDifference<Parts extends string[]> = Parts extends [infer First extends string, ...infer Rest extends string[]]
  ? Less<ReadProduct<SplitTopLevel<First, "*">>, Rest>
  : [];

type Less<Difference, Parts extends string[]> = Parts extends [
  infer Part extends string,
  ...infer Rest extends string[],
]
  ? Less<SubtractPolynomials<Difference, ReadProduct<SplitTopLevel<Part, "*">>>, Rest>
  : Difference;

type ReadProduct<Factors extends string[], Product = [[[], 1]]> = Factors extends [
  infer Factor extends string,
  ...infer Rest extends string[],
]
  ? ReadProduct<Rest, MultiplyByFactor<Product, Factor>>
  : Product;

function readProduct(text: string): PolynomialValue {
  return splitTopLevel(text, "*").reduce(multiplyByFactor, [[[], 1]] as PolynomialValue);
}

type MultiplyByFactor<Product, Factor extends string> = Factor extends "0"
  ? []
  : Factor extends `${infer N extends number}`
    ? MultiplyByTerm<Product, [[], N]>
    : MultiplyByTerm<Product, [[Factor], 1]>;

function multiplyByFactor(product: PolynomialValue, factor: string): PolynomialValue {
  if (factor === "0") return [];
  return multiplyByTerm(product, /^\d+$/.test(factor) ? [[], Number(factor)] : [[factor], 1]);
}
