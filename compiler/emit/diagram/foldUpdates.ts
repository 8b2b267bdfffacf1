import { isOptimizerState, optimizerState } from "../../../src/optimizerState.js";
import type { Diagram, DiagramGroup, DiagramNode } from "./diagram.js";

/**
 * A diagram in which the update of a weight is a group within its layer: what the optimizer keeps for it, and what makes the next values.
 * Nodes of a layer's update that read one another are of one group; what several layers read is in none.
 */
export function foldUpdates({ nodes, groups }: Diagram): Diagram {
  const parts = partsOf(nodes);
  const folded: DiagramGroup[] = [];
  const groupOf = new Map<number, number>();
  for (const part of parts) {
    const written = part.flatMap((index) => writtenBy(nodes[index]!)).filter((name) => !isOptimizerState(name));
    const parent = nodes[part[0]!]!.group!;
    const isAll = part.length === nodes.filter(({ group }) => group === parent).length;
    if (part.length < 2 || isAll || written.length === 0) continue;
    const layer = `${groups[parent]!.name}/`;
    const names = [...new Set(written)].map((name) => (name.startsWith(layer) ? name.slice(layer.length) : name));
    for (const index of part) groupOf.set(index, groups.length + folded.length);
    folded.push({ name: `${names.join(" and ")} update`, parent, isUpdate: true });
  }
  return {
    nodes: nodes.map((node, index) => (groupOf.has(index) ? { ...node, group: groupOf.get(index)! } : node)),
    groups: [...groups, ...folded],
  };
}

/** The nodes of updates, by their indices, in sets of those that read one another within a layer. */
function partsOf(nodes: readonly DiagramNode[]): number[][] {
  const partOf = new Map<number, number[]>();
  nodes.forEach((node, index) => {
    if (!isOfUpdate(node)) return;
    let part = [index];
    for (const input of node.inputs) {
      const other = typeof input === "number" && nodes[input]!.group === node.group ? partOf.get(input) : undefined;
      if (other && other !== part) part = [...other, ...part];
    }
    for (const member of part) partOf.set(member, part);
  });
  return [...new Set(partOf.values())];
}

function isOfUpdate({ kind, group, name }: DiagramNode): boolean {
  if (group === undefined) return false;
  // Of the optimizer as a whole are its rate and its count of steps: their names have no weight's in them.
  const ofWeight = name !== undefined && isOptimizerState(name) && name.includes("/", optimizerState.length);
  return kind === "update" || (kind === "variable" && ofWeight);
}

/** The variables of which a node gives the next values. */
function writtenBy({ attributes }: DiagramNode): string[] {
  return attributes.flatMap(([attribute, value]) => (attribute === "next value of" ? value : []));
}
