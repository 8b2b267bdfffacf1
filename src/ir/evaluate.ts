import type { Dim } from "../types/dim.js";
import { ShapewrightError } from "./errors.js";

/**
 * A size as a tree, so that a compiler can lower it to operations on shapes.
 *
 * @example parseDim("ceil(width/2)");
 * // { kind: "ceilDivide", left: { kind: "name", name: "width" }, right: { kind: "literal", value: 2 } }
 */
export type DimExpression =
  | { readonly kind: "literal"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | {
      readonly kind: "add" | "subtract" | "multiply" | "floorDivide" | "ceilDivide";
      readonly left: DimExpression;
      readonly right: DimExpression;
    };

/**
 * Reads a size: a number, a name, or one of the texts that the rules in arithmetic.ts write.
 *
 *     sum     = product { ("+" | "-") product }
 *     product = factor { "*" factor }
 *     factor  = number | name | "(" sum ")" | ("floor" | "ceil") "(" sum "/" sum ")"
 */
export function parseDim(dim: Dim): DimExpression {
  if (typeof dim === "number") return { kind: "literal", value: dim };
  const tokens = dim.match(/\w+|\S/g) ?? [];
  let next = 0;

  function fail(): never {
    const place = next < tokens.length ? `at "${tokens[next]}"` : "at its end";
    const message = `"${dim}" is not a size: cannot be read ${place}. A size is a number, or a name of letters, digits and _ such as "batch"`;
    throw new ShapewrightError("SW_VALUE", message);
  }

  function take(token: string): boolean {
    if (tokens[next] !== token) return false;
    next++;
    return true;
  }

  function expect(token: string): void {
    if (!take(token)) fail();
  }

  function sum(): DimExpression {
    let left = product();
    for (;;) {
      if (take("+")) left = { kind: "add", left, right: product() };
      else if (take("-")) left = { kind: "subtract", left, right: product() };
      else return left;
    }
  }

  function product(): DimExpression {
    let left = factor();
    while (take("*")) left = { kind: "multiply", left, right: factor() };
    return left;
  }

  function factor(): DimExpression {
    if (take("(")) {
      const inner = sum();
      expect(")");
      return inner;
    }
    const word = tokens[next];
    if (word === undefined || !/^\w+$/.test(word)) return fail();
    if (/^\d/.test(word)) {
      if (!/^\d+$/.test(word)) return fail();
      next++;
      return { kind: "literal", value: Number(word) };
    }
    next++;
    if ((word !== "floor" && word !== "ceil") || !take("(")) return { kind: "name", name: word };
    const left = sum();
    expect("/");
    const right = sum();
    expect(")");
    return { kind: word === "floor" ? "floorDivide" : "ceilDivide", left, right };
  }

  const expression = sum();
  return next === tokens.length ? expression : fail();
}

/** The size as a number, once the names have one: `evaluateDim("ceil(width/2)", new Map([["width", 27]]))` is 14. */
export function evaluateDim(dim: Dim, bindings: ReadonlyMap<string, number>): number {
  return evaluate(parseDim(dim), bindings, dim);
}

/** The names in a size, each once, in order of appearance: `dimNames("batch*ceil(width/2)")` is `["batch", "width"]`. */
export function dimNames(dim: Dim): string[] {
  return [...new Set(names(parseDim(dim)))];
}

/**
 * May this be the name of a size: `isDimName("batch")`? Not `"batch-size"`, which is a difference, not `"2d"`, and not what
 * would be no key of its own in an object, or no word.
 */
export function isDimName(name: string): boolean {
  return /^[A-Za-z_]\w{0,199}$/.test(name) && name !== "__proto__";
}

/** The error of a size with a name that no input has. */
export function noValue(dim: Dim, name: string, known: Iterable<string>): ShapewrightError {
  const names = [...known].join(", ") || "none";
  return new ShapewrightError("SW_NAME", `size ${dim}: "${name}" has no value (known: ${names})`);
}

function evaluate(expression: DimExpression, bindings: ReadonlyMap<string, number>, dim: Dim): number {
  if (expression.kind === "literal") return expression.value;
  if (expression.kind === "name") {
    const value = bindings.get(expression.name);
    if (value !== undefined) return value;
    throw noValue(dim, expression.name, bindings.keys());
  }
  const left = evaluate(expression.left, bindings, dim);
  const right = evaluate(expression.right, bindings, dim);
  switch (expression.kind) {
    case "add":
      return left + right;
    case "subtract":
      return left - right;
    case "multiply":
      return left * right;
    case "floorDivide":
      return Math.floor(left / right);
    case "ceilDivide":
      return Math.ceil(left / right);
  }
}

function names(expression: DimExpression): string[] {
  if (expression.kind === "literal") return [];
  if (expression.kind === "name") return [expression.name];
  return [...names(expression.left), ...names(expression.right)];
}
