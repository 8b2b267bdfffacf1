import { withinBodies } from "../src/ir/body.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { topologicalOrder } from "../src/ir/graph.js";
import { isOp, type Node } from "../src/ir/node.js";
import { within } from "../src/ir/place.js";
import { builder as b } from "../src/ops/builder.js";
import { penaltyOf } from "../src/regularizers/regularizer.js";

type Variables = ReadonlyMap<string, Node<"variable">>;

/** What is added to the loss, as one sum: nothing where nothing is. */
export function penalty(outputs: readonly Node[], variables: Variables): Node | undefined {
  return within({ part: "loss" }, () => {
    const all = penalties("compile", outputs, variables);
    return all.length === 0 ? undefined : all.reduce((sum, one) => b.op("add", [sum, one]));
  });
}

/** What is added to the loss: by `addLoss` on the way to the outputs, and what trainable variables cost by their regularizers. */
export function penalties(op: string, outputs: readonly Node[], variables: Variables): Node[] {
  return within({ part: "loss" }, () => {
    const nodes = topologicalOrder(outputs);
    const added = new Set(nodes.flatMap((node) => (isOp(node, "addLoss") ? [node.inputs[1]!] : [])));
    if (withinBodies(nodes).some((node) => isOp(node, "addLoss") && !nodes.includes(node))) throw insideOfLoop(op);
    const costs = [...variables].flatMap(
      ([
        name,
        {
          attributes: { regularizer, trainable },
        },
      ]) =>
        regularizer && trainable
          ? [penaltyOf(op, `the regularizer of "${name}"`, regularizer, variables.get(name)!)]
          : [],
    );
    return [...added, ...costs];
  });
}

function insideOfLoop(op: string): ShapewrightError {
  const message = `${op}: addLoss, or an activityRegularizer, is inside of a loop, where its loss would be lost; return it from the loop, and add it there`;
  return new ShapewrightError("SW_VALUE", message, op);
}
