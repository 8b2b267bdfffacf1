import { scan } from "../../src/control/scan.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { type Node, nodeOf, type OpName, tensorOf } from "../../src/ir/node.js";
import { hasResults, type OpDefinition } from "../../src/ir/op.js";
import type { Random } from "../../src/ir/random.js";
import type { Tensor } from "../../src/ir/tensor.js";
import { builder as b } from "../../src/ops/builder.js";
import { registry } from "../../src/ops/registry.js";
import type { Shape } from "../../src/types/dim.js";
import { samplesOf } from "../support/samples.js";

/** Ops of one float that keep its shape and take no attributes, as their samples tell: what a round is made of. */
const keeping = (Object.values(registry) as unknown as OpDefinition<OpName>[]).filter((definition) => {
  const [sample] = samplesOf(definition);
  if (!sample || hasResults(definition) || "notDifferentiable" in definition.gradient) return false;
  const fits = sample.inputs.length === 1 && Object.keys(sample.attributes).length === 0;
  if (!fits || sample.inputs[0]!.dtype !== "float32") return false;
  const { shape, dtype } = definition.infer(sample.inputs, sample.attributes);
  return dtype === "float32" && `${shape}` === `${sample.inputs[0]!.shape}`;
});

/**
 * A loop along the first axis of x. It carries a tensor like one place of it, and reads others from outside; in a round there may be
 * a product, and where places have axes enough, a loop over one.
 */
export function scanOver(x: Node, outside: Node, generator: Random): Node[] {
  const place = x.shape.slice(1);
  const start = b.op("broadcastTo", [b.scalar(0.5)], { shape: place });
  const apply = (node: Node) => {
    const definition = keeping[generator.integer(keeping.length)]!;
    return makeNode(definition, [b.op("sigmoid", [node])], {} as never);
  };
  const captured = b.op("tanh", [outside]);
  const matrix = place.length > 0 && generator.uniform() < 0.3 ? matrixOf(captured) : undefined;
  const isNested = place.length > 1 && generator.uniform() < 0.5;
  const round = (node: Node): Node => {
    const applied = apply(node);
    if (matrix) return b.op("dot", [applied, matrix], {});
    return isNested ? scanOver(applied, firstOf(captured), generator)[1]! : applied;
  };
  const { carry, outputs } = scan(
    tensorOf<Tensor<Shape>>(x),
    tensorOf<Tensor<Shape>>(start),
    (before, place) => {
      const sum = b.op("add", [nodeOf(before), round(nodeOf(place))]);
      const next = b.op("tanh", [generator.uniform() < 0.5 ? b.op("multiply", [sum, captured]) : sum]);
      return { carry: tensorOf<Tensor<Shape>>(next), output: tensorOf<Tensor<Shape>>(apply(next)) };
    },
    { axis: 0, reverse: generator.uniform() < 0.5 },
  );
  return [nodeOf(carry), nodeOf(outputs)];
}

/** The first place along the first axis. */
export function firstOf(x: Node): Node {
  const shape = x.shape.slice(1);
  const first = b.op("slice", [x], { begin: x.shape.map(() => 0), size: [1, ...shape] });
  return b.op("reshape", [first], { shape });
}

/** A square matrix of a tensor's first row, which keeps the last axis of what is multiplied by it. */
function matrixOf(x: Node): Node {
  const size = x.shape.at(-1)!;
  let row = x;
  while (row.rank > 1) row = firstOf(row);
  return b.op("broadcastTo", [row], { shape: [size, size] });
}
