import { isTensor, type Node } from "../../../src/ir/node.js";
import { toldMade, type Watching } from "../../../src/ir/tellMade.js";
import { placesIn } from "../loadFailure.js";

/** Where in the user's files nodes come from. */
export interface Calls {
  /** `src/model.ts:12:9`: the call that made a node, or the layer that it belongs to; nothing, where that is not known. */
  placeOf(node: Node): string | undefined;
}

/** Frames of which a call of the user's is one: blocks within blocks have some of ours between. */
const deepest = 60;

/** Loads something, and takes note of the calls that made its nodes. */
export async function watchCalls<T>(load: () => Promise<T>): Promise<{ readonly loaded: T; readonly calls: Calls }> {
  // Of a layer, where it was made; of what a call made of several nodes, the first: passes make nodes anew, and these are of no place.
  const made = new WeakMap<object, Error>();
  const { stackTraceLimit } = Error;
  const watching = globalThis as Watching;
  watching[toldMade] = (thing) => {
    const of = isTensor(thing) ? sharedBy(thing as unknown as Node) : thing;
    if (!made.has(of)) made.set(of, new Error());
  };
  Error.stackTraceLimit = deepest;
  try {
    const loaded = await load();
    return {
      loaded,
      calls: { placeOf: (node) => placeIn(made.get(sharedBy(node))) },
    };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    delete watching[toldMade];
  }
}

/** What a node is made with: its layer, the call that made it, or it alone. */
function sharedBy(node: Node): object {
  return node.scope ?? node.call ?? node;
}

/** The innermost of the user's places in a trace. What the compiler makes is of none: where it was called from says nothing of a node. */
function placeIn(trace: Error | undefined): string | undefined {
  const stack = trace?.stack ?? "";
  return /[\\/]compiler[\\/](?!language)/.test(stack) ? undefined : placesIn(stack)[0]?.replaceAll("\\", "/");
}
