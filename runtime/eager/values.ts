import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { topologicalOrder } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { Dim } from "../../src/types/dim.js";
import { show } from "../../src/types/show.js";
import { Evaluator } from "../backends/evaluator.js";
import type { Machine } from "../backends/machine.js";
import { type Scope, Scopes } from "./scopes.js";

/**
 * The values of nodes, each computed once, when it is first asked for, and kept: until the scope that the node was made in is
 * closed, or, of a node that was made in none, until the node is garbage.
 */
export class Values<V> {
  readonly #values = new WeakMap<Node, readonly V[]>();
  readonly #freed = new WeakSet<Node>();
  /** Every value there is, so that all can be freed at the end. */
  readonly #held = new Set<V>();
  readonly #evaluator: Evaluator<V>;
  readonly #garbage = new FinalizationRegistry<V>((value) => this.#release(value));
  readonly #scopes = new Scopes();
  /** The outermost scope that was open when a variable's value was first used; `undefined` where none was. */
  readonly #usedIn = new WeakMap<Node, Scope | undefined>();
  #disposed = false;

  /**
   * @param prepare gives what is computed in the place of a node, where another form is faster on the machine
   */
  constructor(
    readonly machine: Machine<V>,
    readonly prepare: (node: Node) => Node = (node) => node,
  ) {
    this.#evaluator = new Evaluator(machine);
  }

  get count(): number {
    return this.#held.size;
  }

  /** The value of a node: what is not known yet of it is computed now. */
  of(node: Node): V {
    this.checkOpen();
    if (this.#freed.has(node)) throw refused(freedMessage(node));
    for (const next of topologicalOrder([node], (at) => this.#values.has(at) || this.#freed.has(at))) {
      const owner = this.#scopes.ownerOf(next);
      this.#set(next, this.#compute(next));
      owner?.nodes.add(next);
    }
    return this.#values.get(node)![0]!;
  }

  /** A node's value on the host. */
  read(node: Node): NdArray {
    return this.machine.toHost(this.of(node), node.dtype);
  }

  /** What a node computes, as a value that belongs to the caller. */
  own(node: Node): V {
    return this.#evaluator.copy(this.of(node));
  }

  /**
   * What nodes compute, as values that belong to the caller. Nothing of what `build` makes is kept.
   *
   * @param build makes the nodes
   */
  ownOf(build: () => readonly Node[]): readonly V[] {
    const scope = this.openScope();
    const owned: V[] = [];
    try {
      for (const node of build()) owned.push(this.own(node));
      return owned;
    } catch (error) {
      for (const value of owned) this.machine.dispose(value);
      throw error;
    } finally {
      this.#scopes.leave(scope);
      for (const node of scope.nodes) this.#free(node);
    }
  }

  /** Gives the node of a variable its value. */
  define(variable: Node, value: V): void {
    this.checkOpen();
    this.#set(variable, [value]);
  }

  /** Notes that something is about to be made that uses the present value of a variable. */
  use(variable: Node): void {
    const { outermost } = this.#scopes;
    const before = this.#usedIn.get(variable);
    // Once used outside of every scope, a value may be asked for at any time. What a closed scope made of it is closed too.
    if (this.#usedIn.has(variable) && (before === undefined || this.#scopes.isOpen(before))) return;
    this.#usedIn.set(variable, outermost);
  }

  /** The value of a variable's node has been replaced: it is kept for what was made of it, for as long as that may be needed. */
  retire(variable: Node): void {
    const user = this.#usedIn.get(variable);
    if (user && this.#scopes.isOpen(user)) user.nodes.add(variable);
    else if (user || !this.#usedIn.has(variable)) this.#free(variable);
  }

  openScope(): Scope {
    this.checkOpen();
    return this.#scopes.open();
  }

  /** Frees the values of a scope. A scope within another hands them over to it: they may be needed there. */
  closeScope(scope: Scope): void {
    const enclosing = this.#scopes.leave(scope);
    for (const node of scope.nodes) {
      if (enclosing) enclosing.nodes.add(node);
      else this.#free(node);
    }
    scope.nodes.clear();
  }

  /** The serial before which the outermost open scope was opened; infinity where none is open. */
  get outermostStart(): number {
    return this.#scopes.outermost?.start ?? Infinity;
  }

  dispose(): void {
    this.#disposed = true;
    for (const value of [...this.#held]) this.#release(value);
  }

  checkOpen(): void {
    if (this.#disposed) throw refused("the eager session has been disposed; make another with eager()");
  }

  #compute(node: Node): readonly V[] {
    if (isOp(node, "constant")) return [this.machine.fromHost(node.attributes.value)];
    if (isOp(node, "variable")) {
      throw refused(`the variable "${node.attributes.name}" has no value here; use what mutable() made of it`);
    }
    if (isOp(node, "input")) {
      throw refused(`an input ${show(node.shape)} has no value; call model() on a model, or start from constant()`);
    }
    // The results of an op stay with it; a node that stands for one has a copy, which takes no memory of its own.
    if (isOp(node, "result")) return [this.#evaluator.copy(this.#values.get(node.inputs[0]!)![node.attributes.index]!)];
    return this.#run(node);
  }

  #run(asked: Node): readonly V[] {
    const node = this.prepare(asked);
    const inputs = node.inputs.map((input) => this.of(input));
    return this.#evaluator.run(node, inputs, (dim) => sizeOf(dim, node));
  }

  #set(node: Node, values: readonly V[]): void {
    this.#values.set(node, values);
    for (const value of values) {
      this.#held.add(value);
      this.#garbage.register(node, value, node);
    }
  }

  #free(node: Node): void {
    const values = this.#values.get(node) ?? [];
    this.#freed.add(node);
    this.#values.delete(node);
    this.#garbage.unregister(node);
    for (const value of values) this.#release(value);
  }

  #release(value: V): void {
    if (this.#held.delete(value)) this.machine.dispose(value);
  }
}

function sizeOf(dim: Dim, { op, shape }: Node): number {
  if (typeof dim === "number") return dim;
  const message = `${op}: ${show(shape)} has the named dim "${dim}"; eager tensors have sizes: write a number`;
  throw new ShapewrightError("SW_SHAPE", message, op);
}

function freedMessage(node: Node): string {
  return isOp(node, "variable")
    ? `an earlier value of the variable "${node.attributes.name}" was freed with the tape that used it; ask for what depends on it before the tape is disposed`
    : `the value of ${node.op} ${show(node.shape)} was freed with the tape that was open when it was made; ask for it before the tape is disposed`;
}

function refused(message: string): ShapewrightError {
  return new ShapewrightError("SW_SESSION", message);
}
