import type { Node } from "../ir/node.js";
import type { CheckFromTwo } from "../ir/option-checks.js";
import { checkOption, fromTwo, required } from "../ir/options.js";
import { nextValuesOf } from "./given-optimizer.js";
import { anOptimizer, checkKept, type NextValues, type Optimizer, wrapped } from "./optimizer.js";

const several = required(fromTwo);

/**
 * Adds gradients up over some steps, and lets the optimizer take one step with their mean: as with batches so many times larger, in
 * the memory of the small ones. Learning rates that change count batches, as in Keras.
 *
 * @param steps how many: 2 or more
 * @throws SW_VALUE when the number of steps is none, or when the optimizer accumulates already
 * @example
 * accumulateGradients(adam(), 4);
 */
export function accumulateGradients<const N extends number>(
  optimizer: Optimizer,
  steps: N & CheckFromTwo<"accumulateGradients", "steps", N>,
): Optimizer {
  checkOption("accumulateGradients", "optimizer", optimizer, required(anOptimizer));
  checkOption("accumulateGradients", "steps", steps, several);
  checkKept("accumulateGradients", optimizer, ["accumulated", "sinceUpdate", "updates"]);
  return wrapped(optimizer, {
    slots: (name, shape) => ({ ...optimizer.slots(name, shape), accumulated: 0 }),
    state: { ...optimizer.state, sinceUpdate: 0, updates: 0 },
    changesOf: (_, { state }) => state.updates!,
    step(context) {
      const { b, parameters, state } = context;
      const [sinceUpdate, updates] = [state.sinceUpdate!, state.updates!];
      const count = b.op("add", [sinceUpdate, b.scalar(1, "int32")]);
      const isDue = b.op("equal", [count, b.scalar(steps, "int32")]);
      const onlyIfDue = (then: Node, otherwise: Node) => b.op("select", [isDue, then, otherwise]);
      const sums = parameters.map(({ slots, gradient }) => b.op("add", [slots.accumulated!, gradient]));
      const means = sums.map((sum) => b.op("multiply", [sum, b.scalar(1 / steps)]));
      const inner = nextValuesOf("accumulateGradients", optimizer, {
        ...context,
        steps: updates,
        parameters: parameters.map((parameter, i) => ({ ...parameter, gradient: means[i]! })),
      });
      const zero = (like: Node) => b.op("broadcastTo", [b.scalar(0)], { shape: like.shape });
      const own: NextValues = [
        ...parameters.map(({ slots }, i) => [slots.accumulated!, onlyIfDue(zero(sums[i]!), sums[i]!)] as const),
        [sinceUpdate, onlyIfDue(b.scalar(0, "int32"), count)],
        [updates, onlyIfDue(b.op("add", [updates, b.scalar(1, "int32")]), updates)],
      ];
      // Until it is changed for the first time, a variable stands for itself in evaluation.
      const isNew = b.op("equal", [updates, b.scalar(0, "int32")]);
      const standsFor = new Map(
        parameters.map(({ name, variable, slots }) => [slots[optimizer.evaluatedAs?.(name) ?? ""], variable]),
      );
      const waiting = (kept: Node<"variable">) => {
        const itself = standsFor.get(kept);
        return itself ? b.op("select", [isNew, itself, kept]) : kept;
      };
      return [...inner.map(([variable, next]) => [variable, onlyIfDue(next, waiting(variable))] as const), ...own];
    },
  });
}
