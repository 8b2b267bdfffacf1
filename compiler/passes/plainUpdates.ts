import { isOp, type Node } from "../../src/ir/node.js";
import { builder as b } from "../../src/ops/builder.js";
import { inPlaceRulesOf, updatesInPlace } from "../analysis/in-place.js";
import type { Pass } from "./pass.js";
import { rewrite } from "./rewrite.js";

/** An optimizer's rule that cannot be done in place becomes plain arithmetic. */
export const plainUpdates: Pass = {
  name: "plainUpdates",
  summary: "optimizers' rules whose results do not go home become plain arithmetic",
  run(graph) {
    const { nodes } = updatesInPlace(graph);
    const written = new Map<Node, readonly Node[]>();
    return rewrite(graph, (node, before) => {
      if (!isOp(node, "result") || nodes.has(before.inputs[0]!)) return undefined;
      const rule = node.inputs[0]!;
      const results = written.get(rule) ?? inPlaceRulesOf(rule)?.plain(b, rule);
      if (results) written.set(rule, results);
      return results?.[node.attributes.index];
    });
  },
};
