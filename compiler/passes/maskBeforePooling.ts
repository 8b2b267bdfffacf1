import { isOp } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/**
 * reluGradient(maxPoolGradient(x, y, dy), x) → maxPoolGradient(x, y, reluGradient(dy, y)): where a relu stands before a
 * pool, its mask is taken on the pooled images, which are smaller. The same numbers: only a window's largest element
 * gets a gradient, and it is positive exactly where the pool's output is.
 */
export const maskBeforePooling: Pass = {
  name: "maskBeforePooling",
  summary: "the relu mask behind a pool's gradient is taken on the smaller, pooled images",
  needs: ["maxPoolGradient"],
  run: (graph) =>
    rewrite(graph, (node) => {
      if (!isOp(node, "reluGradient")) return undefined;
      const [spread, output] = node.inputs;
      if (!isOp(spread!, "maxPoolGradient")) return undefined;
      const [x, y, dy] = spread.inputs;
      if (x !== output) return undefined;
      return inPlaceOf(spread, "maxPoolGradient", [x!, y!, b.op("reluGradient", [dy!, y!])], spread.attributes);
    }),
};
