import { ShapewrightError } from "../src/ir/errors.js";
import { dimNames } from "../src/ir/evaluate.js";
import type { Graph } from "../src/ir/graph.js";
import { inWords } from "../src/ir/inWords.js";
import { aRecord, count } from "../src/ir/options.js";
import { peakMemory } from "./analysis/memory.js";
import type { MemoryBudget } from "./passes/recompute.js";
import { inBytes } from "./units.js";
import type { CompileWarning } from "./warnings/warning.js";

/**
 * How much memory a training step may take.
 *
 * @example
 * const loss = sparseCategoricalCrossentropy({ fromLogits: true });
 * const small = compile(digits, { optimizer: adam(), loss, memory: { budget: 2e9, dims: { batch: 128 } } });
 */
export interface MemoryOptions {
  /**
   * Bytes by which a process may grow when it trains: the values of a step that are there at once, with the batch, and on top of them
   * what TensorFlow's kernels and allocator add. For these, a quarter of the values' bytes and 32 MB are set aside, or as much again
   * as the values where that is less: perceptrons and convnets whose values were made to fit 9 to 570 MB took less, on two cores, with
   * one thread and with two. Not in it are TensorFlow itself, the variables, the optimizer's slots and the data from which batches are
   * taken. A step that fits without computing anything again runs in TensorFlow's order, and may take more with `threads: 1`.
   * `npm run bench -- memory` measures it.
   */
  readonly budget: number;
  /** The size that each named dim has in training: `{ batch: 128 }`. */
  readonly dims: Readonly<Record<string, number>>;
}

/** What is set aside for kernels and the allocator: a share of the values' bytes, and bytes. */
const beside = { share: 0.25, bytes: 32e6 };

/** The budget that a step needs of which the values take so many bytes. */
export function budgetFor(values: number): number {
  return values + Math.min(values, beside.share * values + beside.bytes);
}

/** The bytes that a budget leaves for values: what `budgetFor` turns into it. */
function valuesWithin(budget: number): number {
  return Math.max(budget / 2, (budget - beside.bytes) / (1 + beside.share));
}

/**
 * The budget for values that options set for a train graph.
 *
 * @throws SW_VALUE when the budget or a size is no positive number, or when a size is missing or of no dim
 */
export function memoryBudget({ budget, dims }: MemoryOptions, graph: Graph): MemoryBudget {
  const used = new Set(graph.nodes.flatMap(({ shape }) => shape.flatMap(dimNames)));
  const names = [...used].map((name) => `"${name}"`).join(", ");
  const refused = (what: string) => new ShapewrightError("SW_VALUE", `compile: memory: ${what}`, "compile");
  const isNumber = typeof budget === "number" && budget > 0;
  if (!isNumber) throw refused(`budget ${inWords(budget)} is not a positive number of bytes`);
  if (!aRecord.accepts(dims))
    throw refused(`dims is ${inWords(dims)}, but must be a record of sizes, such as { batch: 128 }`);
  for (const [name, size] of Object.entries(dims)) {
    if (!used.has(name)) throw refused(`the model has no dim "${name}"; it has ${names}`);
    if (!count.accepts(size)) throw refused(`dims.${name} ${inWords(size)} is not a positive integer`);
  }
  const missing = [...used].find((name) => !Object.hasOwn(dims, name));
  if (missing !== undefined) throw refused(`dims gives no size for "${missing}"`);
  return { bytes: valuesWithin(budget), dims: new Map(Object.entries(dims)) };
}

/** The warning for a train graph that goes over its budget all the same. */
export function overBudget(graph: Graph, { bytes, dims }: MemoryBudget): CompileWarning[] {
  const reached = peakMemory(graph, dims).bytes;
  if (reached <= bytes) return [];
  const sizes = [...dims].map(([name, size]) => `${name} = ${size}`).join(", ");
  const message = `a training step takes ${inBytes(budgetFor(reached))} at ${sizes}, computing again what can be, and the budget is ${inBytes(budgetFor(bytes))}; use a smaller batch`;
  return [{ code: "SW_WARN_MEMORY", message }];
}
