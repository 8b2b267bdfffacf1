import { isOp, type Node } from "../../src/ir/node.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/**
 * Gradient descent by the gradient of a gather along the first axis changes the gathered rows alone: the others' gradient is 0. Of other
 * optimizers it is not so: their averages change where the gradient is 0, too.
 */
export const updateRows: Pass = {
  name: "updateRows",
  summary: "gradient descent on gathered rows leaves all others alone",
  needs: ["gatherGradient", "applyGradientDescent"],
  run: (graph) =>
    rewrite(graph, (node) => {
      if (!isOp(node, "applyGradientDescent")) return undefined;
      const [variable, rate, gradient] = node.inputs;
      if (!isOfRows(gradient!)) return undefined;
      const [dy, indices] = gradient.inputs;
      return inPlaceOf(node, "applyRowsDescent", [variable!, rate!, indices!, dy!]);
    }),
};

function isOfRows(gradient: Node): gradient is Node<"gatherGradient"> {
  return isOp(gradient, "gatherGradient") && gradient.attributes.axis === 0 && gradient.attributes.batchDims === 0;
}
