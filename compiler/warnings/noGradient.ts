import { topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { Check, Examined } from "./warning.js";

/** Trainable variables that training leaves as they are. Those that `stopGradient` alone keeps a gradient from are meant to be. */
export const noGradient: Check = ({ model, answers: outputs, gradientOf }) => {
  const open = behind(outputs, (node) => !isOp(node, "stopGradient"));
  const missed = unreached(model, gradientOf).filter(([, variable]) => open.has(variable));
  return missed.length === 0 ? [] : [`no gradient reaches ${listed(missed)}${reason(outputs, missed)}`];
};

/** The message where no gradient reaches any trainable variable at all. */
export function checkReached(
  model: Examined["model"],
  outputs: readonly Node[],
  gradientOf: Examined["gradientOf"],
): string | undefined {
  const missed = unreached(model, gradientOf);
  if (missed.length < trainableOf(model).length) return undefined;
  return `compile: no gradient reaches any trainable variable, ${listed(missed)}${reason(outputs, missed)}`;
}

type Named = readonly [name: string, variable: Node<"variable">];

function trainableOf({ variables }: Examined["model"]): Named[] {
  return [...variables].filter(([, { attributes }]) => attributes.trainable);
}

function unreached(model: Examined["model"], gradientOf: Examined["gradientOf"]): Named[] {
  const reached = new Set([...gradientOf.values()].flat());
  return trainableOf(model).filter(([, variable]) => !reached.has(variable));
}

/** All that outputs are computed from, through some nodes. */
function behind(outputs: readonly Node[], through: (node: Node) => boolean): Set<Node> {
  const found = new Set<Node>();
  const rest = [...outputs];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    if (through(node)) for (const given of node.inputs) rest.push(given);
  }
  return found;
}

function listed(variables: readonly Named[]): string {
  return variables.map(([name]) => name).join(", ");
}

/** Between variables and outputs, what no gradient comes through: `stopGradient`, and what gives other than float32. */
function reason(outputs: readonly Node[], variables: readonly Named[]): string {
  const reaching = new Set<Node>(variables.map(([, variable]) => variable));
  const stops = new Set<string>();
  for (const node of topologicalOrder(outputs)) {
    const from = node.inputs.filter((input) => reaching.has(input));
    if (from.length === 0) continue;
    reaching.add(node);
    if (isOp(node, "stopGradient")) stops.add("stopGradient");
    else if (node.dtype !== "float32" && from.some(({ dtype }) => dtype === "float32"))
      stops.add(`${node.op} (${node.dtype})`);
  }
  const remedy = "compute in float32, without steps, all the way to the loss";
  return stops.size === 0 ? `: ${remedy}` : `, since none comes through ${[...stops].join(", ")}: ${remedy}`;
}
