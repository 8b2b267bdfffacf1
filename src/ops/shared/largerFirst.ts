import { equal } from "../equal.js";
import { greaterEqual } from "../greaterEqual.js";
import { isInf } from "../isInf.js";
import { logicalAnd } from "../logicalAnd.js";
import { select } from "../select.js";
import { subtract } from "../subtract.js";
import type { Any } from "./composite.js";

/**
 * The larger of two tensors, element by element, and by how much the other one is less: a number up to 0, for two equal infinities, too.
 * The derivatives of both are right where the two are equal.
 */
export function largerFirst(a: Any, b: Any): { readonly larger: Any; readonly difference: Any } {
  const inOrder = greaterEqual(a, b);
  const larger: Any = select(inOrder, a, b);
  const smaller: Any = select(inOrder, b, a);
  const bothInfinite = logicalAnd(equal(a, b), isInf(larger));
  return { larger, difference: select(bothInfinite, 0, subtract(smaller, larger)) };
}
