import { axisRule, callback, checkOption, checkOptions, required } from "../ir/options.js";
import { arrangeLike, nodesOf } from "../ir/structure.js";
import { along } from "./along.js";
import { checkTree } from "./returned.js";
import type { CheckScanned, Stacked, StepOf, Steps } from "./scan.js";
import type { Tree } from "./trees.js";

/** How `map` goes along. */
export interface MapOptions<A extends number> {
  /** The axis whose places the function is called for. @default 0 */
  readonly axis?: A;
}

/**
 * A function of each place along an axis: a loop within the graph that carries nothing, whose rounds a backend may run at one time. Most
 * ops are of whole batches as they are, and faster so; `map` is for what cannot be said of all places at once.
 *
 * The function is called once, to see what it computes. It may use tensors and variables from outside.
 *
 * @param fn computes from one place of xs a tensor, or a record of them
 * @param xs a tensor, or a record of tensors that are equally long along the axis
 * @returns what the function gives for all places, along the axis; of what has fewer axes, along the last one, or the first where it is counted from
 *   the end
 * @throws SW_SHAPE when tensors differ along the axis; SW_VALUE when there is no such axis, or the function returns no tensors
 * @example
 * const xs = input(["batch", 4, 4]);
 * const traces = map((x) => sum(multiply(x, eye(4))), xs); // Tensor<["batch"], "float32">
 */
export function map<const X extends Tree, Y extends Tree, const A extends number = 0, Now extends "now" = "now">(
  fn: (x: StepOf<X, A>) => Y,
  xs: X & CheckScanned<"map", X, A, Now>,
  options: MapOptions<A> = {},
): Stacked<Y, Steps<X, A>, A> {
  checkOption("map", "the function", fn, required(callback));
  checkOptions<MapOptions<number>>("map", options, { axis: axisRule });
  const { axis = 0 } = options;
  let returned: Tree | undefined;
  const { outputs } = along({ op: "map", xs, axis, reverse: false, start: [] }, (_, places) => {
    returned = checkTree("map", "the function", fn(arrangeLike<StepOf<X, A>>(xs, places)));
    return { next: [], outputs: nodesOf(returned) };
  });
  return arrangeLike<Stacked<Y, Steps<X, A>, A>>(returned!, outputs);
}
