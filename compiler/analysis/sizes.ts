import { elementCount } from "../../src/ir/array.js";
import { bytesPerElement } from "../../src/ir/dtype.js";
import { evaluateDim } from "../../src/ir/evaluate.js";
import type { Node, Signature } from "../../src/ir/node.js";
import { hasResults } from "../../src/ir/op.js";
import { definitionOf } from "../../src/ops/registry.js";
import type { Dim } from "../../src/types/dim.js";

/** The sizes that named dims are taken to have. */
export type DimSizes = ReadonlyMap<string, number>;

/** A shape with every named dim resolved. */
export function sizesOf(shape: readonly Dim[], dims: DimSizes): number[] {
  return shape.map((dim) => (typeof dim === "number" ? dim : (dims.get(dim) ?? evaluateDim(dim, dims))));
}

/** How many bytes a node's value has; an op of several results has no value of its own. */
export function bytesOf(node: Node, dims: DimSizes): number {
  return node.results ? 0 : bytesOfType(node, dims);
}

/** How many bytes all results of a node have. */
export function bytesOfResults(node: Node, dims: DimSizes): number {
  return total<Signature>(node.results ?? [node], (result) => bytesOfType(result, dims));
}

function bytesOfType({ dtype, shape }: Signature, dims: DimSizes): number {
  return bytesPerElement(dtype) * elementCount(sizesOf(shape, dims));
}

/** The sum of a measure over some values. */
export function total<T>(values: readonly T[], measure: (value: T) => number): number {
  return values.reduce((sum, value) => sum + measure(value), 0);
}

/** Whether a node's value is its first input's own memory. */
export function isView({ op }: Node): boolean {
  const definition = definitionOf(op);
  return !hasResults(definition) && definition.view === true;
}

/** Whether a node is there before anything runs: what is fed, the variables and the constants. */
export function isSource({ op }: Node): boolean {
  return op === "input" || op === "variable" || op === "constant";
}
