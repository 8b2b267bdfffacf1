import { check, type Failure } from "./check.js";
import { grow } from "./grow.js";
import { shrink } from "./shrink.js";
import { source } from "./source.js";
import { checkTraining, growTraining, shrinkTraining, trainingSource } from "./training.js";

/** One program in so many trains a model. */
const trainingEvery = 20;

/** What one program of a seed showed: nothing, or what fails with the source of a test that shows it. */
export interface Finding {
  readonly failures: readonly Failure[];
  readonly source: string;
}

/** Runs one program. What is found is as small as it gets, unless `small` is false. */
export async function fuzz(seed: number, index: number, small = true): Promise<Finding | undefined> {
  const title = `seed ${seed}, program ${index}`;
  if (index % trainingEvery === trainingEvery - 1) {
    const training = growTraining(seed, index);
    const failures = await checkTraining(training);
    if (failures.length === 0) return undefined;
    return { failures, source: trainingSource(small ? await shrinkTraining(training) : training, title) };
  }
  const program = grow(seed, index);
  const failures = await check(program);
  const [first] = failures;
  if (!first) return undefined;
  if (!small) return { failures, source: source(program, title) };
  // Errors stay the same errors, and wrong numbers wrong numbers.
  const isAlike = ({ way, output }: Failure) =>
    way === first.way && (output === undefined) === (first.output === undefined);
  const ways = new Set([first.way]);
  const smallest = await shrink(program, async (smaller) => (await check(smaller, ways)).some(isAlike));
  return { failures: [...(await check(smallest)), ...failures], source: source(smallest, title) };
}
