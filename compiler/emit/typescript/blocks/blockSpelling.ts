import type { Node } from "../../../../src/ir/node.js";
import type { Dim } from "../../../../src/types/dim.js";
import type { Writing } from "../call.js";
import type { Identifiers } from "../identifiers.js";
import { numberExpression } from "../scalars.js";

/** What the nodes of a block are called in its function, where what it reads from outside is a parameter. */
export class BlockSpelling implements Writing {
  readonly #names = new Map<Node, string>();
  /** The objects that nodes are fields of. */
  readonly #objects = new Map<Node, string>();
  /** What nodes are called in remarks that the function does not see. */
  readonly #others = new Map<Node, string>();
  readonly #sizes = new Map<string, string>();
  readonly #numbers = new Map<Node, string>();

  constructor(
    readonly plain: ReadonlySet<Node>,
    readonly identifiers: Identifiers,
  ) {}

  /** Names a node, as nearly as can be as said. */
  name(node: Node, text: string): string {
    const name = this.identifiers.unique(text);
    this.#names.set(node, name);
    return name;
  }

  /** Names a node that is a field of an object, as nearly as can be as said. */
  nameWithin(object: string, node: Node, text: string): void {
    this.name(node, text);
    this.#objects.set(node, object);
  }

  /** Names a node by the field that it is of an object that another function gave. */
  nameField(object: string, node: Node, property: string): void {
    this.#names.set(node, property);
    this.#objects.set(node, object);
  }

  /** Says what a node is called in remarks that is not in the function. */
  nameInWords(node: Node, text: string): void {
    this.#others.set(node, text);
  }

  /** Lets the numbers of a constant be a parameter. */
  nameNumbers(node: Node): string {
    const name = this.identifiers.unique(`${this.identifier(node)}_numbers`);
    this.#numbers.set(node, name);
    return name;
  }

  /** The sizes that were asked for, each a parameter, and what they are called. */
  get sizes(): ReadonlyMap<string, string> {
    return this.#sizes;
  }

  readonly identifier = (node: Node): string => this.#names.get(node)!;

  readonly tensor = (node: Node): string => {
    const object = this.#objects.get(node);
    return object === undefined ? this.identifier(node) : `${object}.${this.identifier(node)}`;
  };
  readonly value = (node: Node): string => (this.plain.has(node) ? this.number(node) : this.tensor(node));
  readonly number = (node: Node): string => numberExpression(node, this.size);
  readonly numbers = (node: Node): string | undefined => this.#numbers.get(node);
  readonly isNamed = (node: Node): boolean => this.#names.has(node);

  readonly words = (node: Node): string => {
    if (this.plain.has(node)) return this.number(node);
    return this.#names.get(node) ?? this.#others.get(node) ?? node.op;
  };

  readonly size = (dim: Dim): string => {
    if (typeof dim === "number") return String(dim);
    const name = this.#sizes.get(dim) ?? this.identifiers.unique(dim);
    this.#sizes.set(dim, name);
    return name;
  };
}
