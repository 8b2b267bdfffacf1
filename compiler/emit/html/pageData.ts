import type { Diagram } from "../diagram/diagram.js";

/** What the page shows; carried in it as JSON. */
export interface PageData {
  readonly title: string;
  /** What the costs were counted for: `batch = 32`. */
  readonly sizes: string;
  /** The named dim that counts samples, which can be set on the page, and the size that was counted for. */
  readonly batch?: { readonly name: string; readonly size: number };
  /** The model's layers, in the order of the computation. */
  readonly layers: readonly PageLayer[];
  /** The places in the user's files that nodes come from: `src/model.ts:12:9`. */
  readonly sources: readonly string[];
  /** From the page's folder, the one that these are in: `../`. */
  readonly sourceRoot: string;
  /** The `id` of the graph that is shown first. */
  readonly first: string;
  readonly views: readonly PageView[];
}

/** A layer of the model, as its summary has it. */
export interface PageLayer {
  readonly name: string;
  /** `conv2d`. */
  readonly kind: string;
  /** Its result's: `[batch, 512]`. */
  readonly shape: string;
}

/** One graph of the page, under a tab of its own. */
export interface PageView {
  /** A word for the page's address. */
  readonly id: string;
  readonly title: string;
  /** What is shown, in a sentence. */
  readonly about: string;
  /** The most memory that values take at once while it runs. */
  readonly peakBytes: number;
  /** How that grows with the batch, about: see `perBatch` of nodes. */
  readonly peakPerBatch?: readonly number[];
  readonly diagram: Diagram;
  /** Where the diagram is of a graph before and after each pass: these, in their order. */
  readonly stages?: readonly PageStage[];
}

/** A graph before any pass, or after one. */
export interface PageStage {
  /** The pass. */
  readonly title: string;
  /** What it does, in a line. */
  readonly about: string;
  readonly peakBytes: number;
  readonly peakPerBatch?: readonly number[];
}
