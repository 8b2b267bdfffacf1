import { lastSerial } from "../ir/makeNode.js";
import { isOp, type Node } from "../ir/node.js";
import { arrangeLike, nodesOf } from "../ir/structure.js";
import { builder as b } from "../ops/builder.js";
import { closeAllOver } from "./closeOver.js";
import type { Tree } from "./trees.js";

/**
 * Builds a choice: what is made while a way is called is computed in that way alone.
 *
 * @param other gives the nodes in the places of what the first way gives
 */
export function choose<Y extends Tree>(predicate: Node, one: () => Y, other: (given: Y) => readonly Node[]): Y {
  const [isOwn, given] = made(one);
  const [isOwnOfOther, others] = made(() => other(given));
  const results = nodesOf(given);
  const { bodies, captured } = closeAllOver([
    { parameters: [], results, isOwn },
    { parameters: [], results: others, isOwn: isOwnOfOther },
  ]);
  const [ifTrue, ifFalse] = bodies;
  return arrangeLike<Y>(
    given,
    b.results(b.op("cond", [predicate, ...captured], { ifTrue: ifTrue!, ifFalse: ifFalse! })),
  );
}

/** What a function gives, and which nodes it makes: all but what is fed or kept. */
function made<T>(build: () => T): [isOwn: (node: Node) => boolean, T] {
  const before = lastSerial();
  const given = build();
  const after = lastSerial();
  const isSource = (node: Node) => isOp(node, "input") || isOp(node, "variable");
  return [(node) => node.serial > before && node.serial <= after && !isSource(node), given];
}
