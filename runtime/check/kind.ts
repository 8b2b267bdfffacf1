import { ts } from "ts-morph";

/** What stands somewhere by its type, in words: "a list". */
export function kind(checker: ts.TypeChecker, type: ts.Type): string {
  if (isWaiting(type)) return "a layer that waits for its input";
  if (["shape", "dtype", "rank"].every((name) => type.getProperty(name)) && !type.getProperty("data"))
    return "a tensor";
  if (type.getCallSignatures().length > 0) return "a function";
  if (checker.isArrayLikeType(type)) return "a list";
  if (type.flags & ts.TypeFlags.NumberLike) return "a number";
  if (type.flags & ts.TypeFlags.StringLike) return "a text";
  return "none";
}

/** Whether it is a layer without its input. */
export function isWaiting(type: ts.Type): boolean {
  return type.getProperty("scope") !== undefined && type.getProperty("rule") !== undefined;
}
