import type { Names, Node, Scope } from "../src/ir/node.js";
import { within } from "../src/ir/place.js";
import type { Loss } from "../src/losses/loss.js";
import type { Metric } from "../src/metrics/metric.js";
import { builder as b } from "../src/ops/builder.js";

/** The loss and the metrics of an output, by name. */
export type Reports = Readonly<Record<string, Node>> & { readonly loss: Node };

/**
 * Makes the function that computes what is reported of an output. Loss and metrics are in scopes of their names.
 *
 * @param names is added to
 */
export function reporter(
  loss: Loss,
  metrics: readonly Metric[],
  target: Node,
  names: Map<Node | Scope, string>,
): (output: Node) => Reports {
  const lossScope = reportScope("loss", "loss", names);
  const metricScopes = metrics.map(({ name }) => reportScope("metric", name, names));
  return (output) => ({
    loss: within({ part: "loss", scope: lossScope }, () => meanOf(loss.values(output, target))),
    ...Object.fromEntries(
      metrics.map((metric, i) => {
        const place = { part: "metric", scope: metricScopes[i]! } as const;
        return [metric.name, within(place, () => meanOf(metric.values(output, target, loss)))];
      }),
    ),
  });
}

/** A scope with the name that is wanted, or with a number after it where a layer has that name. */
function reportScope(kind: string, base: string, names: Map<Node | Scope, string>): Scope {
  const scope = { kind, name: base, options: {} };
  const taken = scopeNames(names);
  let name = base;
  for (let count = 1; taken.has(name); count++) name = `${base}_${count}`;
  names.set(scope, name);
  return scope;
}

function scopeNames(names: Names): Set<string> {
  return new Set([...names].flatMap(([named, name]) => ("op" in named ? [] : [name])));
}

function meanOf(values: Node): Node {
  return b.op("mean", [values], { axes: values.shape.map((_, axis) => axis), keepDims: false });
}
