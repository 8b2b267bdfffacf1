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
import { arrayOf, tensorOf as tensorWith } from "../support/training.js";
import { evaluateGenerated } from "./evaluate.js";
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
export interface Way {
  readonly name: string;
  readonly wanted: Readonly<Record<string, Wanted>>;
  run(): Promise<Outputs> | Outputs;
}

/** Runs a program on every way and compares it with the reference kernels. With `only`, on the ways of these names. */
export async function check(program: FuzzProgram, only?: ReadonlySet<string>): Promise<Failure[]> {
  const failures: Failure[] = [];
  const whole = await attempt("differentiation", failures, () => differentiated(program));
  const ways = whole && (await attempt("optimisation", failures, () => waysOf(whole)));
  for (const way of ways ?? []) if (!only || only.has(way.name)) await compare(way, failures);
  return failures;
}

/** What a function gives; its error is a failure. */
async function attempt<T>(way: string, failures: Failure[], run: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    failures.push({ way, what: String(error) });
    return undefined;
  }
}

/** Adds what isn't as wanted of what a way gives. */
export async function compare({ name, wanted, run }: Way, failures: Failure[]): Promise<void> {
  const outputs = await attempt(name, failures, run);
  if (!outputs) return;
  for (const output of new Set([...Object.keys(wanted), ...Object.keys(outputs)])) {
    const expected = wanted[output];
    const what = expected ? difference(outputs[output], expected) : "isn't wanted";
    if (what) failures.push({ way: name, output, what });
  }
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
  let module: Promise<Generated> | undefined;
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
        run: async () => {
          module ??= generated(program);
          return callGenerated(await module, program, backend);
        },
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

/** What generated code of a program exports: it has no variables, so inputs are all that it takes. */
interface Generated {
  predict(...inputs: tf.Tensor[]): Record<string, tf.Tensor>;
}

/** Generated code for all outputs. */
function generated({ inputs, outputs }: FuzzProgram): Promise<Generated> {
  const read = Object.fromEntries(inputs.map((input, i) => [`x${i}`, tensorOf(input)]));
  const written = Object.entries(outputs).map(([name, node]) => [name, tensorOf(node)]);
  const text = emitPrediction(
    model(read, () => Object.fromEntries(written)),
    { name: "program", source: "fuzz.ts" },
  );
  return evaluateGenerated(text);
}

async function callGenerated(
  module: Generated,
  { arrays, outputs }: FuzzProgram,
  backend: "wasm" | "cpu",
): Promise<Outputs> {
  await tf.setBackend(backend);
  const tensors = arrays.map(tensorWith);
  const results = module.predict(...tensors);
  const read = Object.entries(results).map(([name, tensor]) => [name, arrayOf(tensor, outputs[name]!.dtype)]);
  tf.dispose([...tensors, ...Object.values(results)]);
  return Object.fromEntries(read);
}
