import { constrained } from "../constraints/constraint.js";
import type { NextValues } from "./optimizer.js";

/** Next values as the variables' constraints leave them. */
export function constrainedValues(op: string, next: NextValues): NextValues {
  return next.map(([variable, value]) => {
    const { name, constraint } = variable.attributes;
    if (!constraint) return [variable, value];
    return [variable, constrained(op, `the constraint of "${name}"`, constraint, value)];
  });
}
