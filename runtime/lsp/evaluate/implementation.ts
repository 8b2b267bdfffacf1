import { ts } from "ts-morph";

/** Of a function with overloads, the one that has a body. */
export function implementation({ declarations = [] }: ts.Symbol): ts.FunctionDeclaration | undefined {
  return declarations.filter(ts.isFunctionDeclaration).find(({ body }) => body !== undefined);
}
