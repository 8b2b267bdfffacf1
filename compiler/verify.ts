import { bodiesOf } from "../src/ir/body.js";
import { internalError } from "../src/ir/errors.js";
import { finalValues, type Graph, graphOfBody } from "../src/ir/graph.js";
import { makeNode } from "../src/ir/makeNode.js";
import { isOp, type Node } from "../src/ir/node.js";
import { isLater } from "../src/ir/place.js";
import { printSignature } from "../src/ir/print.js";
import { definitionOf } from "../src/ops/registry.js";

/**
 * Checks what every graph must hold to: inputs stand before their users, outputs and updates are among the nodes, every
 * shape and dtype is what the op's shape rule says, of several results one is read, a variable's next value is of its type,
 * and what a node reads is of its part or an earlier one.
 *
 * @throws SW_INTERNAL at the first node that does not
 */
export function verify(graph: Graph): Graph {
  const seen = new Set<Node>();
  for (const node of graph.nodes) {
    if (node.inputs.some((input) => !seen.has(input)))
      throw internalError(`${graph.name}: ${node.op} stands before an input`);
    if (!isOp(node, "result") && node.inputs.some(({ results }) => results)) {
      throw internalError(`${graph.name}: ${node.op} reads an op of several results as a whole`);
    }
    const later = node.inputs.find((input) => input.inputs.length > 0 && isLater(input.part, node.part));
    if (later)
      throw internalError(`${graph.name}: ${node.op} of part ${node.part} reads ${later.op} of part ${later.part}`);
    const rule = printSignature(makeNode(definitionOf(node.op), node.inputs, node.attributes));
    if (printSignature(node) !== rule) {
      throw internalError(`${graph.name}: ${node.op} is ${printSignature(node)}, but its rule says ${rule}`);
    }
    for (const [, body] of bodiesOf(node)) {
      const open = body.nodes.find(
        (inner) => isOp(inner, "variable") || (isOp(inner, "input") && !body.parameters.includes(inner)),
      );
      if (open)
        throw internalError(
          `${graph.name}: a body of ${node.op} reads ${open.op} ${printSignature(open)} from outside`,
        );
      verify(graphOfBody(body));
    }
    seen.add(node);
  }
  for (const root of finalValues(graph)) {
    if (!seen.has(root)) throw internalError(`${graph.name}: an output is not among the nodes`);
    if (root.results) throw internalError(`${graph.name}: an output is an op of several results as a whole`);
  }
  for (const [variable, next] of graph.updates as ReadonlyMap<Node, Node>) {
    if (!isOp(variable, "variable")) throw internalError(`${graph.name}: ${variable.op} has a next value`);
    if (printSignature(variable) !== printSignature(next)) {
      const name = graph.names.get(variable) ?? variable.attributes.name;
      throw internalError(
        `${graph.name}: the next value of "${name}" is ${printSignature(next)}, not ${printSignature(variable)}`,
      );
    }
  }
  return graph;
}
