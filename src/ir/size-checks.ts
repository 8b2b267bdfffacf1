import type { Dim } from "../types/dim.js";
import type { Padding } from "../types/window.js";

/** How windows are moved, and in transposed convolutions how much is added behind each axis. */
interface ConvolutionAttributes {
  readonly strides: readonly number[];
  readonly padding: Exclude<Padding, "causal"> | readonly (readonly [before: number, after: number])[];
  readonly dilations?: readonly number[];
  readonly outputPadding?: readonly number[];
}

/**
 * What functions that are made of several ops were given, of which sizes alone say whether it fits: where these have names, they are
 * asked again once the names have numbers. It is plain data, which saved programs keep.
 */
export interface SizeChecks {
  stft: { readonly fftLength: number; readonly center: boolean };
  mirror: {
    readonly paddings: readonly (readonly [before: Dim, after: Dim])[];
    readonly mode: "reflect" | "symmetric";
  };
  istft: { readonly sequenceStride: number; readonly fftLength: number };
  at: { readonly slices: string };
  split: { readonly parts: number | readonly number[]; readonly axis: number };
  rearranged: { readonly pattern: string; readonly sizes: Readonly<Record<string, Dim>> };
  diff: { readonly axis: number };
  cropping: { readonly edges: readonly (readonly [before: number, after: number])[] };
  windows: { readonly size: readonly number[]; readonly attributes: ConvolutionAttributes };
  transposed: { readonly filter: readonly Dim[]; readonly attributes: ConvolutionAttributes };
  places: { readonly offset: number; readonly sequenceLength: number };
}

/** A rule, the shape that it is asked of, and what else it was given. */
export type SizeCheck = {
  [K in keyof SizeChecks]: { readonly rule: K; readonly shape: readonly Dim[]; readonly given: SizeChecks[K] };
}[keyof SizeChecks];

/** Whether what a rule is asked of has sizes by name, of which it says nothing before they are known. */
export function asksOfNames({ shape, given }: SizeCheck): boolean {
  const paddings = "paddings" in given ? given.paddings.flat() : [];
  return [...shape, ...paddings].some((dim) => typeof dim === "string");
}
