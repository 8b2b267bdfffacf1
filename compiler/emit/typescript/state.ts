import type { Node } from "../../../src/ir/node.js";
import { optimizerState } from "../../../src/optimizerState.js";
import type { Call } from "./call.js";
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
  readonly options: readonly StateOption[];
  /** What it cannot do without, and what it would be called with: nothing, where it takes no more than weights that may be absent. */
  readonly takes: "seed" | "weights" | "nothing";
  readonly parameter: string;
  readonly statements: readonly string[];
  readonly helpers: ReadonlySet<string>;
}

interface StateOption {
  readonly name: string;
  readonly type: string;
  readonly hasQuestionToken: boolean;
  readonly isReadonly: true;
  readonly docs?: string[];
}

/** The variable of which the optimizer's learning rate is read at each step. */
const rateName = `${optimizerState}learningRate`;

/** Writes the function that gives every variable its initial value. */
export function writeStateMaker(model: Variables, all: Variables): StateMaker {
  const helpers = new Set<string>();
  // An initializer of the user's own is a function, and cannot be written out: such weights have to be given.
  const unwritten = [...all].filter(([, node]) => node.attributes.initializer.expression === undefined);
  const required = unwritten.map(([name]) => textLiteral(name));
  const rate = constantOf(all.get(rateName));
  const lines = [...all].flatMap(([name, node]) => {
    const given = model.has(name) ? property("weights", name) : undefined;
    if (node.attributes.initializer.expression === undefined) return [`    ${key(name)}: ${given},`];
    const call = callOf(name, node, name === rateName ? "learningRate" : undefined);
    if (given === undefined) return callStatement(`${key(name)}: `, call, "    ", ",");
    return assignedLines(`${key(name)}:`, callStatement(`${given} ?? `, call, "      ", ","));
  });
  const isSeeded = helpers.has("initial");
  const weights =
    required.length > 0 ? `Partial<Weights> & Pick<Weights, ${required.join(" | ")}>` : "Partial<Weights>";
  const option = (name: string, type: string, hasQuestionToken: boolean, docs?: string[]): StateOption => ({
    name,
    type,
    hasQuestionToken,
    isReadonly: true,
    ...(docs && { docs }),
  });
  const names = [
    ...(isSeeded ? ["seed = 0"] : []),
    ...(rate === undefined ? [] : [`learningRate = ${rate}`]),
    required.length > 0 ? "weights" : "weights = {}",
  ];
  const set = `assign(state, { ${key(rateName)}: tensor([1e-4], []) })`;
  const rateDocs = `${rate} unless said otherwise. Later, with what \`shapewright/kernels\` exports:\n\`${set}\``;
  return {
    options: [
      ...(isSeeded ? [option("seed", "number", true)] : []),
      ...(rate === undefined ? [] : [option("learningRate", "number", true, [rateDocs])]),
      option("weights", weights, required.length === 0),
    ],
    takes: required.length > 0 ? "weights" : isSeeded ? "seed" : "nothing",
    parameter: `{ ${names.join(", ")} }: StateOptions${required.length > 0 ? "" : " = {}"}`,
    statements: ["  return {", ...lines, "  };"],
    helpers,
  };

  function callOf(name: string, { attributes }: Node<"variable">, instead: string | undefined): Call {
    const { initializer, shape, dtype } = attributes;
    const constant = instead ?? constantOf({ attributes });
    const helper = constant === undefined ? "initial" : "filled";
    helpers.add(helper);
    const last = dtype === "float32" ? [] : [JSON.stringify(dtype)];
    const dims = literal([...shape]);
    if (constant !== undefined) return { helper, arguments: [constant, dims, ...last] };
    helpers.add(initializer.expression!.split("(")[0]!);
    return { helper, arguments: [textLiteral(name), initializer.expression!, dims, "seed", ...last] };
  }
}

/** The number that a variable is filled with, as it is written. */
function constantOf(variable: Pick<Node<"variable">, "attributes"> | undefined): string | undefined {
  return /^constantInitializer\((.*)\)$/.exec(variable?.attributes.initializer.expression ?? "")?.[1];
}
