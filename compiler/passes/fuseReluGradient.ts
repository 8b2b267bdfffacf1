import { isOp, type Node } from "../../src/ir/node.js";
import { sameShape } from "../../src/types/same-shape.js";
import { finiteNodes } from "../analysis/finite.js";
import { isConstant } from "./match.js";
import type { Pass } from "./pass.js";
import { inPlaceOf, rewrite } from "./rewrite.js";

/**
 * select(y > 0, dy, 0) → reluGradient(dy, y), and the same with y < 6 for relu6: the masks of the backward pass, read from the
 * activation's output y. These kernels multiply by the mask, so what is not chosen would count where it is not finite: ∞ · 0 is
 * NaN. Such a select stays as it is, and so does one by anything else than an activation: it may well hide what overflows.
 */
export const fuseReluGradient: Pass = {
  name: "fuseReluGradient",
  summary: "select(y > 0, dy, 0) for a relu y becomes one kernel, where dy is finite",
  needs: ["select"],
  run(graph) {
    let finite: ReadonlySet<Node> | undefined;
    return rewrite(graph, (node, before) => {
      const y = maskOf(node, "greater", 0);
      const activation = y && activations.find((one) => gives(y, one));
      if (!activation) return undefined;
      finite ??= finiteNodes(graph);
      const [inner, innerBefore] = [node.inputs[1]!, before.inputs[1]!];
      if (activation === "relu6" && maskOf(inner, "less", 6) === y && finite.has(innerBefore.inputs[1]!)) {
        return inPlaceOf(node, "relu6Gradient", [inner.inputs[1]!, y]);
      }
      return finite.has(innerBefore) ? inPlaceOf(node, "reluGradient", [inner, y]) : undefined;
    });
  },
};

const activations = ["relu", "relu6"] as const;

/** Whether a node's value is an activation's output: its own, or that of a kernel that computes it together with a product. */
function gives(node: Node, activation: (typeof activations)[number]): boolean {
  if (isOp(node, "affine") || isOp(node, "affineConvolution")) return node.attributes.activation === activation;
  return isOp(node, activation);
}

/** The y of select(y > bound, dy, 0) or select(y < bound, dy, 0), where all three have one shape. */
function maskOf(node: Node, comparison: "greater" | "less", bound: number): Node | undefined {
  if (!isOp(node, "select") || node.dtype !== "float32") return undefined;
  const [condition, dy, zero] = node.inputs;
  if (!isOp(condition!, comparison) || !isConstant(zero!, 0) || !isConstant(condition.inputs[1]!, bound))
    return undefined;
  const [y] = condition.inputs;
  const fits = sameShape(y!.shape, dy!.shape) && sameShape(dy!.shape, node.shape);
  return fits && y!.dtype === "float32" ? y : undefined;
}
