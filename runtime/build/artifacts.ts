import { compilePrediction } from "../../compiler/compilePrediction.js";
import { emitPrediction } from "../../compiler/emit/typescript/emitPrediction.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import { freezeComputation } from "../../compiler/freezeComputation.js";
import { lowerForServing } from "../../compiler/lower/lowerForServing.js";
import { retarget } from "../../compiler/pipeline.js";
import { type Computation, computationOf, reportingProgram } from "../../compiler/program.js";
import { artifactPaths } from "./artifactPaths.js";
import type { Export } from "./export.js";
import { type Drawn, initialValues } from "./initialValues.js";
import { jsonText } from "./jsonText.js";
import { manifestOf } from "./manifest.js";
import { sha256 } from "./sha256.js";

/** A file to be written: its path below the output folder, with "/" between folders, and its content, in parts one after the other. */
export interface Artifact {
  readonly path: string;
  readonly content: readonly Uint8Array[];
}

/**
 * Everything that is built of an export, its manifest first: where a build is cut short, the next one sees by it that the
 * other files are its own. The same export gives the same bytes.
 *
 * @param source the path of the source file as seen from the output folder
 * @param drawn what variables of other exports start with: those of both are drawn once
 * @throws SW_VALUE when an initializer gives no values that fit, or gives others each time
 */
export function artifactsOf(found: Export, source: string, drawn: Drawn = new Map()): Artifact[] {
  const { name, model } = found;
  const paths = artifactPaths(name);
  const computation =
    found.kind === "program" ? computationOf(reportingProgram(found.program)) : compilePrediction(model);
  const text = { name, source };
  const files: Artifact[] = [
    ...(found.kind === "program" ? [{ path: paths.training, content: utf8(emitTraining(found.program, text)) }] : []),
    { path: paths.prediction, content: utf8(emitPrediction(found.kind === "program" ? found.program : model, text)) },
    { path: paths.savedModel, content: savedModelOf(computation, drawn) },
  ];
  const manifest = manifestOf({
    name,
    source,
    model,
    ...(found.kind === "program" && { program: found.program }),
    prediction: computation,
    files: files.map(({ path, content }) => ({ path, sha256: sha256(...content) })),
  });
  return [{ path: paths.manifest, content: utf8(jsonText(manifest)) }, ...files];
}

/** A program's SavedModel can be trained on; a model's has its weights as constants. */
function savedModelOf(computation: Computation, drawn: Drawn): Uint8Array[] {
  const values = initialValues(computation, drawn);
  return computation.batches
    ? lowerForServing(retarget(computation, "tensorflow"), values)
    : lowerForServing(retarget(freezeComputation(computation, values), "tensorflow"));
}

function utf8(text: string): Uint8Array[] {
  return [new TextEncoder().encode(text)];
}
