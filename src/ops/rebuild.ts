import { topologicalOrder } from "../ir/graph.js";
import { nodeOfSignature } from "../ir/makeNode.js";
import type { Node } from "../ir/node.js";
import { currentPlace, within } from "../ir/place.js";
import { definitionOf } from "./registry.js";

/**
 * What computes nodes, with other nodes in the place of some. Nodes behind which nothing changes stay as they are.
 *
 * @param known what takes a node's place; what is rebuilt is added
 * @param attributesOf the attributes of a rebuilt node: those it has, unless said otherwise
 */
export function rebuild(
  nodes: readonly Node[],
  known: Map<Node, Node>,
  attributesOf: (node: Node) => Node["attributes"] = ({ attributes }) => attributes,
): Node[] {
  for (const node of topologicalOrder(nodes, (at) => known.has(at))) {
    const inputs = node.inputs.map((input) => known.get(input)!);
    const attributes = attributesOf(node);
    const same = attributes === node.attributes && inputs.every((input, i) => input === node.inputs[i]);
    const signature = () => definitionOf(node.op).infer(inputs, attributes);
    const make = () => nodeOfSignature(node.op, signature(), inputs, attributes, node.scope);
    // It is a part of what the node is a part of, though the rebuilding be of something else: also where that is nothing.
    known.set(node, same ? node : within({ ...currentPlace(), call: node.call }, make));
  }
  return nodes.map((node) => known.get(node)!);
}
