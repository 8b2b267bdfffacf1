import { useCounts } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/** x · W + b and x ∗ filter + b become one kernel, where nothing else reads the product. */
export const fuseAffine: Pass = {
  name: "fuseAffine",
  summary: "x · W + b and x ∗ filter + b become one kernel",
  needs: ["add"],
  run(graph) {
    const uses = useCounts(graph);
    return rewrite(graph, (node, before) => {
      if (!isOp(node, "add")) return undefined;
      const place = node.inputs.findIndex((input) => isProduct(input));
      const [product, bias] = [node.inputs[place], node.inputs[1 - place]];
      if (!product || !isProduct(product) || uses.get(before.inputs[place]!) !== 1) return undefined;
      if (bias!.rank !== 1 || bias!.shape[0] !== product.shape.at(-1)) return undefined;
      return affine(node.scope ? node : product, product, bias!);
    });
  },
};

function affine(place: Node, product: Product, bias: Node): Node {
  const inputs = [...product.inputs, bias];
  if (isOp(product, "dot")) return inPlaceOf(place, "affine", inputs, product.attributes);
  return inPlaceOf(place, "affineConvolution", inputs, product.attributes);
}

type Product = Node<"dot"> | Node<"convolution">;

/** A convolution, or a product with a matrix. */
function isProduct(node: Node): node is Product {
  return isOp(node, "convolution") || (isOp(node, "dot") && node.inputs[1]!.rank === 2);
}
