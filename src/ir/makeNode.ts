import { Body } from "./body.js";
import type { Node, OpName, OpTable, Scope, Signature } from "./node.js";
import type { ResultsRules, ValueRules } from "./op.js";
import { owned } from "./owned.js";
import { type Call, currentPlace, isLater, type Part } from "./place.js";
import { tellMade } from "./tellMade.js";

let nodesMade = 0;

/** The serial of the node made last: those made from now on have larger ones. */
export function lastSerial(): number {
  return nodesMade;
}

/**
 * Makes the node of an op after its shape rule has accepted the inputs. It belongs to the current place, unless said
 * otherwise; where that is no layer's, what reads a layer's variable belongs to that layer.
 */
export function makeNode<K extends OpName>(
  definition: Pick<ValueRules<K>, "name" | "infer"> | Pick<ResultsRules<K>, "name" | "infer">,
  inputs: readonly Node[],
  attributes: OpTable[K],
  scope?: Scope,
  part?: Part,
): Node<K> {
  return nodeOfSignature(definition.name, definition.infer(inputs, attributes), inputs, attributes, scope, part);
}

/** The same where the shape rule's answer is known already. */
export function nodeOfSignature<K extends OpName>(
  op: K,
  signature: Signature | readonly Signature[],
  inputs: readonly Node[],
  attributes: OpTable[K],
  scope?: Scope,
  part?: Part,
  call?: Call,
): Node<K> {
  const results = "shape" in signature ? undefined : signature;
  const { shape, dtype } = "shape" in signature ? signature : signature[0]!;
  const place = currentPlace();
  // All nodes have the same fields in the same order: the engine reads such objects several times as fast.
  const node: Node<K> = Object.freeze({
    op,
    inputs: Object.freeze([...inputs]),
    attributes: owned(attributes),
    // Shapes are shared: most ops hand on that of an input, which is frozen.
    shape: Object.isFrozen(shape) ? shape : Object.freeze([...shape]),
    dtype,
    rank: shape.length,
    results: results && Object.freeze([...results]),
    scope: scope ?? place.scope ?? scopeOfVariable(inputs, attributes),
    call: call ?? place.call,
    part: partOfReader(inputs, part ?? place.part),
    serial: ++nodesMade,
  });
  tellMade(node);
  return node;
}

/** Plain operations on a layer's weights are the layer's. A loop is not: what it takes for its body may be of many. */
function scopeOfVariable(inputs: readonly Node[], attributes: object): Scope | undefined {
  for (const { op, scope } of inputs) if (op === "variable" && scope) return isLoop(attributes) ? undefined : scope;
  return undefined;
}

function isLoop(attributes: object): boolean {
  return Object.values(attributes).some((value) => value instanceof Body);
}

/** The part that a node is in at the earliest: not before what it reads. What is fed or kept is there for all parts. */
function partOfReader(inputs: readonly Node[], part: Part): Part {
  let latest = part;
  for (const input of inputs) if (input.inputs.length > 0 && isLater(input.part, latest)) latest = input.part;
  return latest;
}
