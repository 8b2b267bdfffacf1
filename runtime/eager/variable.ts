import type { NdArray } from "../../src/ir/array.js";
import type { DType } from "../../src/ir/dtype.js";
import { type CheckLike, checkLike } from "../../src/ir/like.js";
import { makeNode } from "../../src/ir/makeNode.js";
import { type Node, nodeOf, presentNode } from "../../src/ir/node.js";
import { refuse } from "../../src/ir/refuse.js";
import type { Structure } from "../../src/ir/structure.js";
import type { Tensor, TensorLike } from "../../src/ir/tensor.js";
import { builder as b } from "../../src/ops/builder.js";
import { variableOp } from "../../src/ops/variable.js";
import type { Dim, Shape } from "../../src/types/dim.js";
import type { Values } from "./values.js";

/**
 * A variable of the graph with a value that can be changed. It is a tensor: an op that takes it reads the value of that
 * moment, and what was made of it before keeps the value from before. Made by `mutable` and `model` of an eager session.
 */
export interface MutableVariable<S extends Shape = any, D extends DType = any> extends Tensor<S, D> {
  readonly name: string;
  /** Whether a model's `trainableVariables` lists it. */
  readonly trainable: boolean;
  /** The present value. */
  value(): NdArray<S, D>;
  /**
   * Sets the value. What is assigned is computed first, so that it may depend on the value before.
   *
   * @throws SW_SHAPE when it is not of the variable's shape
   */
  assign<const T extends TensorLike>(value: T & CheckLike<"assign", "value", S, T>): void;
  /** Adds to the value. */
  assignAdd<const T extends TensorLike>(value: T & CheckLike<"assignAdd", "value", S, T>): void;
  /** Subtracts from the value. */
  assignSub<const T extends TensorLike>(value: T & CheckLike<"assignSub", "value", S, T>): void;
}

/** One mutable variable, a list or a record of them. */
export type VariableStructure =
  | MutableVariable
  | readonly MutableVariable[]
  | Readonly<Record<string, MutableVariable>>;

/** A variable's value from one assignment to the next. */
interface Version {
  readonly node: Node<"variable">;
  /** The serial of the node that took its place. */
  until: number;
}

/** What a `MutableVariable` is made of: every assignment gives it another node. */
export class VersionedVariable<V> {
  readonly shape: readonly Dim[];
  readonly dtype: DType;
  readonly rank: number;
  readonly trainable: boolean;
  /** The versions that an open tape may have seen; the last one is the present. */
  #versions: Version[];

  constructor(
    readonly values: Values<V>,
    readonly name: string,
    readonly variable: Node<"variable">,
    initial: V,
  ) {
    this.shape = variable.shape;
    this.dtype = variable.dtype;
    this.rank = variable.rank;
    this.trainable = variable.attributes.trainable;
    this.#versions = [this.#newVersion(initial)];
  }

  /** The node of the present value. */
  get present(): Node<"variable"> {
    return this.#versions.at(-1)!.node;
  }

  /** The same, for an op that is about to be made. */
  [presentNode](): Node {
    this.values.use(this.present);
    return this.present;
  }

  /** The nodes of the values that it has had since the node of a serial was made. */
  nodesSince(serial: number): Node[] {
    return this.#versions.filter(({ until }) => until > serial).map(({ node }) => node);
  }

  value(): NdArray {
    return this.values.read(this.present);
  }

  assign(value: TensorLike): void {
    this.write(this.values.own(this.#operand("assign", value)));
  }

  assignAdd(value: TensorLike): void {
    this.#write("add", this.#operand("assignAdd", value));
  }

  assignSub(value: TensorLike): void {
    this.#write("subtract", this.#operand("assignSub", value));
  }

  /** Sets the value, which belongs to the variable from now on. */
  write(value: V): void {
    const before = this.#versions.at(-1)!;
    const next = this.#newVersion(value);
    before.until = next.node.serial;
    this.#versions = [...this.#versions.filter(({ until }) => until > this.values.outermostStart), next];
    this.values.retire(before.node);
  }

  #write(op: "add" | "subtract", operand: Node): void {
    this.write(this.values.ownOf(() => [b.op(op, [this.present, operand])])[0]!);
  }

  #newVersion(value: V): Version {
    const node = makeNode(variableOp, [], this.variable.attributes, this.variable.scope);
    this.values.define(node, value);
    return { node, until: Infinity };
  }

  #operand(op: string, value: TensorLike): Node {
    const node = nodeOf(value);
    refuse("SW_SHAPE", op, checkLike(op, "value", this.shape, node));
    return node;
  }
}

/** What a structure of mutable variables is made of, where that is what it is. */
export function versionedIn<V>(tensor: Structure): VersionedVariable<V> | undefined {
  return tensor instanceof VersionedVariable ? tensor : undefined;
}
