import { createHash } from "node:crypto";
import { compilePrediction } from "../../compiler/compilePrediction.js";
import { initialValue } from "../../compiler/initialValue.js";
import { lowerForServing } from "../../compiler/lower/lowerForServing.js";
import { type Computation, computationOf } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { Export } from "../cli/model-file.js";
import { jsonText } from "./jsonText.js";
import { manifestOf } from "./manifest.js";

/** A file to be written: its path below the output folder, with "/" between folders, and its content. */
export interface Artifact {
  readonly path: string;
  readonly content: Uint8Array;
}

/** The paths of everything that there may be for an export of a name. */
export function artifactPaths(name: string) {
  return { manifest: `${name}.manifest.json`, savedModel: `${name}/saved_model.pb` } as const;
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
  const files = [{ path: paths.savedModel, content: lowerForServing(computation, initialValues(computation)) }];
  const manifest = manifestOf({
    name,
    source,
    model,
    ...(found.kind === "program" && { program: found.program }),
    prediction: computation,
    files: files.map(({ path, content }) => ({ path, sha256: sha256(content) })),
  });
  return [{ path: paths.manifest, content: new TextEncoder().encode(jsonText(manifest)) }, ...files];
}

/** The SHA-256 of a file's content, in hexadecimal. */
export function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
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
