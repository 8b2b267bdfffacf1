import { computationOf, type Program } from "../compiler/program.js";
import { anything, checkOptions, type OptionRules } from "../src/ir/options.js";
import { refusedFile } from "./host/filesFor.js";
import { initialize } from "./initialize.js";
import { checkOpenOptions, loadWith, type OpenOptions, openRules } from "./load.js";
import { differenceOfSignature, type Signature } from "./model-file/model-signature.js";
import { readModel } from "./model-file/readModel.js";
import { Session } from "./session.js";

/** What a loaded model is known by: a program, a model, or a record of its inputs and its output. */
export type Known = Program<any> | Signature<any>;

/** Options of `loadModel`. */
export interface LoadModelOptions<P extends Known = Known> extends Omit<OpenOptions, "seed"> {
  /** What the model has to take and to give: a program or a model like it, or `{ inputs, output }`. It is not looked at, unless it is said. */
  readonly signature?: P;
}

/** A session of what is known by a program, a model or a signature. */
export type SessionOf<P extends Known> =
  P extends Program<infer I, infer O, infer T, infer R, infer W>
    ? Session<I, O, T, R, W>
    : P extends Signature<infer I, infer O>
      ? Session<I, O, any, any, any>
      : never;

const { seed: _, ...ofOpening } = openRules;
const rules: OptionRules<LoadModelOptions> = { ...ofOpening, signature: anything };

/**
 * Opens a session of a model that `saveModel` has written: without its source code, it predicts, evaluates, and training goes on as if it
 * had not been interrupted. Its types are those of `signature`, whose shapes and dtypes are compared with the file's; or those that are
 * written, as in `loadModel<typeof program>(file)`, of which data is checked when it comes.
 *
 * @typeParam P the type of a program or a model like it
 * @throws SW_FILE when it cannot be read, is broken, is no model, or is another than the signature says; SW_BACKEND when the backend asked for is not there
 * @example
 * const session = await loadModel("models/digits.shapewright", { signature: digits });
 * const logits = await session.predict({ image: someX }); // NdArray<[number, 10], "float32">
 */
export async function loadModel<P extends Known = Program<any>>(
  file: string,
  options: LoadModelOptions<P> = {},
): Promise<SessionOf<P>> {
  const op = "loadModel";
  checkOptions<LoadModelOptions>(op, options, rules);
  const { signature, ...opening } = options;
  const { program, executable, ...before } = await openModel(op, file, opening, signature);
  return new Session(program, executable, before) as SessionOf<P>;
}

/** Reads a model and puts it onto a backend, for `op`. */
export async function openModel(op: string, file: string, opening: Omit<OpenOptions, "seed">, signature?: Known) {
  checkOpenOptions(op, opening);
  const { values, ...read } = await readModel(op, file);
  const difference = signature === undefined ? undefined : differenceOfSignature(op, read.program, signature);
  if (difference !== undefined) throw refusedFile(op, `${file} holds another model: ${difference}`);
  const computation = computationOf(read.program);
  const executable = await loadWith(computation, opening, (executable) => {
    const others = [...computation.variables].filter(([name]) => !values.has(name));
    initialize({ ...computation, variables: new Map(others) }, executable, 0);
    executable.setVariables(values);
  });
  return { ...read, executable };
}
