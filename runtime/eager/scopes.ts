import { lastSerial } from "../../src/ir/makeNode.js";
import type { Node } from "../../src/ir/node.js";

/** Nodes whose values go together: those made while a tape was open. */
export interface Scope {
  /** The serial of the last node made before it was opened. */
  readonly start: number;
  /** Nodes of it that have values. */
  readonly nodes: Set<Node>;
}

/** The scopes that are open, one within another. */
export class Scopes {
  /** The outermost first. Weak: a tape that nobody disposed of may become garbage with all that it holds. */
  #scopes: WeakRef<Scope>[] = [];

  get outermost(): Scope | undefined {
    return this.#open[0];
  }

  isOpen(scope: Scope): boolean {
    return this.#open.includes(scope);
  }

  /** The innermost scope that a node was made in. */
  ownerOf(node: Node): Scope | undefined {
    return this.#open.findLast(({ start }) => start < node.serial);
  }

  open(): Scope {
    const scope: Scope = { start: lastSerial(), nodes: new Set() };
    this.#scopes.push(new WeakRef(scope));
    return scope;
  }

  /** Ends a scope, and gives the one around it. */
  leave(scope: Scope): Scope | undefined {
    const open = this.#open;
    this.#scopes = this.#scopes.filter((reference) => reference.deref() !== scope);
    return open[open.indexOf(scope) - 1];
  }

  get #open(): Scope[] {
    return this.#scopes.flatMap((reference) => reference.deref() ?? []);
  }
}
