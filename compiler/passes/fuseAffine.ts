import { type Graph, useCounts } from "../../src/ir/graph.js";
import { isOp, type Node, type Scope } from "../../src/ir/node.js";
import { makeNode } from "../../src/ir/op.js";
import { affineOp, type FusedActivation } from "../../src/ops/affine.js";
import { affineConv2dOp } from "../../src/ops/affineConv2d.js";
import type { Pass } from "./pass.js";
import { rewrite } from "./rewrite.js";

/** relu(x · W + b), relu(x ∗ filter + b), and the same without relu, become one kernel, where nothing else reads what is in between. */
export const fuseAffine: Pass = {
  name: "fuseAffine",
  summary: "x · W + b and x ∗ filter + b, with or without relu, become one kernel",
  run: (graph) => fuseRelu(fuseBias(graph)),
};

type Product = Node<"dot"> | Node<"conv2d">;
type Affine = Node<"affine"> | Node<"affineConv2d">;

function fuseBias(graph: Graph): Graph {
  const uses = useCounts(graph);
  return rewrite(graph, (node, before) => {
    if (!isOp(node, "add")) return undefined;
    const place = node.inputs.findIndex((input) => isProduct(input));
    const [product, bias] = [node.inputs[place], node.inputs[1 - place]];
    if (!product || !isProduct(product) || uses.get(before.inputs[place]!) !== 1) return undefined;
    if (bias!.rank !== 1 || bias!.shape[0] !== product.shape.at(-1)) return undefined;
    return affine(product, [...product.inputs, bias!], "linear", node.scope ?? product.scope);
  });
}

function fuseRelu(graph: Graph): Graph {
  const uses = useCounts(graph);
  return rewrite(graph, (node, before) => {
    const [sum] = node.inputs;
    if (!isOp(node, "relu") || !isAffine(sum!) || sum.attributes.activation !== "linear") return undefined;
    return uses.get(before.inputs[0]!) === 1 ? affine(sum, sum.inputs, "relu", node.scope ?? sum.scope) : undefined;
  });
}

/** The fused node for a product, or for an affine map that gets an activation. */
function affine(like: Product | Affine, inputs: readonly Node[], activation: FusedActivation, scope?: Scope): Node {
  if (isOp(like, "dot") || isOp(like, "affine")) {
    return makeNode(affineOp, inputs, { ...like.attributes, activation }, scope);
  }
  const { strides, padding } = like.attributes;
  return makeNode(affineConv2dOp, inputs, { strides, padding, activation }, scope);
}

function isAffine(node: Node): node is Affine {
  return isOp(node, "affine") || isOp(node, "affineConv2d");
}

/** A convolution, or a product with a matrix. */
function isProduct(node: Node): node is Product {
  return isOp(node, "conv2d") || (isOp(node, "dot") && node.inputs[1]!.rank === 2);
}
