import { compileAs, type FunctionProgram } from "../compiler/compileFunction.js";
import type { Inputs } from "../compiler/program.js";
import type { Graph } from "../src/ir/graph.js";
import type { TensorLike } from "../src/ir/tensor.js";
import type { BackendName, Executable } from "./backends/backend.js";
import type { ArrayOf } from "./data/data.js";
import type { CheckInputs, DataByName } from "./data/model-data.js";
import { checkInputs } from "./data/samples.js";
import { Gate } from "./gate.js";
import { checkOpenOptions, load, type OpenOptions } from "./load.js";

/** Plain mathematics, compiled and on a backend: call it with data. */
export interface OpenedFunction<I extends Inputs, Outputs extends Readonly<Record<string, TensorLike>>> {
  <const X extends DataByName<keyof I & string>>(
    data: X & CheckInputs<I, X>,
  ): Promise<{ [K in keyof Outputs]: ArrayOf<Outputs[K]> }>;
  /** What is run, after optimisation. */
  readonly graph: Graph;
  readonly backend: BackendName;
  /** Frees what it holds. It cannot be called after that; a second `dispose` does nothing. */
  dispose(): void;
  /** `using f = await openFunction(…)` disposes of it where its block ends. */
  [Symbol.dispose](): void;
}

/**
 * Compiles a function of named inputs that returns any number of tensors, and puts it onto a backend.
 *
 * @throws SW_BACKEND when the backend asked for is not there
 * @example
 * const slope = await openFunction({ x: input(["n"]) }, ({ x }) => gradients(sum(square(x)), { x }));
 * const { x } = await slope({ x: [1, 2, 3] }); // NdArray<[number], "float32">: 2, 4, 6
 */
export async function openFunction<const I extends Inputs, const Outputs extends Readonly<Record<string, TensorLike>>>(
  inputs: I,
  build: (inputs: I) => Outputs,
  options: OpenOptions = {},
): Promise<OpenedFunction<I, Outputs>> {
  checkOpenOptions("openFunction", options);
  const program = compileAs("openFunction", inputs, build);
  return openedFunction(program, await load(program, options), new Gate("function"));
}

/** What calls a function that is on a backend. */
export function openedFunction<I extends Inputs, O extends Readonly<Record<string, TensorLike>>>(
  { given, call: graph }: FunctionProgram<I, O>,
  executable: Executable,
  gate: Gate,
): OpenedFunction<I, O> {
  const call = (data: unknown) =>
    gate.runBriefly("the function", "read", async (disposed) => {
      const arrays = await checkInputs(given, data);
      disposed.throwIfAborted();
      return executable.call(arrays);
    });
  const dispose = () => void (gate.dispose() && executable.dispose());
  return Object.assign(call, {
    graph,
    backend: executable.backend,
    dispose,
    [Symbol.dispose]: dispose,
  }) as unknown as OpenedFunction<I, O>;
}
