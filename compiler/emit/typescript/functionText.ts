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
  /** Whether the module exports it. */
  readonly isExported: boolean;
}

/** A function: its head on one line where it fits, else with a parameter a line. */
export function functionText(parts: FunctionParts): string {
  const { documentation, name, parameters, returnType, statements, isExported } = parts;
  const start = `${isExported ? "export " : ""}function ${name}(`;
  const line = `${start}${parameters.join(", ")}): ${returnType} {`;
  const fits = line.length <= lineWidth && !line.includes("\n");
  const head = fits ? [line] : [start, ...parameters.map((one) => `  ${one},`), `): ${returnType} {`];
  return [docComment(documentation), ...head, ...statements, "}"].join("\n");
}
