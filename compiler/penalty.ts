import { withinBodies } from "../src/ir/body.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { topologicalOrder } from "../src/ir/graph.js";
import { isOp, type Node } from "../src/ir/node.js";
import { within } from "../src/ir/place.js";
import { builder as b } from "../src/ops/builder.js";
import { penaltyOf } from "../src/regularizers/regularizer.js";

/**
 * What is added to the loss: by `addLoss` on the way to the outputs, and what trainable variables cost by their regularizers.
 * Nothing where nothing is.
 */
export function penalty(outputs: readonly Node[], variables: ReadonlyMap<string, Node<"variable">>): Node | undefined {
  return within({ part: "loss" }, () => {
    const nodes = topologicalOrder(outputs);
    const added = new Set(nodes.flatMap((node) => (isOp(node, "addLoss") ? [node.inputs[1]!] : [])));
    if (withinBodies(nodes).some((node) => isOp(node, "addLoss") && !nodes.includes(node))) throw insideOfLoop();
    const costs = [...variables].flatMap(
      ([
        name,
        {
          attributes: { regularizer, trainable },
        },
      ]) =>
        regularizer && trainable
          ? [penaltyOf("compile", `the regularizer of "${name}"`, regularizer, variables.get(name)!)]
          : [],
    );
    const all = [...added, ...costs];
    return all.length === 0 ? undefined : all.reduce((sum, one) => b.op("add", [sum, one]));
  });
}

function insideOfLoop(): ShapewrightError {
  const message =
    "compile: addLoss, or an activityRegularizer, is inside of a loop, where its loss would be lost; return it from the loop, and add it there";
  return new ShapewrightError("SW_VALUE", message, "compile");
}
