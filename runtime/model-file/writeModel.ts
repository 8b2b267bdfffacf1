import type { Program } from "../../compiler/program.js";
import { writeProgram } from "../../compiler/saved-program/writeProgram.js";
import type { NdArray } from "../../src/ir/array.js";
import { constantsPrefix, writeWeights } from "../weights/weight-files.js";
import type { About } from "./about.js";

/** A model with all that it is used and trained with. */
export interface WholeModel {
  readonly program: Program;
  /** The values of variables: of all, or of the model's own. */
  readonly tensors: ReadonlyMap<string, NdArray>;
  readonly keepsOptimizer: boolean;
  readonly epochs: number;
  readonly about: About;
}

/**
 * Writes a model to a file, whole or not at all: a safetensors file, whose metadata have the program.
 *
 * @throws SW_FILE when it cannot be written
 */
export async function writeModel(
  op: string,
  path: string,
  { program, tensors, keepsOptimizer, epochs, about }: WholeModel,
): Promise<void> {
  const constants = new Map<string, NdArray>();
  const names = new Map<NdArray, string>();
  const large = (array: NdArray) => {
    const known = names.get(array);
    if (known !== undefined) return known;
    let number = constants.size;
    // A model may have variables of such names.
    while (program.variables.has(`${constantsPrefix}${number}`)) number++;
    const name = `${constantsPrefix}${number}`;
    names.set(array, name);
    constants.set(name, array);
    return name;
  };
  const saved = writeProgram(program, large);
  await writeWeights(op, path, {
    ...{ kind: "model", epochs },
    tensors: new Map([...tensors, ...constants]),
    texts: {
      optimizer: keepsOptimizer ? "kept" : "left out",
      metadata: JSON.stringify(about.metadata),
      preprocessing: JSON.stringify(about.preprocessing),
      program: JSON.stringify(saved),
    },
  });
}
