import { host } from "#host";
import { type Program, predictionOf } from "../compiler/program.js";
import type { NdArray } from "../src/ir/array.js";
import { ShapewrightError } from "../src/ir/errors.js";

/**
 * Writes the model of a program as a SavedModel for prediction.
 *
 * @param weightsOf reads variables by their names, when all else is ready
 */
export async function exportSavedModel(
  program: Program,
  folder: string,
  weightsOf: (names: readonly string[]) => ReadonlyMap<string, NdArray>,
): Promise<void> {
  if (!host.writeSavedModel) {
    throw new ShapewrightError("SW_FILE", "exportSavedModel: only Node.js has folders to write to", "exportSavedModel");
  }
  const { freezeComputation } = await import("../compiler/freezeComputation.js");
  const { lowerForServing } = await import("../compiler/lower/lowerForServing.js");
  const { retarget } = await import("../compiler/pipeline.js");
  const prediction = predictionOf(program);
  const weights = weightsOf([...prediction.variables.keys()]);
  const frozen = retarget(freezeComputation(prediction, weights), "tensorflow");
  await host.writeSavedModel(folder, lowerForServing(frozen));
}
