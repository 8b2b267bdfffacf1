import type { Builder } from "../../ir/builder.js";
import { internalError } from "../../ir/errors.js";
import type { Node, Signature } from "../../ir/node.js";
import { sameShape } from "../../types/same-shape.js";

/** The kernels of an op that runs bodies: who runs the graph runs these. */
export function ran(): never {
  throw internalError("bodies are run by what runs their graph");
}

/** Refuses what is not of the same shapes and dtypes as something else. */
export function mustBeAlike(what: string, of: readonly Signature[], others: readonly Signature[]): void {
  const isLike = (one: Signature, other: Signature) => one.dtype === other.dtype && sameShape(one.shape, other.shape);
  if (of.length !== others.length || !of.every((one, i) => isLike(one, others[i]!))) {
    throw internalError(`${what} are not what they are to be`);
  }
}

const standIns = new WeakSet<Node>();

/** The parameter of a body for what is like something else. */
export function standIn(b: Builder, { shape, dtype }: Signature): Node {
  const made = b.op("input", [], { shape, dtype });
  standIns.add(made);
  return made;
}

/** Whether a node is the parameter of a body, and no input that somebody made. */
export function isStandIn(node: Node): boolean {
  return standIns.has(node);
}

/** The gradient of what nothing flows to. */
export function zerosLike(b: Builder, { shape }: Signature): Node {
  return b.op("broadcastTo", [b.scalar(0)], { shape });
}
