import type { OpName, OpTable } from "../../src/ir/node.js";
import type { OpDefinition, ResultsOpDefinition } from "../../src/ir/op.js";
import { type Operand, runInferred } from "./run.js";
import { update, type Variables } from "./updates.js";

/** What a function of an op is called with: operands as its node has them, then its attributes, if it has some. */
type Given<K extends OpName> = readonly (Operand | OpTable[K])[];

/**
 * The function of an op that has none with types of its own here: it runs the op's tfjs rule with the shape that the op's
 * shape rule gives. Its result is of any type; generated code writes the type beside it.
 */
export function kernel<K extends OpName>(definition: OpDefinition<K>): (...given: Given<K>) => any {
  return (...given) => {
    const { operands, attributes } = partsOf(given);
    return runInferred(definition, operands, attributes);
  };
}

/** The same of an optimizer's rule, which changes variables. */
export function updateKernel<K extends OpName>(
  definition: ResultsOpDefinition<K>,
): (variables: Variables<string, any>, names: readonly string[], ...given: Given<K>) => void {
  return (variables, names, ...given) => {
    const { operands, attributes } = partsOf(given);
    update(definition, variables, names, operands, attributes);
  };
}

function partsOf<K extends OpName>(given: Given<K>): { operands: Operand[]; attributes: OpTable[K] } {
  const operands = given.filter((one) => isOperand<K>(one));
  const attributes = given.find((one): one is OpTable[K] => !isOperand<K>(one));
  return { operands, attributes: attributes ?? ({} as OpTable[K]) };
}

function isOperand<K extends OpName>(one: Operand | OpTable[K]): one is Operand {
  return typeof one === "number" || "dataId" in one;
}
