import { scan } from "../../src/control/scan.js";
import { type Node, nodeOf, type OpName, tensorOf } from "../../src/ir/node.js";
import { hasResults, makeNode, type OpDefinition } from "../../src/ir/op.js";
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

/** A loop along the first axis of x. It carries a tensor like one place of it, and reads another from outside. */
export function scanOver(x: Node, outside: Node, generator: Random): Node[] {
  const start = b.op("broadcastTo", [b.scalar(0.5)], { shape: x.shape.slice(1) });
  const apply = (node: Node) => {
    const definition = keeping[generator.integer(keeping.length)]!;
    return makeNode(definition, [b.op("sigmoid", [node])], {} as never);
  };
  const captured = b.op("tanh", [outside]);
  const { carry, outputs } = scan(
    tensorOf<Tensor<Shape>>(x),
    tensorOf<Tensor<Shape>>(start),
    (before, place) => {
      const sum = b.op("add", [nodeOf(before), apply(nodeOf(place))]);
      const next = b.op("tanh", [generator.uniform() < 0.5 ? b.op("multiply", [sum, captured]) : sum]);
      return { carry: tensorOf<Tensor<Shape>>(next), output: tensorOf<Tensor<Shape>>(apply(next)) };
    },
    { axis: 0, reverse: generator.uniform() < 0.5 },
  );
  return [nodeOf(carry), nodeOf(outputs)];
}
