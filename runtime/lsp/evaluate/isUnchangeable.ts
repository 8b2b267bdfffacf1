import { ts } from "ts-morph";
import { isTensor } from "../../check/shapes.js";
import { isModel } from "../isModel.js";

const { TypeFlags } = ts;
const plain =
  TypeFlags.NumberLike |
  TypeFlags.StringLike |
  TypeFlags.BooleanLike |
  TypeFlags.BigIntLike |
  TypeFlags.VoidLike |
  TypeFlags.Null;

/** Whether what an expression stands for cannot be changed: numbers and texts, functions, tensors, models, and lists that say so. */
export function isUnchangeable(checker: ts.TypeChecker, node: ts.Expression): boolean {
  return isTensor(checker, node) || isModel(checker, node) || isConstant(checker, checker.getTypeAtLocation(node));
}

function isConstant(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isUnion()) return type.types.every((one) => isConstant(checker, one));
  if (type.flags & plain || type.getCallSignatures().length > 0) return true;
  const { target } = type as ts.TypeReference;
  const isReadonly =
    type.symbol?.name === "ReadonlyArray" || (checker.isTupleType(type) && (target as ts.TupleType).readonly);
  return isReadonly && checker.getTypeArguments(type as ts.TypeReference).every((one) => isConstant(checker, one));
}
