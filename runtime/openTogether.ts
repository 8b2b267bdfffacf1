import { checkKind } from "../compiler/checkKind.js";
import { type FunctionProgram, isFunctionProgram } from "../compiler/compileFunction.js";
import { computationOf, type Program } from "../compiler/program.js";
import { sameName } from "../compiler/warnings/sameName.js";
import { type CompileWarning, printWarning } from "../compiler/warnings/warning.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { callback, checkOption, type OptionRule, type OptionRules, required } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import { Gate } from "./gate.js";
import { checkOpenOptions, loadTogether, type OpenOptions, openRules } from "./load.js";
import type { SessionOf } from "./loadModel.js";
import { type OpenedFunction, openedFunction } from "./openFunction.js";
import { Session } from "./session.js";

const op = "openTogether";

/** Options of `openTogether`. */
export interface OpenTogetherOptions extends OpenOptions {
  /** Told of layers that have one name and are not one layer. @default prints it with `console.warn` */
  readonly onWarning?: (warning: CompileWarning) => void;
}

const rules: OptionRules<OpenTogetherOptions> = { ...openRules, onWarning: callback };

/**
 * Opens sessions of several programs over the variables that they share: those of models that are applied, and of layers that are called, in
 * more than one of them. What one session changes, the others see at once, on native TensorFlow, too, without a copy: the generator and the
 * critic of a GAN, each with its own optimizer. What `compileFunction` has made is opened beside them, as `openFunction` opens it.
 *
 * Layers are shared as objects, never by their names: two programs whose layers are both made with `name: "head"` train two of them, which a
 * warning says.
 *
 * Each session names the variables as its own program does, and its checkpoints hold them with its optimizer's state. One thing at a time
 * may change what they share, whichever of them does. What they hold is freed when all are disposed of. A session whose optimizer is
 * `averagedWeights` predicts, from its own first step on, with the averages that its own steps have made; the others with the weights.
 *
 * @param programs what `compile` and `compileLoss` have made; a shared variable begins as the first program that has it says
 * @returns a session for each, or the function
 * @throws SW_VALUE when one is no program, or shares no variable with the others; SW_BACKEND when the backend asked for is not there
 * @example
 * const half = model({ x: input(["batch", 784]) }, ({ x }) => dense(x, { units: 10 }));
 * const twice = model({ x: input(["batch", 784]) }, ({ x }) => multiply(half.apply({ x }), 2));
 * const options = { optimizer: adam(), loss: meanSquaredError() };
 * const [first, second] = await openTogether([compile(half, options), compile(twice, options)]);
 *
 * // Generation beside training: layers that are made once, and called in both; attention's step is its `cached`.
 * const [look, score] = [multiHeadAttention({ numHeads: 2, keyDim: 8, useCausalMask: true }), dense({ units: 16 })];
 * const whole = model({ x: input(["batch", 10, 16]) }, ({ x }) => score(look(x)));
 * const next = { x: input(["batch", 1, 16]), key: input(["batch", 2, 10, 8]), value: input(["batch", 2, 10, 8]), at: input([], "int32") };
 * const step = compileFunction(next, ({ x, at, ...cache }) => {
 *   const seen = look.cached(x, { cache, offset: at });
 *   return { y: score(seen.output), ...seen.cache };
 * });
 * const [training, generate] = await openTogether([compile(whole, options), step]);
 */
export async function openTogether<const P extends readonly (Program | FunctionProgram)[]>(
  programs: P,
  options: OpenTogetherOptions = {},
): Promise<{ -readonly [K in keyof P]: Opened<P[K]> }> {
  checkOption(op, "programs", programs, required(several));
  for (const program of programs)
    if (!isFunctionProgram(program)) refuse("SW_VALUE", op, checkKind(op, program, "program"));
  checkOpenOptions(op, options, rules);
  const { onWarning = printWarning, ...opening } = options;
  if (new Set(programs).size < programs.length) throw refused("a program is given twice; open it once");
  checkShared(programs);
  const computations = programs.map((one) => (isFunctionProgram(one) ? one : computationOf(one)));
  sameName(programs).forEach(onWarning);
  const executables = await loadTogether(computations, opening);
  let gate: Gate | undefined;
  const opened = programs.map((program, i) => {
    gate = new Gate(isFunctionProgram(program) ? "function" : "session", gate);
    if (isFunctionProgram(program)) return openedFunction(program, executables[i]!, gate);
    return new Session(program, executables[i]!, undefined, gate);
  });
  return opened as { -readonly [K in keyof P]: Opened<P[K]> };
}

/** What is opened of a program, or of a function. */
type Opened<P> =
  P extends FunctionProgram<infer I, infer O> ? OpenedFunction<I, O> : P extends Program ? SessionOf<P> : never;

const several: OptionRule = {
  takes: "a list of two programs at least",
  accepts: (value) => Array.isArray(value) && value.length >= 2,
};

/** Refuses a program that has nothing to do with the others: its layers were made anew. */
function checkShared(programs: readonly (Program | FunctionProgram)[]): void {
  const alone = programs.findIndex(({ variables }, i) => {
    const others = new Set(programs.flatMap((other, k) => (k === i ? [] : [...other.variables.values()])));
    return ![...variables.values()].some((variable) => others.has(variable));
  });
  if (alone < 0) return;
  throw refused(
    `program ${alone + 1} of ${programs.length} shares no variable with the others; build both from one model, by its apply(), ` +
      "or of the same layers, or open() it by itself",
  );
}

function refused(fault: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", `${op}: ${fault}`, op);
}
