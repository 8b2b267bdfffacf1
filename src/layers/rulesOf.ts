import type { Constraint } from "../constraints/constraint.js";
import type { VariableOptions } from "../ops/variable.js";
import type { Regularizer } from "../regularizers/regularizer.js";

type Rules<Weight extends string> = Readonly<
  Partial<Record<`${Weight}Regularizer`, Regularizer> & Record<`${Weight}Constraint`, Constraint>>
>;

/** What a layer's options say of one of its weights: `kernelRegularizer` and `kernelConstraint` of the kernel. */
export function rulesOf<Weight extends string>(options: Rules<Weight>, weight: Weight): VariableOptions {
  const named: Readonly<Partial<Record<string, Regularizer | Constraint>>> = options;
  const [regularizer, constraint] = [named[`${weight}Regularizer`], named[`${weight}Constraint`]];
  return {
    ...(regularizer && { regularizer: regularizer as Regularizer }),
    ...(constraint && { constraint: constraint as Constraint }),
  };
}
