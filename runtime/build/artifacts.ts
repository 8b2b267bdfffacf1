import { compilePrediction } from "../../compiler/compilePrediction.js";
import { emitPrediction } from "../../compiler/emit/typescript/emitPrediction.js";
import { emitTraining } from "../../compiler/emit/typescript/emitTraining.js";
import { initialValue } from "../../compiler/initialValue.js";
import { lowerForServing } from "../../compiler/lower/lowerForServing.js";
import { type Computation, computationOf } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { Export } from "../cli/model-file.js";
import { artifactPaths } from "./artifactPaths.js";
import { jsonText } from "./jsonText.js";
import { manifestOf } from "./manifest.js";
import { sha256 } from "./sha256.js";

/** A file to be written: its path below the output folder, with "/" between folders, and its content. */
export interface Artifact {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Everything that is built of an export, its manifest first: where a build is cut short, the next one sees by it that the
 * other files are its own. The same export gives the same bytes.
 *
 * @param source the path of the source file as seen from the output folder
 * @throws SW_VALUE when an initializer gives no values that fit, or gives others each time
 */
export function artifactsOf(found: Export, source: string): Artifact[] {
  const { name, model } = found;
  const paths = artifactPaths(name);
  const computation = found.kind === "program" ? computationOf(found.program) : compilePrediction(model);
  const text = { name, source };
  const files: Artifact[] = [
    ...(found.kind === "program" ? [{ path: paths.training, content: utf8(emitTraining(found.program, text)) }] : []),
    { path: paths.prediction, content: utf8(emitPrediction(found.kind === "program" ? found.program : model, text)) },
    { path: paths.savedModel, content: lowerForServing(computation, initialValues(computation)) },
  ];
  const manifest = manifestOf({
    name,
    source,
    model,
    ...(found.kind === "program" && { program: found.program }),
    prediction: computation,
    files: files.map(({ path, content }) => ({ path, sha256: sha256(content) })),
  });
  return [{ path: paths.manifest, content: utf8(jsonText(manifest)) }, ...files];
}

/** The values that variables have in a session that is opened with no other seed. */
function initialValues({ variables }: Computation): Map<string, NdArray> {
  const values = [...variables].map(([name, variable]) => {
    const [value, again] = [initialValue(name, variable, 0), initialValue(name, variable, 0)];
    if (value.data.every((element: number, i: number) => element === again.data[i])) return [name, value] as const;
    const { initializer } = variable.attributes;
    throw new ShapewrightError(
      "SW_VALUE",
      `variable "${name}": its initializer "${initializer.name}" gives other values each time, so that no build would be ` +
        "like the one before; draw from the generator that sample() is given",
      "variable",
    );
  });
  return new Map(values);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
