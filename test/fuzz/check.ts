import * as tf from "@tensorflow/tfjs-core";
import { emitPrediction } from "../../compiler/emit/typescript/emitPrediction.js";
import { preparation } from "../../compiler/passes/preparation.js";
import { runAll } from "../../compiler/passes/runAll.js";
import { optimize } from "../../compiler/pipeline.js";
import type { Computation } from "../../compiler/program.js";
import { verify } from "../../compiler/verify.js";
import type { NdArray } from "../../src/ir/array.js";
import { tensorOf } from "../../src/ir/node.js";
import { model } from "../../src/model.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callReference, callWith } from "../support/computation.js";
import { importGenerated, type PredictionModule } from "../support/generated.js";
import { tensorOf as tensorWith } from "../support/training.js";
import { computationOf, differentiated, type FuzzProgram } from "./program.js";
import { difference, type Wanted, wantedOf } from "./spread.js";

/** What isn't right: on which way, and of which output where it isn't an error. */
export interface Failure {
  readonly way: string;
  readonly output?: string;
  readonly what: string;
}

type Outputs = Readonly<Record<string, NdArray | undefined>>;

/** A way of computing a program: as it is or optimised, and by what. */
interface Way {
  readonly name: string;
  readonly wanted: Readonly<Record<string, Wanted>>;
  run(): Promise<Outputs> | Outputs;
}

/** Runs a program on every way and compares it with the reference kernels. With `only`, on the ways of these names. */
export async function check(program: FuzzProgram, only?: ReadonlySet<string>): Promise<Failure[]> {
  const failures: Failure[] = [];
  const attempt = async <T>(way: string, run: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await run();
    } catch (error) {
      failures.push({ way, what: String(error) });
      return undefined;
    }
  };
  const whole = await attempt("differentiation", () => differentiated(program));
  const ways = whole && (await attempt("optimisation", () => waysOf(whole)));
  for (const { name, wanted, run } of ways ?? []) {
    if (only && !only.has(name)) continue;
    const outputs = await attempt(name, run);
    if (!outputs) continue;
    for (const output of Object.keys(outputs)) {
      const what = difference(outputs[output], wanted[output]!);
      if (what) failures.push({ way: name, output, what });
    }
  }
  return failures;
}

function waysOf(program: FuzzProgram): Way[] {
  const { arrays } = program;
  const plain = computationOf(program);
  const optimized = { ...plain, call: verify(optimize(plain.call)) };
  // Preparation changes what would overflow: of what it leaves, kernels give the same numbers whatever else is done.
  const prepared = { ...plain, call: runAll(preparation, verify(plain.call)) };
  const wanted = wantedOf(plain, arrays);
  const wantedPrepared = prepared.call === plain.call ? wanted : wantedOf(prepared, arrays);
  const on = (backend: (typeof testedBackends)[number], computation: Computation) => async () => {
    const executable = await loadOn(backend, computation);
    try {
      return callWith(executable, arrays);
    } finally {
      executable.dispose();
    }
  };
  return [
    { name: "reference, optimised", wanted: wantedPrepared, run: () => callReference(optimized, arrays) },
    { name: "reference, prepared", wanted: finiteOf(wanted), run: () => callReference(prepared, arrays) },
    ...testedBackends.flatMap((backend): Way[] => [
      { name: backend, wanted, run: on(backend, plain) },
      { name: `${backend}, optimised`, wanted: wantedPrepared, run: on(backend, optimized) },
    ]),
    ...(["wasm", "cpu"] as const).map(
      (backend): Way => ({
        name: `generated code on ${backend}`,
        wanted: wantedPrepared,
        run: () => generated(program, backend),
      }),
    ),
  ];
}

/** The same, with nothing said of what isn't finite. */
function finiteOf(wanted: Readonly<Record<string, Wanted>>): Record<string, Wanted> {
  return Object.fromEntries(
    Object.entries(wanted).map(([name, { values, tolerances }]) => [
      name,
      { values, tolerances: tolerances.map((t, i) => (Number.isFinite(values.data[i]) ? t : Number.NaN)) },
    ]),
  );
}

/** The last output by generated code, which predicts one. */
async function generated({ inputs, arrays, outputs }: FuzzProgram, backend: "wasm" | "cpu"): Promise<Outputs> {
  const [name, node] = Object.entries(outputs).at(-1)!;
  const read = Object.fromEntries(inputs.map((input, i) => [`x${i}`, tensorOf(input)]));
  const text = emitPrediction(
    model(read, () => tensorOf(node)),
    { name: "program", source: "fuzz.ts" },
  );
  const module = await importGenerated<PredictionModule>(text);
  await tf.setBackend(backend);
  const tensors = arrays.map(tensorWith);
  const result = module.predict({}, ...tensors);
  const array = { shape: result.shape, dtype: node.dtype, data: result.dataSync() } as NdArray;
  tf.dispose([...tensors, result]);
  return { [name]: array };
}
