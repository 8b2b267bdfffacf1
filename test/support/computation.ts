import type { Computation } from "../../compiler/program.js";
import type { Executable } from "../../runtime/backends/backend.js";
import { loadReference } from "../../runtime/backends/reference.js";
import type { NdArray } from "../../src/ir/array.js";
import { makeGraph } from "../../src/ir/graph.js";
import { makeNode } from "../../src/ir/makeNode.js";
import type { Node } from "../../src/ir/node.js";
import { inputOp } from "../../src/ops/input.js";

/** Input nodes for arrays, with the names x0, x1, … */
export function inputsFor(arrays: readonly NdArray[]): Node[] {
  return arrays.map(({ shape, dtype }) => makeNode(inputOp, [], { shape, dtype }));
}

/** A computation of outputs from inputs named x0, x1, …, as it is: no pass has run. */
export function computationFor(inputs: readonly Node[], outputs: Readonly<Record<string, Node>>): Computation {
  const named = inputs.map((node, i) => [`x${i}`, node] as const);
  const names = new Map(named.map(([name, node]) => [node, name]));
  return { inputs: new Map(named), variables: new Map(), call: makeGraph("call", outputs, [], names) };
}

/** Calls a computation with arrays for x0, x1, … */
export function callWith(executable: Executable, arrays: readonly NdArray[]): Record<string, NdArray> {
  return executable.call(Object.fromEntries(arrays.map((value, i) => [`x${i}`, value])));
}

/** The outputs of a computation on the reference kernels. */
export function callReference(computation: Computation, arrays: readonly NdArray[]): Record<string, NdArray> {
  return callWith(loadReference(computation), arrays);
}
