import { elementCount, generate, type NdArray } from "../../../src/ir/array.js";

/** What is made of places in a vocabulary. */
export type LookupMode = "int" | "oneHot" | "multiHot" | "count" | "tfIdf";
export const lookupModes: readonly LookupMode[] = ["int", "oneHot", "multiHot", "count", "tfIdf"];

/** The shape of what a lookup gives, for tokens of a shape. */
export type Encoded<S extends number[], M extends LookupMode, V extends number> = M extends "int"
  ? S
  : M extends "oneHot"
    ? [...S, V]
    : S extends [...infer B extends number[], number]
      ? [...B, V]
      : [V];

/** The dtype of what a lookup gives. */
export type EncodedDType<M extends LookupMode> = M extends "int" ? "int32" : "float32";

/** Places in a vocabulary, nothing for those that are masked. */
export type Places = readonly (number | undefined)[];

/** Rows of places as vectors, one for each row: which are there, how often, or how often by weight. */
export function encodedRows(
  rows: readonly Places[],
  lead: readonly number[],
  mode: Exclude<LookupMode, "int">,
  depth: number,
  weights: readonly number[] | undefined,
): NdArray {
  const made = generate([...lead, depth], "float32", () => 0);
  const data = made.data as Float32Array;
  for (const [i, row] of rows.entries()) {
    for (const place of row) {
      if (place === undefined) continue;
      const at = i * depth + place;
      data[at] = mode === "multiHot" || mode === "oneHot" ? 1 : data[at]! + 1;
    }
  }
  if (weights) for (let i = 0; i < data.length; i++) data[i] = data[i]! * (weights[i % depth] ?? 0);
  return made;
}

/** What a mode makes of the places of tokens, which lie in lists of a shape. */
export function encodedTokens(
  shape: readonly number[],
  places: Places,
  mode: LookupMode,
  depth: number,
  weights?: readonly number[],
): NdArray {
  if (mode === "int") return generate([...shape], "int32", (i) => places[i]!);
  const size = mode === "oneHot" ? 1 : (shape.at(-1) ?? 1);
  const lead = mode === "oneHot" ? shape : shape.slice(0, -1);
  const rows = Array.from({ length: elementCount(lead) }, (_, i) => places.slice(i * size, (i + 1) * size));
  return encodedRows(rows, lead, mode, depth, weights);
}
