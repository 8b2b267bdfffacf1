import { lineWidth } from "./layout.js";
import { docComment } from "./module.js";

/** A function to declare. */
export interface FunctionParts {
  readonly documentation: readonly string[];
  readonly name: string;
  /** Each with its type. */
  readonly parameters: readonly string[];
  readonly returnType: string;
  readonly statements: readonly string[];
}

/** An exported function: its head on one line where it fits, else with a parameter a line. */
export function functionText({ documentation, name, parameters, returnType, statements }: FunctionParts): string {
  const start = `export function ${name}(`;
  const end = `): ${returnType} {`;
  const line = `${start}${parameters.join(", ")}${end}`;
  const head = line.length <= lineWidth ? [line] : [start, ...parameters.map((parameter) => `  ${parameter},`), end];
  return [docComment(documentation), ...head, ...statements, "}"].join("\n");
}
