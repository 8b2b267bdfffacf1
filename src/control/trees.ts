import { ShapewrightError } from "../ir/errors.js";
import { isTensor, type Node } from "../ir/node.js";
import { placesOf } from "../ir/structure.js";
import type { DTypeOf, ShapeOf, TensorLike } from "../ir/tensor.js";
import type { Compatible, CompatibleShapes } from "../types/compatible.js";
import { fill, type Message } from "../types/message.js";
import { sameShape } from "../types/same-shape.js";
import { type Show, show } from "../types/show.js";

/** A tensor, or a record of them. */
export type Tree = TensorLike | { readonly [name: string]: TensorLike };

/** Two trees that have to be alike, as a message names them: what two ways give, or what is carried, and what a round makes of it. */
export type Pair = Ways | Carry;
interface Ways {
  readonly op: string;
  readonly one: string;
  readonly other: string;
}
interface Carry {
  readonly op: string;
  /** What goes before what comes of it: `a step carries on`. */
  readonly by: string;
}

export const unlikeWays = "{op}: {one} gives {here}{place}, but {other} gives {there}";
export const unlikeCarry = "{op}: the carry is {here}{place}, but {by} {there}";

/** `unknown` where a tree has tensors like those of another, in the same places, else the message. */
export type CheckAlike<P extends Pair, Y, Z> = Y extends TensorLike
  ? Z extends TensorLike
    ? MustBeAlike<Y, Z, P, "">
    : Differ<P, Describe<Y>, "a record", "">
  : Z extends TensorLike
    ? Differ<P, "a record", Describe<Z>, "">
    : MessageIn<{ [K in (keyof Y | keyof Z) & string]: Found<CheckPlace<P, Y, Z, K>> }>;

type CheckPlace<P extends Pair, Y, Z, K extends string> = K extends keyof Y
  ? K extends keyof Z
    ? MustBeAlike<Y[K], Z[K], P, ` as ${K}`>
    : Differ<P, Describe<Y[K]>, "nothing", ` as ${K}`>
  : K extends keyof Z
    ? Differ<P, "nothing", Describe<Z[K]>, ` as ${K}`>
    : unknown;

/** Beside `unknown`, a message would be lost. */
export type Found<Check> = unknown extends Check ? never : Check;

/** The message among several checks, if there is one. */
export type MessageIn<Messages> = [Messages[keyof Messages]] extends [never] ? unknown : Messages[keyof Messages];

/** Inside generic functions, where it may stay open, its name is the message. */
type MustBeAlike<Y, Z, P extends Pair, Place extends string> =
  CompatibleShapes<ShapeOf<Y>, ShapeOf<Z>> extends true
    ? Compatible<DTypeOf<Y>, DTypeOf<Z>> extends true
      ? unknown
      : Differ<P, Describe<Y>, Describe<Z>, Place>
    : Differ<P, Describe<Y>, Describe<Z>, Place>;

type Differ<P extends Pair, A extends string, B extends string, Place extends string> = P extends Ways
  ? Message<typeof unlikeWays, { op: P["op"]; one: P["one"]; other: P["other"]; here: A; there: B; place: Place }>
  : P extends Carry
    ? Message<typeof unlikeCarry, { op: P["op"]; by: P["by"]; here: A; there: B; place: Place }>
    : never;

type Describe<T> = `${DTypeOf<T>} ${Show<ShapeOf<T>>}`;

/**
 * The nodes of a tree that was returned, in the places of another one. Runtime twin of `CheckAlike`.
 *
 * @throws SW_SHAPE where they differ
 */
export function nodesAlike(pair: Pair, wanted: Tree, returned: Tree): Node[] {
  const differ = (here: string, there: string, name = ""): never => {
    const place = name && ` as ${name}`;
    const message =
      "by" in pair
        ? fill(unlikeCarry, { ...pair, here, there, place })
        : fill(unlikeWays, { ...pair, here, there, place });
    throw new ShapewrightError("SW_SHAPE", message, pair.op);
  };
  const [places, given] = [new Map(placesOf(wanted)), new Map(placesOf(returned))];
  const whole = (tree: Tree, nodes: ReadonlyMap<string, Node>) =>
    isTensor(tree) ? describe(nodes.get("")) : "a record";
  if (isTensor(wanted) !== isTensor(returned)) differ(whole(wanted, places), whole(returned, given));
  const nodes = [...places].map(([name, node]) => {
    const found = given.get(name);
    if (found && found.dtype === node.dtype && sameShape(found.shape, node.shape)) return found;
    return differ(describe(node), describe(found), name);
  });
  for (const [name, node] of given) if (!places.has(name)) differ("nothing", describe(node), name);
  return nodes;
}

function describe(node: Node | undefined): string {
  return node ? `${node.dtype} ${show(node.shape)}` : "nothing";
}
