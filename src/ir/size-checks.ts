import type { Dim } from "../types/dim.js";

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
  at: { readonly slices: string };
  diff: { readonly axis: number };
  cropping: { readonly edges: readonly (readonly [before: number, after: number])[] };
}

/** A rule, the shape that it is asked of, and what else it was given. */
export type SizeCheck = {
  [K in keyof SizeChecks]: { readonly rule: K; readonly shape: readonly Dim[]; readonly given: SizeChecks[K] };
}[keyof SizeChecks];
