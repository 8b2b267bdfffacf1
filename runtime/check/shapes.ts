import { ts } from "ts-morph";
import { show } from "../../src/types/show.js";

/** A shape as types tell it; an axis of unknown size is `undefined`. */
export type KnownShape = readonly (number | string | undefined)[];

/** The shape of a tensor or of data, where its type tells the rank. */
export function shapeOf(checker: ts.TypeChecker, node: ts.Node): KnownShape | undefined {
  return shapeOfType(checker, checker.getTypeAtLocation(node), node);
}

/** The dtype of a tensor or of data, where its type tells one. */
export function dtypeOf(checker: ts.TypeChecker, node: ts.Node): string | undefined {
  return dtypeOfType(checker, checker.getTypeAtLocation(node), node);
}

/** As `shapeOf`, of a type that a place asks for. */
export function shapeOfType(checker: ts.TypeChecker, type: ts.Type, node: ts.Node): KnownShape | undefined {
  const dims = dimsOf(checker, type, node);
  return dims?.map((dim) => (dim.isNumberLiteral() || dim.isStringLiteral() ? dim.value : undefined));
}

/** A tensor's shape as text: what a generic function calculates of its type parameters as it is written, `[B, Times<H, 2>, 3]`. */
export function shownShape(checker: ts.TypeChecker, node: ts.Node): string | undefined {
  return shownShapeOfType(checker, checker.getTypeAtLocation(node), node);
}

/** As `shownShape`, of a type that a place asks for. */
export function shownShapeOfType(checker: ts.TypeChecker, type: ts.Type, node: ts.Node): string | undefined {
  const dims = dimsOf(checker, type, node);
  const shape = shapeOfType(checker, type, node);
  const written = (dim: ts.Type) => checker.typeToString(inferred(dim), undefined, ts.TypeFormatFlags.NoTruncation);
  if (dims && shape) return showKnown(shape.map((dim, i) => dim ?? (isOpen(dims[i]!) ? written(dims[i]!) : undefined)));
  const whole = property(checker, type, "shape", node);
  return whole && hasOpenRank(checker, whole) ? written(whole) : undefined;
}

/** A shape that a place asks for, as it is written there: `[batch, number, 3]`. */
export function wantedShape(checker: ts.TypeChecker, type: ts.Type, node: ts.Node): string | undefined {
  const dims = dimsOf(checker, type, node);
  return (
    dims &&
    showKnown(
      dims.map((dim) =>
        dim.isNumberLiteral() || dim.isStringLiteral() ? dim.value : checker.typeToString(inferred(dim)),
      ),
    )
  );
}

/** Whether a tensor's shape, or one of its sizes, waits for a type parameter of a generic function. */
export function isOpenShape(checker: ts.TypeChecker, node: ts.Node): boolean {
  const type = checker.getTypeAtLocation(node);
  const whole = property(checker, type, "shape", node);
  return (whole && hasOpenRank(checker, whole)) || (dimsOf(checker, type, node)?.some(isOpen) ?? false);
}

/** Whether how many axes there are waits for a type parameter: of `S`, and of `[...B, N]`. */
function hasOpenRank(checker: ts.TypeChecker, shape: ts.Type): boolean {
  if (!checker.isTupleType(shape)) return isOpen(shape);
  const { elementFlags } = (shape as ts.TupleTypeReference).target;
  const isVariadic = (_: ts.Type, i: number) => (elementFlags[i]! & ts.ElementFlags.Variadic) !== 0;
  return checker.getTypeArguments(shape as ts.TypeReference).some(isVariadic);
}

/** A size without `NoInfer<…>` around it, which says where it is to be taken from, and not which it is. */
function inferred(dim: ts.Type): ts.Type {
  return dim.flags & ts.TypeFlags.Substitution ? (dim as ts.SubstitutionType).baseType : dim;
}

/** Whether a size waits for a type parameter. */
function isOpen(dim: ts.Type): boolean {
  return (dim.flags & ts.TypeFlags.Instantiable) !== 0;
}

/** The types of a shape's sizes, where its type tells the rank. */
function dimsOf(checker: ts.TypeChecker, type: ts.Type, node: ts.Node): readonly ts.Type[] | undefined {
  const shape = property(checker, type, "shape", node);
  if (!shape || !checker.isTupleType(shape)) return undefined;
  if ((shape as ts.TupleTypeReference).target.combinedFlags & ts.ElementFlags.Variable) return undefined;
  return checker.getTypeArguments(shape as ts.TypeReference);
}

/** As `dtypeOf`, of a type that a place asks for. */
export function dtypeOfType(checker: ts.TypeChecker, type: ts.Type, node: ts.Node): string | undefined {
  const dtype = property(checker, type, "dtype", node);
  return dtype?.isStringLiteral() ? dtype.value : undefined;
}

/** Whether an expression's type is a tensor of the language, of known shape or not. */
export function isTensor(checker: ts.TypeChecker, node: ts.Node): boolean {
  const type = checker.getTypeAtLocation(node);
  return ["shape", "dtype", "rank"].every((name) => type.getProperty(name)) && !type.getProperty("data");
}

/** `[batch, 28, 28]`, with `?` for an unknown size; float32 goes without saying. */
export function describe(checker: ts.TypeChecker, node: ts.Node): string | undefined {
  const text = shownShape(checker, node);
  if (text === undefined) return undefined;
  const dtype = dtypeOf(checker, node);
  return dtype === undefined || dtype === "float32" ? text : `${dtype} ${text}`;
}

function property(checker: ts.TypeChecker, type: ts.Type, name: string, node: ts.Node): ts.Type | undefined {
  const symbol = type.getProperty(name);
  return symbol && checker.getTypeOfSymbolAtLocation(symbol, node);
}

/** A shape as text, with `?` for an unknown size. */
export function showKnown(shape: KnownShape): string {
  return show(shape.map((dim) => dim ?? "?"));
}

/** A shape as it is written: numbers and texts of an array literal; what is neither is `undefined`. */
export function writtenShape(literal: ts.ArrayLiteralExpression): KnownShape {
  return literal.elements.map((element) => {
    if (ts.isNumericLiteral(element)) return Number(element.text);
    return ts.isStringLiteralLike(element) ? element.text : undefined;
  });
}

/** How many axes data has. A typed array is one list, whatever its length. */
export function dataRank(checker: ts.TypeChecker, node: ts.Node): number | undefined {
  return isTypedArray(checker, node) ? 1 : shapeOf(checker, node)?.length;
}

/** Whether it is a list of numbers without a shape. */
export function isTypedArray(checker: ts.TypeChecker, node: ts.Node): boolean {
  return /^(Float32|Int32|Uint8)Array$/.test(checker.getTypeAtLocation(node).getSymbol()?.name ?? "");
}
