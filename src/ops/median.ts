import { makeNode } from "../ir/makeNode.js";
import type { Node } from "../ir/node.js";
import { addDims, floorDivideDims } from "../types/arithmetic.js";
import { removeAxes } from "../types/reduce.js";
import { addOp } from "./add.js";
import { castOp } from "./cast.js";
import { scalarNode } from "./constant.js";
import { greaterOp } from "./greater.js";
import { multiplyOp } from "./multiply.js";
import { notEqualOp } from "./notEqual.js";
import { padOp } from "./pad.js";
import { reshapeOp } from "./reshape.js";
import { resultsOf } from "./result.js";
import { selectOp } from "./select.js";
import { type ReduceAttributes, type ReduceFunction, reduceComposite } from "./shared/reduce.js";
import { rowsOver } from "./shared/rowsOver.js";
import { sliceOp } from "./slice.js";
import { sumOp } from "./sum.js";
import { topKOp } from "./topK.js";

/**
 * The median of a tensor's elements over some axes, or all: as many are larger as are smaller. Of an even number, it is the mean of the two in
 * the middle; with NaN among the elements, or of none, it is NaN. The rule is that of `numpy.median`.
 *
 * @param x any shape; float32
 * @param options `axis`, one or several, negative ones from the end (all); `keepDims` (false)
 * @throws SW_VALUE when an axis is out of range, SW_DTYPE when x is not float32
 * @example
 * median(input(["batch", 10]), { axis: -1 }); // Tensor<["batch"], "float32">
 */
export const median: ReduceFunction<"median", "float32"> = /* @__PURE__ */ reduceComposite(
  "median",
  ["float32"],
  medianNode,
);

function medianNode(x: Node, { axes, keepDims }: ReduceAttributes): Node {
  if (axes.length === 0) return x;
  const { rows, before, n } = rowsOver(x, axes);
  const [ordered] = resultsOf(makeNode(topKOp, [rows], { k: n }));
  // One more place at each end, so that of no elements there is a middle, too.
  const paddings = [...before.map(() => [0, 0] as const), [1, 1] as const];
  const wider = makeNode(padOp, [ordered!], { paddings, value: Number.NaN });
  const half = (places: number) => {
    const begin = [...before.map(() => 0), floorDivideDims(addDims(n, places), 2)];
    const middle = makeNode(sliceOp, [wider], { begin, size: [...before, 1] });
    return makeNode(multiplyOp, [middle, scalarNode(0.5)], {});
  };
  const found = makeNode(addOp, [half(1), half(2)], {});
  const unknown = makeNode(castOp, [makeNode(notEqualOp, [rows, rows], {})], { dtype: "float32" });
  const count = makeNode(sumOp, [unknown], { axes: [before.length], keepDims: true });
  const isUnknown = makeNode(greaterOp, [count, scalarNode(0)], {});
  const whole = makeNode(selectOp, [isUnknown, scalarNode(Number.NaN), found], {});
  return makeNode(reshapeOp, [whole], { shape: removeAxes(x.shape, axes, keepDims) });
}
