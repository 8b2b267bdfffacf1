import { useCounts } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { Activation } from "../../src/ops/shared/fusedActivation.js";
import { fusedActivations } from "../target.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

const { portable, tensorflow } = fusedActivations;

/** The activations that every target fuses. */
export const fuseActivations: Pass = fuse(
  "fuseActivations",
  portable.filter((activation) => tensorflow.includes(activation)),
);

/** Those that tfjs's kernels fuse besides. */
export const fusePortableActivations: Pass = fuse("fusePortableActivations", portable);

/** activation(x · W + b) becomes one kernel, where nothing else reads what is in between. */
function fuse(name: string, activations: readonly Activation[]): Pass {
  return {
    name,
    summary: `${activations.join(", ")} of x · W + b or x ∗ filter + b become one kernel with it`,
    needs: activations,
    run(graph) {
      const uses = useCounts(graph);
      return rewrite(graph, (node, before) => {
        const activation = activations.find((candidate) => candidate === node.op);
        const [sum] = node.inputs;
        if (!activation || !isAffine(sum!) || sum.attributes.activation !== undefined) return undefined;
        if (uses.get(before.inputs[0]!) !== 1) return undefined;
        const attributes = { ...sum.attributes, activation, ...node.attributes };
        return inPlaceOf(node.scope ? node : sum, sum.op as "affine", sum.inputs, attributes);
      });
    },
  };
}

function isAffine(node: Node): node is Node<"affine"> | Node<"affineConvolution"> {
  return isOp(node, "affine") || isOp(node, "affineConvolution");
}
