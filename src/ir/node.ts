import type { Dim } from "../types/dim.js";
import type { DType } from "./dtype.js";
import { ShapewrightError } from "./errors.js";
import { inWords } from "./inWords.js";
import type { Call, Part, Scope } from "./place.js";
import type { AnyTensor, TensorLike } from "./tensor.js";

/**
 * The attributes of every op, by the op's name. Each op's file adds its own line by declaration merging, so that
 * op files need not import one another to name an op, and a registry without it does not compile.
 */
export interface OpTable {
  /**
   * One result of an op that has several. To all but those who run a graph it is a node like any other. It stands here, and not
   * with its op, because the graph itself asks for it.
   */
  result: { readonly index: number };
}

export type { Scope };

/** What a shape rule finds out about a result. */
export interface Signature {
  readonly shape: readonly Dim[];
  readonly dtype: DType;
}

export type OpName = keyof OpTable & string;

/** Names of input and variable nodes, and of layer scopes, as sessions and printers use them. */
export type Names = ReadonlyMap<Node | Scope, string>;

/**
 * One operation of the graph with its result. Immutable. What users hold as a `Tensor` is a node.
 *
 * An op that has several results is read through `result` nodes, one for each that is wanted; it has no value of its own, and its
 * shape and dtype are those of its first result.
 */
export interface Node<K extends OpName = OpName> {
  readonly op: K;
  readonly inputs: readonly Node[];
  readonly attributes: OpTable[K];
  readonly shape: readonly Dim[];
  readonly dtype: DType;
  readonly rank: number;
  /** The results of an op that has several. */
  readonly results?: readonly Signature[] | undefined;
  readonly scope?: Scope | undefined;
  /** What the user called, where that makes its result of several ops. */
  readonly call?: Call | undefined;
  /** The part of a program that it is in. What it reads is in the same part or an earlier one. */
  readonly part: Part;
  /** Which node it is of all that this process made: a tape tells by it what was made while it was open. */
  readonly serial: number;
}

/** Whether a node is of the op named; narrows its attributes. */
export function isOp<K extends OpName>(node: Node, op: K): node is Node<K> {
  return (node.op as OpName) === op;
}

/** Where a tensor whose value changes keeps the function that gives the node of its present value. */
export const presentNode: unique symbol = Symbol("presentNode");

/**
 * The node behind a user's tensor. What changes is read here: its node is that of the moment.
 *
 * @param op what the user called with it
 * @throws SW_VALUE when it is no tensor, as in a program that nobody type-checks
 */
export function nodeOf(tensor: TensorLike, op?: string): Node {
  if (!isTensor(tensor)) throw notATensor(op, tensor);
  const { [presentNode]: present } = tensor as { readonly [presentNode]?: () => Node };
  return present ? present.call(tensor) : (tensor as unknown as Node);
}

/** The error of what stands in a tensor's place and is none, with what to write. */
export function notATensor(op: string | undefined, given: unknown, takes = "a tensor"): ShapewrightError {
  const message = `takes ${takes}, got ${inWords(given)}; ${instead(given)}`;
  return new ShapewrightError("SW_VALUE", op === undefined ? message : `${op}: ${message}`, op);
}

/** What makes a tensor of it, or gives one. */
function instead(given: unknown): string {
  if (typeof given === "function") {
    if ("scope" in given) return "a layer that waits gives one where it is called: layer(x)";
    return given.name ? `what it gives may be one: ${given.name}(…)` : "what it gives may be one, where it is called";
  }
  if (typeof given === "number" || typeof given === "boolean") return `constant(${given}) makes one`;
  if (Array.isArray(given) || ArrayBuffer.isView(given)) return "constant(…) makes one of numbers";
  return "make one with input, variable or constant";
}

/** Whether something is a tensor, and not options or a record of tensors. */
export function isTensor(value: unknown): value is AnyTensor {
  if (typeof value !== "object" || value === null) return false;
  return presentNode in value || ("op" in value && typeof value.op === "string");
}

/** The tensor that a user sees of a node. The caller vouches for the type: it is the twin of the node's shape rule. */
export function tensorOf<T extends TensorLike>(node: Node): T {
  return node as unknown as T;
}
