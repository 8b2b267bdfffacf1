import { cond } from "../../src/control/cond.js";
import { map } from "../../src/control/map.js";
import { scan } from "../../src/control/scan.js";
import { whileLoop } from "../../src/control/whileLoop.js";
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
  return dtype === "float32" && `${shape}` === `${sample.inputs[0]!.shape}` && takesVectors(definition);
});

/** Not of matrices, of which most numbers make none that can be inverted. */
function takesVectors({ infer }: OpDefinition<OpName>): boolean {
  try {
    infer([{ shape: [2], dtype: "float32" }], {} as never);
    return true;
  } catch {
    return false;
  }
}

/**
 * A loop along the first axis of x. It carries a tensor like one place of it, and reads others from outside; in a round there may be
 * a product, and where places have axes enough, a loop over one.
 */
export function scanOver(x: Node, outside: Node, generator: Random): Node[] {
  const place = x.shape.slice(1);
  const start = b.op("broadcastTo", [b.scalar(0.5)], { shape: place });
  const apply = applier(generator);
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

/** A function of each place along the first axis of x, which reads others from outside, and may choose among two. */
export function mapOver(x: Node, outside: Node, generator: Random): Node[] {
  const apply = applier(generator);
  const captured = b.op("tanh", [outside]);
  const chooses = generator.uniform() < 0.5;
  const y = map((place) => {
    const applied = apply(nodeOf(place));
    if (chooses) return tensorOf<Tensor<Shape>>(chooseOver(applied, captured, generator)[0]!);
    return tensorOf<Tensor<Shape>>(b.op("multiply", [applied, captured]));
  }, tensorOf<Tensor<Shape>>(x));
  return [nodeOf(y)];
}

/** One of two ways to compute something from x and another tensor of its shape; each reads what it needs. */
export function chooseOver(x: Node, other: Node, generator: Random): Node[] {
  const apply = applier(generator);
  const both = generator.uniform() < 0.5;
  const tensor = (node: Node) => tensorOf<Tensor<Shape>>(node);
  const { y, z } = cond(
    isLarge(other),
    () => ({ y: tensor(apply(x)), z: tensor(both ? b.op("multiply", [x, other]) : other) }),
    () => ({ y: tensor(apply(other)), z: tensor(generator.uniform() < 0.5 ? x : apply(x)) }),
  );
  return [nodeOf(y), nodeOf(z)];
}

/** A loop that ends by a condition, or after some rounds. */
export function whileOver(x: Node, outside: Node, generator: Random): Node[] {
  const apply = applier(generator);
  const start = {
    v: tensorOf<Tensor<Shape>>(b.op("tanh", [x])),
    n: tensorOf<Tensor<[], "int32">>(b.scalar(0, "int32")),
  };
  const { v, n } = whileLoop(
    ({ v }) => isLarge(nodeOf(v)),
    ({ v, n }) => ({
      v: tensorOf<Tensor<Shape>>(b.op("tanh", [b.op("multiply", [apply(nodeOf(v)), b.op("tanh", [outside])])])),
      n: tensorOf<Tensor<[], "int32">>(b.op("add", [nodeOf(n), b.scalar(1, "int32")])),
    }),
    start,
    { maximumIterations: 1 + generator.integer(4) },
  );
  return [nodeOf(v), nodeOf(n)];
}

function applier(generator: Random): (node: Node) => Node {
  return (node) => {
    const definition = keeping[generator.integer(keeping.length)]!;
    return makeNode(definition, [b.op("sigmoid", [node])], {} as never);
  };
}

/** Whether the first number of a tensor is above one that roundings do not come to. */
function isLarge(x: Node): Tensor<[], "bool"> {
  let first = x;
  while (first.rank > 0) first = firstOf(first);
  return tensorOf<Tensor<[], "bool">>(b.op("greater", [first, b.scalar(0.1234)]));
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
