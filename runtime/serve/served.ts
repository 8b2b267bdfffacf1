import type { Program } from "../../compiler/program.js";
import { batchReduction } from "../../compiler/warnings/batchReduction.js";
import type { Node } from "../../src/ir/node.js";
import { type Places, placesOf } from "./places.js";

/** A model that is served. */
export interface Served {
  readonly name: string;
  readonly version: string;
  readonly inputs: ReadonlyMap<string, Node>;
  readonly outputs: ReadonlyMap<string, Node>;
  /** Whether the first axis of all that is given and taken counts samples, so that they can be told apart. */
  readonly hasSamples: boolean;
  readonly places: Places;
  /** Why samples of several requests must not go through the model together; nothing where they may. */
  readonly alone?: string;
}

/** What is said of a model that computes numbers of all samples, such as a loss. */
export const noSamples = "not all that the model gives has an axis of samples";

/** What is served of a program. */
export function servedOf(
  { model, judged, predict, sources }: Program,
  inputs: ReadonlyMap<string, Node>,
  named: Pick<Served, "name" | "version">,
): Served {
  const outputs = new Map(Object.entries(predict.outputs));
  const [batch] = [...inputs.values()].map(({ shape }) => shape[0]);
  const hasSamples = [...inputs.values(), ...outputs.values()].every(({ shape }) => shape[0] === batch);
  const answers = [...outputs.values()];
  const [mixed] = batchReduction({ model, judged, answers, sources, gradientOf: new Map() });
  const alone = hasSamples ? mixed : noSamples;
  const places = placesOf(sources.predict, inputs);
  return { ...named, inputs, outputs, places, hasSamples, ...(alone !== undefined && { alone }) };
}
