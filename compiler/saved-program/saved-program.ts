import type { Call, Part } from "../../src/ir/place.js";
import type { TargetSignature } from "../../src/losses/loss.js";
import type { Dim } from "../../src/types/dim.js";
import type { GraphName } from "../program.js";
import type { Weighting } from "../weighting.js";

// What a compiled program is as JSON: its graphs as they are before any pass, so that a later version's passes run on them, too.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A node: what it reads, by numbers; its attributes; where it belongs; the scope and the call by their numbers, or -1. */
export type SavedNode = readonly [
  op: string,
  inputs: readonly number[],
  attributes: { readonly [name: string]: Json },
  part: Part,
  scope: number,
  call: number,
];

/** Nodes, inputs before users. Their numbers are their places. */
export type SavedNodes = {
  readonly nodes: readonly SavedNode[];
  /** Of a body, what it is given. */
  readonly parameters: readonly number[];
  /** What is computed. */
  readonly results: readonly number[];
};

/** A layer, a loss or a metric; options as `layerConfigs` gives them. */
export interface SavedScope {
  readonly kind: string;
  readonly name?: string;
  readonly options: object;
}

type Numbers = Readonly<Record<string, number>>;

export interface SavedGraph {
  readonly outputs: Numbers;
  readonly updates: readonly (readonly [variable: number, next: number])[];
  readonly gradientOf: readonly (readonly [gradient: number, of: readonly number[]])[];
}

/** An output that a loss is taken of. */
export interface SavedJudged {
  readonly name: string;
  readonly output: number;
  readonly target: number;
  readonly weights?: number;
  readonly weighting: Weighting;
  readonly signature: TargetSignature;
  readonly lossWeight: number;
  readonly loss: { readonly name: string; readonly fromLogits: boolean; readonly activation?: "softmax" | "sigmoid" };
}

/** A rate, or what computes it from the number of steps and what the schedule keeps. */
export type SavedRate =
  | number
  | {
      readonly name: string;
      readonly initialLearningRate: number;
      readonly steps: number;
      readonly state: Readonly<Record<string, { readonly node: number; readonly start: number }>>;
      readonly rate: number;
    };

export interface SavedProgram {
  readonly scopes: readonly SavedScope[];
  /** The calls of functions that are made of several ops. The first files have none. */
  readonly calls?: readonly Call[];
  readonly nodes: readonly SavedNode[];
  readonly names: readonly (readonly [node: number, name: string])[];
  readonly inputs: Numbers;
  /** The output, or the outputs by their names. */
  readonly output: number | Numbers;
  readonly graphs: Readonly<Record<GraphName, SavedGraph>>;
  /** What is reported, and the totals that it is made of. */
  readonly results: { readonly outputs: Numbers; readonly totals: Numbers };
  readonly counts: readonly (readonly [key: string, dims: readonly Dim[]])[];
  readonly judged: readonly SavedJudged[];
  readonly optimizer: { readonly name: string; readonly learningRate: SavedRate };
  /** The names of all variables in their order: the model's first. */
  readonly variables: readonly string[];
  readonly evaluatedAs: readonly (readonly [variable: string, standIn: string])[];
  readonly budget?: { readonly bytes: number; readonly dims: readonly (readonly [name: string, size: number])[] };
}
