import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { evaluateDim } from "../../src/ir/evaluate.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node, OpName } from "../../src/ir/node.js";
import { hasResults, type OpDefinition, type RunContext, type Sample, type Samples } from "../../src/ir/op.js";
import { resultsOf } from "../../src/ops/result.js";

const folder = resolve(import.meta.dirname, "../../src/ops");
const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
const modules: readonly Readonly<Record<string, unknown>>[] = await Promise.all(
  files.map((file) => import(resolve(folder, file))),
);
const exported = Object.assign({}, ...modules) as Readonly<Record<string, Samples<OpName> | undefined>>;

/** The samples that stand in the op's file as `reluSamples`. None where it has none. */
export function samplesOf({ name }: { readonly name: OpName }): readonly Sample<OpName>[] {
  return exported[`${name}Samples`]?.() ?? [];
}

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
