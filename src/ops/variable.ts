import { aConstraint, type Constraint, constrained } from "../constraints/constraint.js";
import { anInitializer, type Initializer } from "../initializers/initializer.js";
import { checkName } from "../ir/checkName.js";
import type { DType } from "../ir/dtype.js";
import { internalError } from "../ir/errors.js";
import { makeNode } from "../ir/makeNode.js";
import { type Scope, tensorOf } from "../ir/node.js";
import type { ValueOpDefinition } from "../ir/op.js";
import { checkOption, checkOptions, flag, required } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { aRegularizer, penaltyOf, type Regularizer } from "../regularizers/regularizer.js";
import type { Ranked } from "../types/dim.js";
import { checkDims } from "./shared/checkDims.js";
import { noFlops } from "./shared/flops.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** A value that a session keeps from run to run. */
    variable: {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: DType;
      readonly initializer: Initializer;
      /** Whether optimizers update it. */
      readonly trainable: boolean;
      /** What its values cost besides the loss, while it is trainable. */
      readonly regularizer?: Regularizer;
      /** What becomes of its next values. */
      readonly constraint?: Constraint;
    };
  }
}

const kept = () => {
  throw internalError("a variable is kept by the session, not computed");
};

export const variableOp: ValueOpDefinition<"variable"> = {
  name: "variable",
  traits: ["keepsFinite"],
  infer(_, { name, shape, dtype }) {
    refuse("SW_NAME", "variable", checkName("variable", name));
    refuse("SW_VALUE", "variable", checkDims("variable", shape) ?? checkLiteral(name, shape));
    return { shape, dtype };
  },
  gradient: () => [],
  tensorflow: kept,
  tfjs: kept,
  reference: kept,
  flops: noFlops,
};

function checkLiteral(name: string, shape: readonly unknown[]): string | undefined {
  const named = shape.find((dim) => typeof dim === "string");
  if (named === undefined) return undefined;
  return `variable: ${JSON.stringify(name)} has the named dim "${named}"; a variable is allocated before data comes, so its dims are numbers`;
}

/** Options of `variable`. */
export interface VariableOptions {
  /** Whether optimizers update it. @default true */
  readonly trainable?: boolean;
  /** What its values cost besides the loss, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly regularizer?: Regularizer;
  /** What becomes of its values after each step, such as `nonNeg()`: they stay, unless said otherwise. */
  readonly constraint?: Constraint;
}

/**
 * A value that is kept from run to run, and that training changes.
 *
 * @param name unique in a model; weights are read, set and saved under it
 * @param shape sizes; no named dims
 * @param initializer how it starts, such as `glorotUniform()` or `zeros()`
 * @param options `trainable: false` keeps optimizers away from it; `regularizer`, `constraint`
 * @returns a float32 tensor
 * @throws SW_NAME when the name is none, SW_VALUE when a dim is none
 * @example
 * const W = variable("W", [784, 512], glorotUniform()); // Tensor<[784, 512], "float32">
 */
export function variable<const S extends number[]>(
  name: string,
  shape: S,
  initializer: Initializer,
  options: VariableOptions = {},
): Tensor<Ranked<S>> {
  refuse("SW_NAME", "variable", checkName("variable", name));
  checkOption("variable", "initializer", initializer, required(anInitializer));
  checkOptions("variable", options, { trainable: flag, regularizer: aRegularizer, constraint: aConstraint });
  return layerVariable(name, shape, initializer, options);
}

/** A variable that belongs to a layer call: its full name is the layer's with `name` after it. */
export function layerVariable<const S extends number[]>(
  name: string,
  shape: S,
  initializer: Initializer,
  options: VariableOptions & { readonly scope?: Scope; readonly dtype?: DType } = {},
): Tensor<S> {
  const { trainable = true, regularizer, constraint, dtype = "float32", scope } = options;
  const rules = { ...(regularizer && { regularizer }), ...(constraint && { constraint }) };
  const node = makeNode(variableOp, [], { name, shape, dtype, initializer, trainable, ...rules }, scope);
  // What does not fit its shape is refused here, and not where it is compiled.
  const op = scope?.kind ?? "variable";
  if (regularizer) penaltyOf(op, `the regularizer of "${name}"`, regularizer, node);
  if (constraint) constrained(op, `the constraint of "${name}"`, constraint, node);
  return tensorOf(node);
}
