import { optimize } from "../../compiler/pipeline.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { showName } from "../../src/ir/checkName.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { makeGraph } from "../../src/ir/graph.js";
import { isOp } from "../../src/ir/node.js";
import { checkOption, required } from "../../src/ir/options.js";
import { optimizerState } from "../../src/nameNodes.js";
import { builder as b } from "../../src/ops/builder.js";
import { rateAt } from "../../src/optimizers/given-optimizer.js";
import type { Optimizer } from "../../src/optimizers/optimizer.js";
import { notNegative } from "../../src/optimizers/schedules/schedule.js";

/** The variable that a rate which can be set is kept in. */
const adjusted = "learningRate";

/** What an optimizer's learning rate is read from and set in: scalars that it keeps, by their full names. */
export interface KeptScalars {
  /** 0 of what is not kept. */
  read(name: string): number;
  write(name: string, value: NdArray): void;
}

/** The learning rate of an optimizer's next step. */
export function learningRateOf(optimizer: Optimizer, kept: KeptScalars): number {
  const { learningRate } = optimizer;
  if (typeof learningRate === "number") return learningRate;
  const scalar = (name: string) => kept.read(`${optimizerState}${name}`);
  if (isAdjustable(optimizer)) return scalar(adjusted);
  const names = Object.keys(learningRate.state ?? {});
  const state = Object.fromEntries(names.map((name) => [name, b.scalar(scalar(name))]));
  const rate = rateAt("learningRate", b, optimizer, b.scalar(scalar("steps"), "int32"), state);
  // Of constants alone, a rate is a constant.
  const { outputs } = optimize(makeGraph("learningRate", { rate }, [], new Map()));
  if (isOp(outputs.rate!, "constant")) return outputs.rate.attributes.value.data[0]!;
  throw refused(`the schedule ${showName(learningRate.name)} depends on more than the number of steps and its state`);
}

/**
 * Sets the learning rate from the next step on.
 *
 * @throws SW_VALUE when it is no rate, or the optimizer's is a constant or follows a schedule
 */
export function setLearningRate(optimizer: Optimizer, kept: KeptScalars, value: number): void {
  checkOption("learningRate", "the value", value, required(notNegative));
  const { learningRate } = optimizer;
  if (isAdjustable(optimizer)) {
    kept.write(`${optimizerState}${adjusted}`, array(new Float32Array([value]), []));
    return;
  }
  const [found, initial] =
    typeof learningRate === "number"
      ? [`the number ${learningRate}, a constant of the compiled step`, learningRate]
      : [`what the schedule ${showName(learningRate.name)} says`, learningRate.initialLearningRate];
  throw refused(`the optimizer's rate is ${found}; one that can be set is adjustable(${initial})`);
}

function isAdjustable({ learningRate }: Optimizer): boolean {
  return typeof learningRate !== "number" && Object.hasOwn(learningRate.state ?? {}, adjusted);
}

function refused(fault: string): ShapewrightError {
  return new ShapewrightError("SW_VALUE", `learningRate: ${fault}`, "learningRate");
}
