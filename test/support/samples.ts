import type { Node, OpName } from "../../src/ir/node.js";
import { hasResults, makeNode, type OpDefinition, type RunContext, type Sample } from "../../src/ir/op.js";
import { resultsOf } from "../../src/ops/result.js";
import { evaluateDim } from "../../src/types/evaluate.js";

/** What a sample computes: one node for each result. */
export function resultsOfSample(
  definition: OpDefinition<OpName>,
  inputs: readonly Node[],
  { attributes }: Sample<OpName>,
): Node[] {
  const node = makeNode(definition, inputs, attributes);
  return hasResults(definition) ? resultsOf(node) : [node];
}

/** What a sample's node is run with. All its dims are literals. */
export function contextOf(definition: OpDefinition<OpName>, sample: Sample<OpName>): RunContext<OpName> {
  const inferred = definition.infer(sample.inputs, sample.attributes);
  const { shape, dtype } = "shape" in inferred ? inferred : inferred[0]!;
  const size = (dim: number | string) => evaluateDim(dim, new Map());
  return { attributes: sample.attributes, dtype, shape: shape.map(size), size };
}
