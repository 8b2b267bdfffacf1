import type { Program } from "../../compiler/program.js";
import { readProgram } from "../../compiler/saved-program/readProgram.js";
import type { SavedProgram } from "../../compiler/saved-program/saved-program.js";
import type { NdArray } from "../../src/ir/array.js";
import { refusedFile } from "../host/filesFor.js";
import { valuesOfProgram } from "../weights/read-weights.js";
import type { Safetensors } from "../weights/readSafetensors.js";
import { readingWeights } from "../weights/weight-files.js";
import type { About } from "./about.js";

/** What is in a file of a model. */
export interface ReadModel {
  readonly program: Program;
  /** Of all variables, or of the model's own. */
  readonly values: ReadonlyMap<string, NdArray>;
  readonly epochs: number;
  readonly keptOptimizer: boolean;
  readonly about: About;
}

/**
 * Reads a model from its file.
 *
 * @throws SW_FILE when it cannot be read, or is none
 */
export async function readModel(op: string, path: string): Promise<ReadModel> {
  return readingWeights(op, path, (file) => {
    const { kind, epochs = "", optimizer } = file.metadata;
    if (kind !== "model" || !/^\d{1,15}$/.test(epochs)) {
      throw refusedFile(op, `${path} holds no model; ${elsewhere(kind)}`);
    }
    const keptOptimizer = optimizer === "kept";
    const program = programIn(op, path, file);
    const about = attempting(op, path, "metadata", () => aboutIn(file));
    const values = valuesOfProgram(op, path, file, program.variables, !keptOptimizer);
    return { program, values, epochs: Number(epochs), keptOptimizer, about };
  });
}

/** What reads a file that holds something else. */
function elsewhere(kind: string | undefined): string {
  if (kind === "checkpoint") return "it is a checkpoint: open the program and use restoreCheckpoint";
  if (kind === "backup") return "it is a backup: open the program and use fit with { backup }, or restoreCheckpoint";
  return "saveModel writes them; of weights alone, open the program and use loadWeights";
}

/**
 * The program in a model's file.
 *
 * @throws SW_FILE when it is broken
 */
export function programIn(op: string, path: string, file: Safetensors): Program {
  return attempting(op, path, "program", () =>
    readProgram(JSON.parse(file.metadata.program ?? "") as SavedProgram, (name) => {
      const value = file.entries.has(name) ? file.read(name) : "it is not there";
      if (typeof value === "string") throw new Error(`of ${name}, ${value}`);
      return value;
    }),
  );
}

function aboutIn({ metadata: { metadata = "{}", preprocessing = "[]" } }: Safetensors): About {
  return { metadata: JSON.parse(metadata), preprocessing: JSON.parse(preprocessing) };
}

function attempting<R>(op: string, path: string, what: string, read: () => R): R {
  try {
    return read();
  } catch (error) {
    throw refusedFile(op, `${path} cannot be read: its ${what} is broken: ${(error as Error).message}`);
  }
}
