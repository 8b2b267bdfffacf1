import { type Node, tensorOf } from "./ir/node.js";
import { aRecord, checkOption, required } from "./ir/options.js";
import type { Tensor } from "./ir/tensor.js";

const aModel = required({
  takes: "a model",
  accepts: (value) => aRecord.accepts(value) && (value as Partial<Variables>).variables instanceof Map,
});

/** What has variables: a model. */
interface Variables {
  readonly variables: ReadonlyMap<string, Node<"variable">>;
}

/**
 * The variables of a model that training changes, as tensors by their full names: to take gradients with respect to them, or their norms.
 * Their shapes are known when it runs.
 *
 * @throws SW_VALUE when it is no model
 * @example
 * const net = model({ x: input(["batch", 3]) }, ({ x }) => dense(x, { units: 1 }));
 * const slopes = await openFunction({ x: input(["batch", 3]) }, ({ x }) => {
 *   const loss = mean(square(net.apply({ x })));
 *   return { loss, ...gradients(loss, trainableVariables(net)) };
 * });
 */
export function trainableVariables(model: Variables): Readonly<Record<string, Tensor<any>>> {
  checkOption("trainableVariables", "the model", model, aModel);
  const trainable = [...model.variables].filter(([, { attributes }]) => attributes.trainable);
  return Object.fromEntries(trainable.map(([name, variable]) => [name, tensorOf<Tensor<any>>(variable)]));
}
