import type { Cost } from "../../analysis/cost.js";
import type { DimSizes } from "../../analysis/sizes.js";

/** What something costs, and how that grows with the batch. */
export interface CostOverBatch extends Cost {
  /** See `perBatch` of a diagram's nodes. */
  readonly perBatch?: readonly number[];
}

/**
 * A cost at the size that the batch has, and what is added for each further batch of that size: costs are sums of products of dims, none of
 * which has the batch in it more than twice, so that three sizes tell all.
 *
 * @param batch the name of the axis that counts samples; none, where nothing is to be said of others
 */
export function overBatch(cost: (dims: DimSizes) => Cost, dims: DimSizes, batch: string | undefined): CostOverBatch {
  const once = cost(dims);
  const size = batch === undefined ? undefined : dims.get(batch);
  if (batch === undefined || size === undefined) return once;
  const [twice, thrice] = [2, 3].map((times) => cost(new Map(dims).set(batch, times * size)));
  const [flops, squaredFlops] = growth(once.flops, twice!.flops, thrice!.flops);
  const [bytes, squaredBytes] = growth(once.bytes, twice!.bytes, thrice!.bytes);
  if (flops === 0 && bytes === 0 && squaredFlops === 0 && squaredBytes === 0) return once;
  const squares = squaredFlops === 0 && squaredBytes === 0 ? [] : [squaredFlops, squaredBytes];
  return { ...once, perBatch: [flops, bytes, ...squares] };
}

/** Of `a + b·n + c·n²` for n = 0, 1 and 2: b and c. */
export function growth(once: number, twice: number, thrice: number): [number, number] {
  const squared = (thrice - 2 * twice + once) / 2;
  return [twice - once - squared, squared];
}
