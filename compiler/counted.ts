import type { Node } from "../src/ir/node.js";
import { ratio, totalOf } from "../src/metrics/counting.js";
import { builder as b } from "../src/ops/builder.js";
import { meanOf } from "./means.js";
import { spread } from "./weighting.js";

/** Values that a mean is taken of: how much each counts, and what the sum is divided by. */
export interface Counted {
  readonly values: Node;
  /** What each is multiplied by; nothing where all count alike. */
  readonly factor?: Node;
  /** What their sum is divided by the sum of; their number, where nothing is given. */
  readonly divisor?: Node;
}

/** How values are weighted. */
interface Weighed {
  /** The weights of samples or of places, where there are any. */
  readonly weights: Node | undefined;
  /** Which values count at all, 0 or 1 for each. */
  readonly mask: Node | undefined;
  /** The weights of the targets' classes, which are no part of what is divided by. */
  readonly classes?: Node | undefined;
  /** Whether it is the sum of weighted values over the sum of the weights, as in Keras's metrics, and not over their number, as in its losses. */
  readonly overWeights: boolean;
}

/** Values with their weights. */
export function counted(values: Node, { weights, mask, classes, overWeights }: Weighed): Counted {
  const weight = weights && spread(weights, values);
  const share = productOf(weight, mask);
  const divisor = overWeights ? share : mask;
  const factor = productOf(share, classes && spread(classes, values));
  return { values, ...(factor && { factor }), ...(divisor && { divisor }) };
}

/** Of a batch of its own: the mean. */
export function meanOfCounted({ values, factor, divisor }: Counted): Node {
  const all = factor ? b.op("multiply", [values, factor]) : values;
  return divisor ? ratio(totalOf(all), totalOf(over(divisor, values))) : meanOf(all);
}

/** Of one batch of several: what is added up. */
export function totalsOfCounted({ values, factor, divisor }: Counted): { readonly sum: Node; readonly count: Node } {
  return {
    sum: totalOf(factor ? b.op("multiply", [values, factor]) : values),
    count: divisor ? totalOf(over(divisor, values)) : b.size(values.shape),
  };
}

function productOf(a: Node | undefined, c: Node | undefined): Node | undefined {
  return a && c ? b.op("multiply", [a, c]) : (a ?? c);
}

function over(weights: Node, { shape }: Node): Node {
  return b.op("broadcastTo", [weights], { shape });
}
