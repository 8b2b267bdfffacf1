import { optimize } from "../../compiler/pipeline.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { makeGraph } from "../../src/ir/graph.js";
import { isOp } from "../../src/ir/node.js";
import { checkOption, notNegative, required } from "../../src/ir/options.js";
import { shortestFloat } from "../../src/ir/shortestFloat.js";
import { builder as b } from "../../src/ops/builder.js";
import { optimizerState } from "../../src/optimizerState.js";
import { keptRate, rateAt, scheduleState } from "../../src/optimizers/given-optimizer.js";
import type { Optimizer } from "../../src/optimizers/optimizer.js";

/** What an optimizer's learning rate is read from and set in: scalars that it keeps, by their full names. */
export interface KeptScalars {
  /** Nothing of what no step reads, and so is not kept. */
  read(name: string): number | undefined;
  write(name: string, value: NdArray): void;
}

/** The learning rate of an optimizer's next step: of one that was set, the number as it was written. */
export function learningRateOf(optimizer: Optimizer, kept: KeptScalars): number {
  const { learningRate } = optimizer;
  const scalar = (name: string, start: number) => kept.read(`${optimizerState}${name}`) ?? start;
  if (typeof learningRate === "number") return shortestFloat(scalar(keptRate, learningRate));
  const starts = Object.entries(scheduleState("learningRate", optimizer));
  const state = Object.fromEntries(starts.map(([name, { start }]) => [name, b.scalar(scalar(name, start))]));
  const rate = rateAt("learningRate", b, optimizer, b.scalar(scalar("steps", 0), "int32"), state);
  // Of constants alone, a rate is a constant.
  const { outputs } = optimize(makeGraph("learningRate", { rate }, [], new Map()));
  if (isOp(outputs.rate!, "constant")) return outputs.rate.attributes.value.data[0]!;
  throw refused(`the schedule ${showName(learningRate.name)} depends on more than the number of steps and its state`);
}

/**
 * Sets the learning rate from the next step on.
 *
 * @throws SW_VALUE when it is no rate, or the optimizer's follows a schedule
 */
export function setLearningRate(optimizer: Optimizer, kept: KeptScalars, value: number): void {
  checkOption("learningRate", "the value", value, required(notNegative));
  const { learningRate } = optimizer;
  if (typeof learningRate === "number") {
    if (kept.read(`${optimizerState}${keptRate}`) === undefined)
      throw refused("no step depends on the optimizer's rate");
    kept.write(`${optimizerState}${keptRate}`, array(new Float32Array([value]), []));
    return;
  }
  const { name, initialLearningRate } = learningRate;
  const found = `the optimizer's rate is what the schedule ${showName(name)} says`;
  throw refused(`${found}; one that can be set is a number, such as ${initialLearningRate}`);
}

function refused(fault: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", `learningRate: ${fault}`, "learningRate");
}
