import { inWords } from "../ir/inWords.js";
import { isTensor, type Node, notATensor } from "../ir/node.js";
import { aRecord, checkOption, required } from "../ir/options.js";
import { returnedNode, wronglyReturned } from "../ir/returned.js";
import { nodesOf } from "../ir/structure.js";
import type { Tree } from "./trees.js";

const aTree = "a tensor or a record of tensors";
const atLeastOne = `${aTree}, of at least one`;

/**
 * What a function written by hand returned, as a program without types may have it: a tensor or a record of them.
 *
 * @param who as a message names it: `ifTrue`
 * @param part which part of what it returned, if it is one
 */
export function checkTree<T extends Tree>(op: string, who: string, tree: T, part?: string): T {
  const takes = part ? "{ carry, output }, each a tensor or a record of tensors" : aTree;
  const refused = (found: string) => wronglyReturned(op, who, found, takes);
  if (isTensor(tree)) return tree;
  if (!aRecord.accepts(tree)) throw refused(`${inWords(tree)}${part ? ` as its ${part}` : ""}`);
  for (const [name, value] of Object.entries(tree as object)) {
    if (!isTensor(value)) throw refused(`${inWords(value)} as "${name}"${part ? ` of its ${part}` : ""}`);
  }
  return tree;
}

/** The same where something has to be returned: a record of nothing is none. */
export function checkSome<T extends Tree>(op: string, who: string, tree: T): T {
  if (nodesOf(checkTree(op, who, tree)).length > 0) return tree;
  throw wronglyReturned(op, who, "a record of nothing", atLeastOne);
}

/** The node of what a function written by hand returned, which is one tensor. */
export function returnedTensor(op: string, who: string, value: unknown): Node {
  return returnedNode(op, who, value, { takes: "a tensor" });
}

/** The nodes of what goes into a loop, as a program without types may give it. */
export function givenNodes(op: string, tree: Tree): Node[] {
  if (!isTensor(tree) && !aRecord.accepts(tree)) throw notATensor(op, tree, aTree);
  return nodesOf(tree, op);
}

/**
 * Checks what a loop begins with, as a program without types may give it.
 *
 * @throws SW_VALUE when it is neither a tensor nor a record of tensors
 */
export function checkInitial(op: string, initial: Tree): void {
  const isOne = isTensor(initial);
  const isRecord =
    aRecord.accepts(initial) && Object.values(initial).length > 0 && Object.values(initial).every(isTensor);
  checkOption(
    op,
    "what is carried at first",
    initial,
    required({ takes: atLeastOne, accepts: () => isOne || isRecord }),
  );
}
