import type { Node } from "../../../src/ir/node.js";
import { key, property, textLiteral } from "./identifiers.js";
import { assignedLines, callStatement } from "./layout.js";
import { literal, tensorType } from "./literals.js";

type Variables = ReadonlyMap<string, Node<"variable">>;

/** The properties of a record of variables. */
export function variableProperties(variables: Variables, readonly: boolean) {
  return [...variables].map(([name, node]) => ({ name: key(name), type: tensorType(node), isReadonly: readonly }));
}

/** The function that makes the state which training starts from, in parts. */
export interface StateMaker {
  /** The properties of its options. */
  readonly options: { name: string; type: string; hasQuestionToken: boolean; isReadonly: boolean }[];
  /** Whether it can be called without any. */
  readonly isOptional: boolean;
  readonly parameter: string;
  readonly statements: readonly string[];
  readonly helpers: ReadonlySet<string>;
}

/** Writes the function that gives every variable its initial value. */
export function writeStateMaker(model: Variables, all: Variables): StateMaker {
  const helpers = new Set<string>();
  // An initializer of the user's own is a function, and cannot be written out: such weights have to be given.
  const unwritten = [...all].filter(([, node]) => node.attributes.initializer.expression === undefined);
  const required = unwritten.map(([name]) => textLiteral(name));
  const isSeeded = unwritten.length < all.size;
  const lines = [...all].flatMap(([name, node]) => {
    const { initializer, shape, dtype } = node.attributes;
    const given = model.has(name) ? property("weights", name) : undefined;
    if (initializer.expression === undefined) return [`    ${key(name)}: ${given},`];
    helpers.add("initial").add(initializer.expression.split("(")[0]!);
    const rest = dtype === "float32" ? ["seed"] : ["seed", JSON.stringify(dtype)];
    const drawn = [textLiteral(name), initializer.expression, literal([...shape]), ...rest];
    const call = { helper: "initial", arguments: drawn };
    if (given === undefined) return callStatement(`${key(name)}: `, call, "    ", ",");
    return assignedLines(`${key(name)}:`, callStatement(`${given} ?? `, call, "      ", ","));
  });
  const weights =
    required.length > 0 ? `Partial<Weights> & Pick<Weights, ${required.join(" | ")}>` : "Partial<Weights>";
  const names = [...(isSeeded ? ["seed = 0"] : []), required.length > 0 ? "weights" : "weights = {}"];
  return {
    options: [
      ...(isSeeded ? [{ name: "seed", type: "number", hasQuestionToken: true, isReadonly: true }] : []),
      { name: "weights", type: weights, hasQuestionToken: required.length === 0, isReadonly: true },
    ],
    isOptional: required.length === 0,
    parameter: `{ ${names.join(", ")} }: StateOptions${required.length > 0 ? "" : " = {}"}`,
    statements: ["  return {", ...lines, "  };"],
    helpers,
  };
}
