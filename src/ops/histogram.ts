import { generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckCount } from "../ir/option-checks.js";
import { ascending, checkOption, count } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { AddDims } from "../types/arithmetic.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { productOf } from "../types/product.js";
import { add } from "./add.js";
import { constant } from "./constant.js";
import { equal } from "./equal.js";
import { greater } from "./greater.js";
import { max } from "./max.js";
import { min } from "./min.js";
import { minimum } from "./minimum.js";
import { multiply } from "./multiply.js";
import { reshapeOp } from "./reshape.js";
import { searchSortedOp } from "./searchSorted.js";
import { select } from "./select.js";
import type { Any } from "./shared/composite.js";
import { countedIn } from "./shared/countedIn.js";
import { subtract } from "./subtract.js";

/** What `histogram` finds. */
export type Histogram<N extends number> = {
  /** How many elements lie in each bin. */
  readonly counts: Tensor<[N], "int32">;
  /** Where the bins begin, and where the last one ends. */
  readonly edges: Tensor<[AddDims<N, 1>]>;
};

/**
 * How many elements lie in each of some bins of equal width: from its edge up to the next, which itself is only in the last one. What lies
 * outside, and NaN, is not counted.
 *
 * @param x any shape, float32
 * @param bins how many bins
 * @default bins 10
 * @param range where the first begins and the last ends: from the smallest element to the largest, unless said otherwise
 * @returns `counts` [bins], int32, and `edges` [bins + 1], float32
 * @throws SW_DTYPE when x is not float32, SW_VALUE when bins is no positive integer, or the range has not two ascending numbers
 * @example
 * const { counts, edges } = histogram(input(["batch"]), 20, [0, 1]); // counts: Tensor<[20], "int32">
 */
export function histogram<const S extends Shape, D extends DType, const N extends number = 10>(
  x: Tensor<S, D> & CheckDType<"histogram", D, "float32">,
  bins?: N & CheckCount<"histogram", "bins", N>,
  range?: readonly [low: number, high: number],
): Histogram<N> {
  const node = nodeOf(x, "histogram");
  checkOption("histogram", "bins", bins, count);
  checkOption("histogram", "range", range, ascending);
  refuse("SW_DTYPE", "histogram", checkDType("histogram", node.dtype, ["float32"]));
  const n: number = bins ?? 10;
  return calling("histogram", () => {
    const flat = makeNode(reshapeOp, [node], { shape: [productOf(node.shape)] });
    const edges = nodeOf(range ? fixedEdges(range, n) : foundEdges(tensorOf(flat), n));
    return { counts: tensorOf(countsBetween(edges, flat, n)), edges: tensorOf(edges) };
  });
}

function fixedEdges([low, high]: readonly [number, number], n: number): Any {
  return constant(generate([n + 1], "float32", (i) => (i === n ? high : low + ((high - low) * i) / n)));
}

/** From the smallest element to the largest; half of 1 to both sides of one that is both, and from 0 to 1 where there is none. */
function foundEdges(x: Any, n: number): Any {
  const [least, most]: Any[] = [min(x), max(x)];
  const isOne = equal(least!, most!);
  const isNone = greater(least!, most!);
  const low: Any = select(isNone, 0, select(isOne, subtract(least!, 0.5), least!));
  const high: Any = select(isNone, 1, select(isOne, add(most!, 0.5), most!));
  const parts: Any = constant(generate([n + 1], "float32", (i) => i / n));
  // Each step is one that rounding keeps in order, so that the edges never descend, and halves don't overflow.
  const half: Any = subtract(multiply(high, 0.5), multiply(low, 0.5));
  const found: Any = minimum(add(low, multiply(multiply(half, parts), 2)), high);
  const isLast = constant(generate([n + 1], "bool", (i) => (i === n ? 1 : 0)));
  return select(isLast, high, found);
}

function countsBetween(edges: Node, x: Node, n: number): Node {
  const above = makeNode(searchSortedOp, [edges, x], { side: "right" });
  const last = max(tensorOf(edges) as Any);
  const bin: Tensor<any, "int32"> = subtract(tensorOf(above) as Tensor<any, "int32">, 1);
  const isLast: Tensor<any, "bool"> = equal(tensorOf(x) as Any, last);
  return countedIn(nodeOf(select(isLast, n - 1, bin)), n);
}
