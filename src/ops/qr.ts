import { array } from "../ir/array.js";
import type { Builder } from "../ir/builder.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { ResultsOpDefinition, Samples } from "../ir/op.js";
import type { Tensor } from "../ir/tensor.js";
import { subtractDims } from "../types/arithmetic.js";
import { type ReplaceAxis, replaceAxis } from "../types/axis.js";
import type { Dim, Shape } from "../types/dim.js";
import { resultsOf } from "./result.js";
import { type CheckDecomposed, decomposable, type Fewer } from "./shared/linear/decompose-shape.js";
import { decomposed, finiteIn } from "./shared/linear/finite.js";
import { triangles, turned } from "./shared/linear/matrices.js";
import { qrOf } from "./shared/linear/qr.js";
import { resultsOnHost } from "./shared/onHost.js";
import { plainSamples } from "./shared/plainSamples.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Q with orthogonal columns of length 1 and the upper triangle R with Q · R = x. */
    qr: Record<never, never>;
  }
}

const reference: ResultsOpDefinition<"qr">["reference"] = ([x]) => {
  const [rows, columns] = x!.shape.slice(-2) as [number, number];
  const fewer = Math.min(rows, columns);
  const shapes = [replaceAxis(x!.shape, -1, fewer), replaceAxis(x!.shape, -2, fewer)] as number[][];
  return decomposed(x!, shapes, (matrix) => qrOf(matrix, rows, columns));
};

export const qrOp: ResultsOpDefinition<"qr"> = {
  name: "qr",
  several: true,
  words: { results: ["orthogonal", "triangular"] },
  infer([x]) {
    const { fewer } = decomposable("qr", x!);
    return [
      { shape: replaceAxis(x!.shape, -1, fewer), dtype: "float32" },
      { shape: replaceAxis(x!.shape, -2, fewer), dtype: "float32" },
    ];
  },
  gradient({ b, inputs: [x], dys, node }) {
    const [q, r] = b.results(node) as [Node, Node];
    const zeros = (like: Node) => b.op("broadcastTo", [b.scalar(0)], { shape: like.shape });
    const [dq, dr] = [dys[0] ?? zeros(q), dys[1] ?? zeros(r)];
    const { rows, columns } = decomposable("qr", x!);
    if (rows === columns || (rows as number) > (columns as number)) return [ofDeep(b, q, r, dq, dr)];
    // [X Y] = Q · [U V], where X is square: V = Qᵀ · Y, so dY = Q · dV, and Q receives Y · dVᵀ besides.
    const [Y, dV] = [lastColumns(b, x!, rows), lastColumns(b, dr, rows)];
    const received = b.op("add", [dq, b.op("matmul", [Y, dV], { transposeB: true })]);
    const dX = ofDeep(b, q, firstColumns(b, r, rows), received, firstColumns(b, dr, rows));
    return [b.op("concat", [dX, b.op("matmul", [q, dV])], { axis: x!.rank - 1 })];
  },
  tensorflow(t, [x]) {
    const finite = finiteIn(t, x!);
    const q = t.op("Qr", [finite.matrices], { T: { type: "float32" }, full_matrices: { bool: false } }, 2);
    return [finite.matrix(q), finite.matrix(t.output(q, 1))];
  },
  tfjs: resultsOnHost(reference),
  reference,
  // A reflection for each column of R, and again for Q.
  flops: ({ inputs: [x] }) => {
    const [rows, columns] = x!.slice(-2) as [number, number];
    const matrices = x!.slice(0, -2).reduce((product, size) => product * size, 1);
    return 8 * matrices * rows * columns * Math.min(rows, columns);
  },
};

/**
 * Of no more columns than rows: dA = (dQ + Q · copy(R · dRᵀ - dQᵀ · Q)) · R⁻ᵀ, where copy has the lower triangle above its diagonal,
 * too (Walter and Lehmann, "Algorithmic differentiation of linear algebra functions", 2010).
 */
function ofDeep(b: Builder, q: Node, r: Node, dq: Node, dr: Node): Node {
  const M = b.op("subtract", [
    b.op("matmul", [r, dr], { transposeB: true }),
    b.op("matmul", [dq, q], { transposeA: true }),
  ]);
  const n = r.shape.at(-1)!;
  const lower = b.op("multiply", [M, triangles(b, n, 1, 1, 0)]);
  const copied = b.op("add", [lower, turned(b, b.op("multiply", [M, triangles(b, n, 1, 0, 0)]))]);
  const right = b.op("add", [dq, b.op("matmul", [q, copied])]);
  // X · R⁻ᵀ is the transpose of R⁻¹ · Xᵀ.
  return turned(b, b.op("triangularSolve", [r, turned(b, right)], { lower: false, transpose: false }));
}

function firstColumns(b: Builder, x: Node, size: Dim): Node {
  return b.op("slice", [x], { begin: x.shape.map(() => 0), size: replaceAxis(x.shape, -1, size) });
}

function lastColumns(b: Builder, x: Node, from: Dim): Node {
  const begin = replaceAxis(
    x.shape.map(() => 0),
    -1,
    from,
  );
  return b.op("slice", [x], { begin, size: replaceAxis(x.shape, -1, subtractDims(x.shape.at(-1)!, from)) });
}

export const qrSamples: Samples<"qr"> = () =>
  plainSamples(
    [array(new Float32Array([0.5, 2, -1, 1, -1.5, 0.25, 0.75, -0.5, 1]), [1, 3, 3])],
    [ramp([2, 3, 2])],
    [array(new Float32Array([1, 2, -1, -0.5, 0.75, 1]), [2, 3])],
    [array(new Float32Array([2, -0.5]), [2, 1, 1])],
  );

/**
 * Matrices as products Q · R: the columns of Q are orthogonal and of length 1, and R has zeros below its diagonal. The gradient needs
 * the first columns of x to be independent: else it is infinite, or NaN. A matrix with an infinite number or NaN in it has NaN in both.
 *
 * @param x [..., m, n], float32; m and n are numbers, or one name
 * @returns [..., m, k] and [..., k, n], where k is the smaller of m and n
 * @throws SW_SHAPE when x has less than two axes, or it is not known whether rows or columns are fewer; SW_DTYPE when x is not float32
 * @see S. F. Walter and L. Lehmann, Algorithmic differentiation of linear algebra functions with application in optimum experimental
 *   design, 2010
 * @example
 * const [q, r] = qr(input(["batch", 4, 3])); // q: Tensor<["batch", 4, 3], "float32">, r: Tensor<["batch", 3, 3], "float32">
 */
export function qr<const S extends Shape, D extends DType, Now extends "now" = "now">(
  x: Tensor<S, D> & CheckDecomposed<"qr", S, D, Now>,
): [q: Tensor<ReplaceAxis<S, -1, Fewer<S>>>, r: Tensor<ReplaceAxis<S, -2, Fewer<S>>>] {
  const [q, r] = resultsOf(makeNode(qrOp, [nodeOf(x, "qr")], {}));
  return [tensorOf(q!), tensorOf(r!)];
}
