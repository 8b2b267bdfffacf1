import { ts } from "ts-morph";

/** The property of an object literal that a value stands in. */
export function propertyOf(
  value: ts.Node,
): { readonly object: ts.ObjectLiteralExpression; readonly property: ts.ObjectLiteralElementLike } | undefined {
  const property = value.parent;
  if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) return undefined;
  return { object: property.parent, property };
}

/** The name of the option that a value stands for: of one in a list, the list's. */
export function optionNameOf(value: ts.Node): string | undefined {
  const property =
    propertyOf(value) ?? (ts.isArrayLiteralExpression(value.parent) ? propertyOf(value.parent) : undefined);
  return property?.property.name?.getText();
}

/** The type that a place asks for; that it may be left out is nothing that is asked for. */
export function wantedAt(checker: ts.TypeChecker, node: ts.Expression): ts.Type | undefined {
  const type = checker.getContextualType(node);
  return type && checker.getNonNullableType(type);
}

/** The type that is asked for where an object literal stands: of what may be a text, too, the record. */
export function recordAt(checker: ts.TypeChecker, object: ts.ObjectLiteralExpression): ts.Type | undefined {
  const type = wantedAt(checker, object);
  const records = type?.isUnion() ? type.types.filter(({ flags }) => !(flags & ts.TypeFlags.StringLike)) : [];
  return records.length === 1 ? records[0] : type;
}

/** Whether an object literal holds options, and not data, losses or inputs by names that the user chose. */
export function isOptions(checker: ts.TypeChecker, object: ts.ObjectLiteralExpression): boolean {
  const type = recordAt(checker, object);
  return type !== undefined && checker.getPropertiesOfType(type).some(isOption);
}

/** Options are declared in interfaces; what a model's inputs are called is not. */
function isOption({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some(
    (declaration) => ts.isPropertySignature(declaration) && ts.isInterfaceDeclaration(declaration.parent),
  );
}
