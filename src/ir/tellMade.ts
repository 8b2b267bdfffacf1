import type { Node } from "./node.js";
import type { Scope } from "./place.js";

/**
 * Where a command that loads a file puts what is told of every node and of every layer as it is made, to see from where. Another copy of
 * this package may be the one that the file imports.
 */
export const toldMade = Symbol.for("shapewright.toldMade");

/** What `globalThis` has while such a command runs. */
export interface Watching {
  [toldMade]?: (made: Node | Scope) => void;
}

/** Tells a command that wants to know that a node or a layer has been made. */
export function tellMade(made: Node | Scope): void {
  (globalThis as Watching)[toldMade]?.(made);
}
