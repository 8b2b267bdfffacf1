import { useCounts } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import { sameShape } from "../../src/types/same-shape.js";
import type { Pass } from "./pass.js";
import { rewrite, withInputs } from "./rewrite.js";

/**
 * reshape(dot(reshape(x), W)) → dot(x, W), where the reshapes only fold axes in front into rows and take them apart again:
 * a product does this by itself.
 */
export const foldReshapes: Pass = {
  name: "foldReshapes",
  summary: "reshapes of a product's rows, before and after it, go away",
  needs: ["reshape"],
  run(graph) {
    const uses = useCounts(graph);
    return rewrite(graph, (node, before) => {
      const product = node.inputs[0];
      if (!isOp(node, "reshape") || !product || uses.get(before.inputs[0]!) !== 1) return undefined;
      const x = rowsOf(product);
      if (!x) return undefined;
      const direct = withInputs(product, [x, ...product.inputs.slice(1)]);
      return sameShape(direct.shape, node.shape) ? direct : undefined;
    });
  },
};

/** What a product's first operand was before its leading axes were folded. */
function rowsOf(product: Node): Node | undefined {
  if ((!isOp(product, "dot") && !isOp(product, "affine")) || product.attributes.transposeA) return undefined;
  const [rows] = product.inputs;
  const x = isOp(rows!, "reshape") ? rows.inputs[0]! : undefined;
  return x && x.rank > 0 && x.shape.at(-1) === rows!.shape.at(-1) ? x : undefined;
}
