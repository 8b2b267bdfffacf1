import { lineWidth } from "./layout.js";
import { docComment } from "./module.js";

/** A function to declare. */
export interface FunctionParts {
  readonly documentation: readonly string[];
  readonly name: string;
  /** Each with its type. */
  readonly parameters: readonly string[];
  /** Of a list, its entries. */
  readonly returnType: string | readonly string[];
  readonly statements: readonly string[];
  /** Whether the module exports it. */
  readonly isExported: boolean;
}

/** A function: its head on one line where it fits, else with a parameter, or an entry of what it returns, a line. */
export function functionText(parts: FunctionParts): string {
  const { documentation, name, parameters, returnType, statements, isExported } = parts;
  const start = `${isExported ? "export " : ""}function ${name}(`;
  const type = typeof returnType === "string" ? returnType : `[${returnType.join(", ")}]`;
  const line = `${start}${parameters.join(", ")}): ${type} {`;
  const head =
    line.length <= lineWidth ? [line] : [start, ...parameters.map((one) => `  ${one},`), ...ending(returnType)];
  return [docComment(documentation), ...head, ...statements, "}"].join("\n");
}

function ending(returnType: FunctionParts["returnType"]): string[] {
  if (typeof returnType === "string") return [`): ${returnType} {`];
  return ["): [", ...returnType.map((one) => `  ${one},`), "] {"];
}
