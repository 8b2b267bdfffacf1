import type { NdArray } from "../../src/ir/array.js";
import { showName } from "../../src/ir/checkName.js";
import { inWords } from "../../src/ir/inWords.js";
import type { Node } from "../../src/ir/node.js";
import { callback, checkOptions, flag, type OptionRules } from "../../src/ir/options.js";
import { wronglyReturned } from "../../src/ir/returned.js";
import { isOptimizerState } from "../../src/optimizerState.js";
import { refusedFile } from "../host/filesFor.js";
import { matchWeights } from "./matchWeights.js";
import type { Safetensors } from "./readSafetensors.js";
import { isBeside, keptIn, readingWeights, rememberedPrefix } from "./weight-files.js";

/** Options of `loadWeights`. */
export interface LoadWeightsOptions {
  /**
   * Whether what fits is loaded where something differs. Otherwise nothing is, and the error says what differs.
   *
   * @default false
   */
  readonly skipMismatch?: boolean;
  /**
   * The variable that a tensor of the file is for, where names differ, such as
   * `(name) => name.replace("encoder/", "backbone/")`. Where it gives undefined, the tensor is left out.
   */
  readonly rename?: (name: string) => string | undefined;
}

const rules: OptionRules<LoadWeightsOptions> = { skipMismatch: flag, rename: callback };

type Variables = ReadonlyMap<string, Node<"variable">>;

/** How many differences a message tells of. */
const mostTold = 8;

/**
 * Reads a model's variables from a file.
 *
 * @returns the values by the variables' names
 * @throws SW_FILE when the file cannot be read, or holds other weights than the model
 */
export async function readWeights(
  path: string,
  variables: Variables,
  options: LoadWeightsOptions,
): Promise<ReadonlyMap<string, NdArray>> {
  const op = "loadWeights";
  checkOptions<LoadWeightsOptions>(op, options, rules);
  const { skipMismatch = false, rename = (name: string) => name } = options;
  const ofModel = new Map([...variables].filter(([name]) => !isOptimizerState(name)));
  const nameOf = (name: string) =>
    isOptimizerState(name) || isBeside(name, ofModel) ? undefined : renamed(name, rename);
  return readingWeights(op, path, (file) => {
    const { fitting, differences } = matchWeights(file.entries, ofModel, nameOf);
    if (differences.length > 0 && (!skipMismatch || fitting.size === 0)) {
      const hint = skipMismatch ? "none fits" : "nothing is loaded; { skipMismatch: true } loads what fits";
      throw refusedFile(op, `${path} holds other weights than the model: ${told(differences)}; ${hint}`);
    }
    return valuesOf(op, path, file, fitting);
  });
}

/** The model's name for a name of a file, or none. */
function renamed(name: string, rename: (name: string) => unknown): string | undefined {
  const found = rename(name);
  if (found === undefined || typeof found === "string") return found;
  throw wronglyReturned("loadWeights", "rename", `${inWords(found)} for ${showName(name)}`, "a name, or nothing");
}

/** All that training goes on with. */
export interface Checkpoint {
  /** Of variables, by their names. */
  readonly values: ReadonlyMap<string, NdArray>;
  readonly epochs: number;
  readonly kind: "checkpoint" | "backup";
  /** What else was kept, as JSON has it, and tensors of that. */
  readonly kept: unknown;
  readonly remembered: ReadonlyMap<string, NdArray>;
}

/**
 * Reads all that training goes on with: of a checkpoint, of a backup, or of a model that was kept with its optimizer.
 *
 * @throws SW_FILE when the file cannot be read, or is none of this program
 */
export async function readCheckpoint(op: string, path: string, variables: Variables): Promise<Checkpoint> {
  return readingWeights(op, path, (file) => {
    const { kind, epochs, kept, optimizer } = file.metadata;
    const goesOn = kind === "checkpoint" || kind === "backup" || (kind === "model" && optimizer === "kept");
    if (!goesOn || !/^\d{1,15}$/.test(epochs ?? "")) {
      const is = kind === "model" ? "holds a model without its optimizer's state" : "is no checkpoint";
      throw refusedFile(op, `${path} ${is}; saveCheckpoint writes them, and loadWeights reads weights alone`);
    }
    const isRemembered = (name: string) => name.startsWith(rememberedPrefix) && isBeside(name, variables);
    const names = [...file.entries.keys()].filter(isRemembered);
    return {
      values: valuesOfProgram(op, path, file, variables),
      epochs: Number(epochs),
      kind: kind === "backup" ? kind : "checkpoint",
      kept: kept === undefined ? undefined : parsed(op, path, kept),
      remembered: valuesOf(op, path, file, new Map(names.map((name) => [name.slice(rememberedPrefix.length), name]))),
    };
  });
}

/**
 * The values of a program's variables.
 *
 * @param ownAlone whether those of the optimizer are not in the file
 * @throws SW_FILE when the file holds others
 */
export function valuesOfProgram(
  op: string,
  path: string,
  file: Safetensors,
  variables: Variables,
  ownAlone = false,
): ReadonlyMap<string, NdArray> {
  const wanted = ownAlone ? new Map([...variables].filter(([name]) => !isOptimizerState(name))) : variables;
  const { fitting, differences } = matchWeights(file.entries, wanted, (name) =>
    isBeside(name, variables) ? undefined : name,
  );
  if (differences.length === 0) return valuesOf(op, path, file, fitting);
  throw refusedFile(op, `${path} is of another program: ${told(differences)}; loadWeights takes its weights alone`);
}

function parsed(op: string, path: string, kept: string): unknown {
  try {
    return keptIn(kept);
  } catch {
    throw refusedFile(op, `${path} cannot be read: what training remembers in it is no JSON`);
  }
}

function valuesOf(
  op: string,
  path: string,
  file: Safetensors,
  fitting: ReadonlyMap<string, string>,
): ReadonlyMap<string, NdArray> {
  return new Map(
    [...fitting].map(([name, found]) => {
      const value = file.read(found);
      if (typeof value === "string") throw refusedFile(op, `${path} cannot be read: of ${showName(found)}, ${value}`);
      return [name, value];
    }),
  );
}

function told(differences: readonly string[]): string {
  const more = differences.length - mostTold;
  return `${differences.slice(0, mostTold).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
