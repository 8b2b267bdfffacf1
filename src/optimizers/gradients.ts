import type { Builder } from "../ir/builder.js";
import type { Node } from "../ir/node.js";
import { type OptionRule, positive, required } from "../ir/options.js";
import { type Optimizer, wrapped } from "./optimizer.js";

/** An optimizer that sees other gradients: what `change` makes of all of them. */
export function withGradients(
  optimizer: Optimizer,
  change: (b: Builder, gradients: readonly Node[]) => readonly Node[],
): Optimizer {
  return wrapped(optimizer, {
    step(context) {
      const changed = change(
        context.b,
        context.parameters.map(({ gradient }) => gradient),
      );
      const parameters = context.parameters.map((parameter, i) => ({ ...parameter, gradient: changed[i]! }));
      return optimizer.step({ ...context, parameters });
    },
  });
}

/** The sum of a gradient's squares. */
export function squaredNorm(b: Builder, g: Node): Node {
  return b.op("sum", [b.op("square", [g])], { axes: g.shape.map((_, axis) => axis), keepDims: false });
}

/** g · limit / max(norm, limit). */
export function scaledTo(b: Builder, g: Node, squared: Node, limit: number): Node {
  const norm = b.op("maximum", [b.op("sqrt", [squared]), b.scalar(limit)]);
  return b.op("multiply", [g, b.op("divide", [b.scalar(limit), norm])]);
}

/** What a limit has to be. */
export const limitRule: OptionRule = required(positive);
