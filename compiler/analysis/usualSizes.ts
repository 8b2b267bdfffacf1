import { type Node, nodeOf } from "../../src/ir/node.js";
import type { AnyTensor } from "../../src/ir/tensor.js";
import type { DimSizes } from "./sizes.js";

/** What a named dim is taken to be where nothing is said. */
export const defaultSize = 32;

/**
 * A size for every named dim of inputs, where nothing is said of them: 1 for the first axis of the first input, which counts samples, and 32
 * for all others.
 */
export function usualSizes(inputs: Readonly<Record<string, AnyTensor>>): DimSizes {
  const nodes = Object.values(inputs).map((tensor): Node => nodeOf(tensor));
  const names = nodes.flatMap(({ shape }) => shape).filter((dim) => typeof dim === "string");
  const batch = nodes[0]?.shape[0];
  return new Map(names.map((name) => [name, name === batch ? 1 : defaultSize]));
}
