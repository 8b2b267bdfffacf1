// The order in which the parts of a size are written, so that one size has one text: products of more factors first, then
// by name. It is one that multiplying keeps (graded lexicographic), as dividing one sum by another needs.

type Order = "before" | "equal" | "after";

/** The characters of names and of what is calculated from them, in the order of their codes. */
type Alphabet = "()*+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/** `CompareTexts<"batch", "time">` is `"before"`. */
export type CompareTexts<A extends string, B extends string> = A extends B
  ? "equal"
  : A extends `${infer X}${infer RestA}`
    ? B extends `${infer Y}${infer RestB}`
      ? X extends Y
        ? CompareTexts<RestA, RestB>
        : Alphabet extends `${string}${X}${string}${Y}${string}`
          ? "before"
          : "after"
      : "after"
    : "before";

/** `compareTexts("batch", "time")` is below zero. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Two products, each its factors in order: `CompareFactors<["batch", "time"], ["batch"]>` is `"before"`. */
export type CompareFactors<A extends string[], B extends string[], SoFar extends Order = "equal"> = A extends [
  infer X extends string,
  ...infer RestA extends string[],
]
  ? B extends [infer Y extends string, ...infer RestB extends string[]]
    ? CompareFactors<RestA, RestB, SoFar extends "equal" ? CompareTexts<X, Y> : SoFar>
    : "before"
  : B extends []
    ? SoFar
    : "after";

/** `compareFactors(["batch", "time"], ["batch"])` is below zero. */
export function compareFactors(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) return b.length - a.length;
  const different = a.findIndex((factor, i) => factor !== b[i]);
  return different < 0 ? 0 : compareTexts(a[different]!, b[different]!);
}
