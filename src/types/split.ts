/**
 * The text split at an operator that is not inside parentheses.
 *
 * @example type Parts = SplitTopLevel<"floor(a*b/2)*3", "*">; // ["floor(a*b/2)", "3"]
 */
export type SplitTopLevel<
  Text extends string,
  Operator extends string,
  Open extends string = "",
  Done extends string[] = [],
> = Text extends `${infer Head}${Operator}${infer Tail}`
  ? IsBalanced<`${Open}${Head}`> extends true
    ? SplitTopLevel<Tail, Operator, "", [...Done, `${Open}${Head}`]>
    : SplitTopLevel<Tail, Operator, `${Open}${Head}${Operator}`, Done>
  : [...Done, `${Open}${Text}`];

/** `splitTopLevel("floor(a*b/2)*3", "*")` is `["floor(a*b/2)", "3"]`. */
export function splitTopLevel(text: string, operator: "+" | "-" | "*" | "/"): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")") depth--;
    if (depth === 0 && text[i] === operator) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Is every parenthesis closed again? Takes out one of each kind at a time. */
type IsBalanced<Text extends string> = Text extends `${infer A}(${infer B}`
  ? `${A}${B}` extends `${infer C})${infer D}`
    ? IsBalanced<`${C}${D}`>
    : false
  : true;
