import type { DType } from "../../src/ir/dtype.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { type Node, nodeOf, type OpName, tensorOf } from "../../src/ir/node.js";
import type { GradientContext } from "../../src/ir/op.js";
import type { DTypeOf, ShapeOf, Tensor, TensorLike } from "../../src/ir/tensor.js";
import { builder as b } from "../../src/ops/builder.js";
import { definitionOf } from "../../src/ops/registry.js";
import type { Shape } from "../../src/types/dim.js";
import { type Show, show } from "../../src/types/show.js";
import { sumToShape } from "./sumToShape.js";

/**
 * The gradients of a scalar with respect to nodes of its graph, by reverse accumulation: nodes are visited from the
 * scalar back, each hands its inputs their share of what it received, and shares of one node are added up.
 *
 * @param record is told, of every gradient on the way, the nodes with respect to which it is the gradient
 */
export function gradientNodes(y: Node, wanted: readonly Node[], record: Map<Node, Node[]> = new Map()): Node[] {
  if (y.rank !== 0 || y.dtype !== "float32") {
    const message = `gradients: takes a float32 scalar, got ${y.dtype} ${show(y.shape)}; reduce it with mean() or sum()`;
    throw new ShapewrightError("SW_GRADIENT", message, "gradients");
  }
  const order = topologicalOrder([y]);
  const carries = nodesThatReach(order, new Set(wanted));
  const received = new Map<Node, Node[]>([[y, [b.scalar(1)]]]);
  for (const node of order.reverse()) {
    const shares = received.get(node);
    if (!shares || !carries.has(node)) continue;
    const dy = total(shares);
    received.set(node, [dy]);
    record.set(dy, [...(record.get(dy) ?? []), node]);
    for (const [input, share] of sharesOf(node, dy, carries)) {
      const list = received.get(input);
      if (list) list.push(share);
      else received.set(input, [share]);
    }
  }
  return wanted.map((node) => {
    const shares = received.get(node);
    return shares ? total(shares) : b.op("broadcastTo", [b.scalar(0)], { shape: node.shape });
  });
}

/** The inputs that a gradient flows into, each with its share, summed to the input's shape. */
function sharesOf(node: Node, dy: Node, carries: ReadonlySet<Node>): [Node, Node][] {
  if (!node.inputs.some((input) => carries.has(input))) return [];
  const { gradient } = definitionOf(node.op);
  if ("notDifferentiable" in gradient) {
    // Reached from the loss and reaching a wanted node: refusing is honest where zero would be silent.
    if (node.dtype !== "float32") return [];
    throw new ShapewrightError("SW_GRADIENT", `${node.op}: has no gradient: ${gradient.notDifferentiable}`, node.op);
  }
  const shares = gradient({ b, node, inputs: node.inputs, dy } as GradientContext<OpName>);
  return node.inputs.flatMap((input, i): [Node, Node][] => {
    const share = shares[i];
    return share && carries.has(input) && input.dtype === "float32" ? [[input, sumToShape(b, share, input.shape)]] : [];
  });
}

/** The nodes through which a change of a wanted node can change the result. */
function nodesThatReach(order: readonly Node[], wanted: ReadonlySet<Node>): Set<Node> {
  const reaching = new Set<Node>();
  for (const node of order) {
    if (wanted.has(node) || node.inputs.some((input) => reaching.has(input))) reaching.add(node);
  }
  return reaching;
}

function total(shares: readonly Node[]): Node {
  return shares.reduce((sum, share) => b.op("add", [sum, share]));
}

/** `unknown` for a float32 scalar, else the message. */
type CheckScalar<S extends Shape, D extends DType> = number extends S["length"]
  ? unknown
  : [S, "float32"] extends [[], D]
    ? unknown
    : `gradients: takes a float32 scalar, got ${D} ${Show<S>}; reduce it with mean() or sum()`;

/**
 * The gradients of a scalar with respect to tensors it was computed from: as many tensors, under the same names, of
 * the same shapes. They are graph like any other, and can be differentiated again.
 *
 * @param y a float32 scalar
 * @param wanted variables, inputs, or any tensors on the way to y; one that y does not depend on gets zeros
 * @throws SW_GRADIENT when y is not a scalar, or an op on the way has no gradient
 * @example
 * const W = variable("W", [3], ones());
 * const { W: dW } = gradients(sum(square(W)), { W }); // Tensor<[3], "float32">: 2 · W
 */
export function gradients<const S extends Shape, D extends DType, const W extends Readonly<Record<string, TensorLike>>>(
  y: Tensor<S, D> & CheckScalar<S, D>,
  wanted: W,
): { -readonly [K in keyof W]: Tensor<ShapeOf<W[K]>, DTypeOf<W[K]>> } {
  const names = Object.keys(wanted);
  const nodes = gradientNodes(
    nodeOf(y),
    names.map((name) => nodeOf(wanted[name]!)),
  );
  return Object.fromEntries(names.map((name, i) => [name, tensorOf(nodes[i]!)])) as never;
}
