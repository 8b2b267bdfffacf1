import { ShapewrightError } from "../src/ir/errors.js";
import { isTensor, type Node, type Scope } from "../src/ir/node.js";
import { checkOptions } from "../src/ir/options.js";
import { refuse } from "../src/ir/refuse.js";
import type { TensorLike } from "../src/ir/tensor.js";
import { type Model, outputNodes } from "../src/model.js";
import { show } from "../src/types/show.js";
import { type CheckInputBatch, checkInputBatch } from "./checkBatch.js";
import { checkKind } from "./checkKind.js";
import { lossReporter } from "./lossReporter.js";
import { type Inputs, inputNodes, type Program } from "./program.js";
import { type TrainingOptions, trainingProgram, trainingRules } from "./trainingProgram.js";

/** What a model returns that is a loss: the loss, or beside it, by other names, what is to be reported. */
export type LossOutputs = TensorLike | (Readonly<Record<string, TensorLike>> & { readonly loss: TensorLike });

/** What is reported besides the loss. */
export type LossReports<O extends LossOutputs> = [O] extends [TensorLike]
  ? { readonly [K in never]: number }
  : { readonly [K in Exclude<keyof O & string, "loss">]: number };

const op = "compileLoss";

/**
 * Compiles a model that computes a loss itself, of its inputs alone: what Keras's `train_step` is written for. It may hold several models,
 * of which `trainable` says what is trained, and gradients, such as a gradient penalty. What else it returns is reported as metrics are: of
 * float32, as means.
 *
 * Programs over models that they share, such as the two of a GAN, are opened together: `openTogether([first, second])`.
 *
 * @param model returns the loss, a scalar or values for each sample, whose mean it is; or a record of it, as `loss`, and others
 * @returns a program without targets: `session.trainStep({ inputs })`, `session.fit(inputs, undefined)`
 * @throws SW_VALUE when there is no loss or no batch axis; SW_DTYPE when the loss is not float32; SW_GRADIENT when no gradient reaches any
 * variable; SW_NAME when `trainable` names nothing that there is
 * @example
 * const squares = model({ x: input(["batch", 3]), y: input(["batch", 1]) }, ({ x, y }) => {
 *   const error = subtract(dense(x, { units: 1 }), y);
 *   return { loss: mean(square(error)), bias: mean(error) };
 * });
 * const program = compileLoss(squares, { optimizer: adam() });
 */
export function compileLoss<I extends Inputs, O extends LossOutputs>(
  model: Model<I, O> & CheckInputBatch<I>,
  options: TrainingOptions,
): Program<I, O, undefined, LossReports<O>, undefined> {
  refuse("SW_VALUE", op, checkKind(op, model, "model"));
  checkOptions(op, options, trainingRules);
  checkInputBatch(model);
  const names = new Map<Node | Scope, string>(model.names);
  const outputs = lossNodes(model);
  return trainingProgram({
    model,
    options,
    names,
    judged: [],
    reporter: (kept) => lossReporter(outputs, inputNodes(model.inputs).values().next().value!.shape[0]!, kept),
    keys: [...outputs.keys()],
    answers: [outputs.get("loss")!],
  }) as Program<I, O, undefined, LossReports<O>, undefined>;
}

/** The loss and what is reported besides it, by names. */
function lossNodes({ output }: Model<any, any>): Map<string, Node> {
  const outputs = isTensor(output) ? new Map([["loss", outputNodes(output).get("output")!]]) : outputNodes(output);
  const refused = (code: "SW_VALUE" | "SW_DTYPE", fault: string) => new ShapewrightError(code, `${op}: ${fault}`, op);
  if (!outputs.has("loss")) {
    const names = [...outputs.keys()].join(", ");
    throw refused("SW_VALUE", `the model returns ${names}, but what is to be minimised must be among it, as "loss"`);
  }
  for (const [name, { dtype, shape }] of outputs)
    if (dtype !== "float32")
      throw refused("SW_DTYPE", `"${name}" must be float32, but is ${dtype} ${show(shape)}; cast it`);
  return outputs;
}
