import { asksOfNames, type SizeCheck } from "./size-checks.js";

/**
 * Who a node belongs to: a layer, the loss or a metric. Nodes of one layer share one scope object, also where it is called
 * several times.
 */
export interface Scope {
  /** What kind of layer it is: `dense`, `conv2d`, …; `loss` or `metric`. */
  readonly kind: string;
  /** The name that the user gave; without one it is called by its kind, with a number from the second on. */
  readonly name?: string;
  /** The options that the layer was made with: with its kind and name, all that it takes to make it again. */
  readonly options: object;
}

/** A call of a function that makes its result of several ops. Nodes of one call share one such object. */
export interface Call {
  /** The function's name, as users write it. None of a function of the user's own, whose ops are told by their names. */
  readonly name?: string | undefined;
  /** What is asked again once named sizes are known, of the function and of those that it calls. */
  readonly checks: readonly SizeCheck[];
  /** The call of a layer that was given the function, such as an activation: it is drawn as a part of that one. */
  readonly within?: Call | undefined;
}

/** The parts of a program that nodes are in. Each reads values of itself and of those before it. */
export const parts = ["forward", "loss", "metric", "state", "backward", "update"] as const;
export type Part = (typeof parts)[number];

/** Where a node belongs: to a part of the program, to a layer call, a loss or a metric, and to what the user called. */
export interface Place {
  readonly part: Part;
  readonly scope?: Scope | undefined;
  /** What the user called, where that makes its result of several ops: messages say its name instead of theirs. */
  readonly call?: Call | undefined;
  /** Whether training leaves the weights of layers as they are that are called here. */
  readonly frozen?: true;
  /** What is computed of a weight of a layer that is called here, in place of which the layer takes it. */
  readonly reparametrization?: Reparametrization;
}

/** Something in place of a layer's weights: the layer's scope, and what there is for a weight of that name. */
export interface Reparametrization {
  readonly of: Scope;
  weight<W>(name: string, weight: W): W;
}

const order = Object.fromEntries(parts.map((part, i) => [part, i])) as Record<Part, number>;

/** Whether a part reads what the other gives. */
export function isLater(part: Part, other: Part): boolean {
  return order[part] > order[other];
}

let current: Place = { part: "forward" };

/** Where nodes that are made now belong, unless they are told otherwise. */
export function currentPlace(): Place {
  return current;
}

/** Runs a function that makes nodes, which belong to a place: to the forward pass and to no layer, where none is said. */
export function within<T>(place: Place, build: () => T): T {
  const outer = current;
  current = place;
  try {
    return build();
  } finally {
    current = outer;
  }
}

/**
 * Runs what a function of that name makes its result of. What was called from within another one is that one's.
 *
 * @param check what it asks of named sizes once they are known, beside what the ops ask that it is made of
 */
export function calling<T>(name: string, build: () => T, check?: SizeCheck): T {
  const outer = current.call;
  const checks: readonly SizeCheck[] = check !== undefined && asksOfNames(check) ? [check] : [];
  if (outer?.name === undefined) {
    const call: Call = { name, checks, within: outer?.within };
    return within({ ...current, call }, build);
  }
  for (const asked of checks) (outer.checks as SizeCheck[]).push(asked);
  return build();
}

/** Runs what a layer was given by the user: what that makes is told by its own names, and not by the layer's. */
export function usersOwn<T>(build: () => T): T {
  const { call } = current;
  if (call === undefined) return build();
  return within({ ...current, call: { checks: [], within: call.within ?? call } }, build);
}

/** The same of every node, one after another: what is made for a node belongs where it does. */
export function withinEach<P extends Place>(places: Iterable<P>, build: (place: P) => void): void {
  const outer = current;
  try {
    for (const place of places) {
      current = place;
      build(place);
    }
  } finally {
    current = outer;
  }
}
