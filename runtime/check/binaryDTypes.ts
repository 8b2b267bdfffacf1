import type { ts } from "ts-morph";

/** The dtypes that a function of two operands takes, which have one dtype: `["float32", "int32"]` of `add`. Undefined of other functions. */
export function binaryDTypes(checker: ts.TypeChecker, call: ts.CallExpression): readonly string[] | undefined {
  const { aliasSymbol, aliasTypeArguments = [] } = checker.getTypeAtLocation(call.expression);
  if (aliasSymbol?.name === "ComparisonFunction") return ["float32", "int32"];
  const allowed = aliasSymbol?.name === "BinaryFunction" ? aliasTypeArguments[1] : undefined;
  const members = allowed?.isUnion() ? allowed.types : allowed ? [allowed] : undefined;
  return members?.flatMap((member) => (member.isStringLiteral() ? member.value : []));
}
