import type { Dim } from "../types/dim.js";
import type { Body } from "./body.js";

/**
 * How an op runs its bodies: all that those need to know who run, write, prune or count graphs. An op says it of its attributes, and
 * is named nowhere else.
 */
export type Control = Loop | Choice;

/**
 * Runs a body again and again. Inputs, and the body's parameters: what is carried, sequences, of which each round sees one place, and
 * what is read besides, where it is. The body's results: what is carried on, then outputs. Results of the op: what is carried at
 * last, then the outputs of all rounds, stacked along a new first axis.
 *
 * Among the op's attributes, the number of what is carried is called `carries`, that of sequences, if it can have any, `sequences`.
 */
export interface Loop {
  readonly kind: "loop";
  readonly body: Body;
  /** Whether another round follows, of the same inputs as the body: a bool scalar. Without it there are `length` rounds. */
  readonly condition?: Body;
  readonly carries: number;
  readonly sequences: number;
  /** How long sequences and stacks are. Where a condition ends the loop before, the rest of a stack is zeros. */
  readonly length: Dim | undefined;
  /** Whether the last place comes first. */
  readonly reverse: boolean;
}

/** Runs one of two bodies. Inputs: a bool scalar, and the parameters of both. Results: those of the body that it chooses. */
export interface Choice {
  readonly kind: "choice";
  readonly ifTrue: Body;
  readonly ifFalse: Body;
}

/** From which of an op's inputs on, these are the parameters of its bodies, one of one. */
export function firstParameter({ kind }: Control): number {
  return kind === "choice" ? 1 : 0;
}

/** From which of an op's inputs on, it does nothing with them but let its bodies read them. */
export function firstCaptured(control: Control): number {
  return control.kind === "choice" ? 1 : control.carries + control.sequences;
}
