import type { NdArray } from "../src/ir/array.js";
import { internalError } from "../src/ir/errors.js";
import { type Graph, makeGraph } from "../src/ir/graph.js";
import { makeNode } from "../src/ir/makeNode.js";
import { isOp, type Node, type Scope } from "../src/ir/node.js";
import { constantOp } from "../src/ops/constant.js";
import { sameShape } from "../src/types/same-shape.js";
import { rewrite } from "./passes/rewrite.js";

/**
 * A graph with its variables as constants, for prediction without training: they keep their names and layers.
 *
 * @param values the value of every variable of the graph, by the name it has there
 * @throws SW_INTERNAL when a value is missing, of another shape or dtype, or when the graph updates variables
 */
export function freezeVariables(graph: Graph, values: ReadonlyMap<string, NdArray>): Graph {
  if (graph.updates.size > 0) throw internalError(`${graph.name}: a graph that updates variables cannot be frozen`);
  const names = new Map<Node | Scope, string>(graph.names);
  const frozen = rewrite(graph, (node) => {
    if (!isOp(node, "variable")) return undefined;
    const name = graph.names.get(node) ?? node.attributes.name;
    const value = values.get(name);
    if (!value) throw internalError(`${graph.name}: no value is given for the variable "${name}"`);
    if (!sameShape(value.shape, node.shape) || value.dtype !== node.dtype) {
      throw internalError(`${graph.name}: the value of "${name}" is ${value.dtype}[${value.shape.join(", ")}]`);
    }
    const constant = makeNode(constantOp, [], { value }, node.scope);
    names.set(constant, name);
    return constant;
  });
  return makeGraph(frozen.name, frozen.outputs, frozen.updates, names);
}
