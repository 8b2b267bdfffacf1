import { elementCount, generate } from "../ir/array.js";
import type { Builder } from "../ir/builder.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { Dim, Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { sameShape } from "../types/same-shape.js";
import { type CheckDot, checkDot, type Dot } from "./shared/dot-shape.js";
import { fewRowsProduct } from "./shared/fewRowsProduct.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import {
  type DotAttributes,
  isMatrix,
  matrices,
  matrixProduct,
  matrixShape,
  productText,
  shapedProduct,
} from "./shared/matrices.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    dot: DotAttributes;
  }
}

const swapIf = <T>(swap: boolean | undefined, [x, y]: readonly T[]): T[] => (swap ? [y!, x!] : [x!, y!]);
export const dotOp: ValueOpDefinition<"dot"> = {
  name: "dot",
  words: { noun: "dot_product", formula: ([a, b], attributes) => productText(a!, b!, attributes) },
  traits: ["keepsFinite"],
  infer([a, b], { transposeA, transposeB }) {
    refuse("SW_DTYPE", "dot", checkDType("dot", a!.dtype, ["float32"]) ?? checkDType("dot", b!.dtype, ["float32"]));
    const left = transposeA ? swapIf(true, a!.shape) : a!.shape;
    const right = transposeB ? swapIf(true, b!.shape) : b!.shape;
    refuse("SW_SHAPE", "dot", checkDot(left, right));
    return { shape: [...left.slice(0, -1), ...right.slice(1)], dtype: "float32" };
  },
  gradient({ b, inputs, dy, node }) {
    const { transposeA = false, transposeB = false } = node.attributes;
    const A = matrix(b, inputs[0]!, "rows");
    const B = matrix(b, inputs[1]!, "columns");
    const dC = reshape(b, dy, [swapIf(transposeA, A.shape)[0]!, swapIf(transposeB, B.shape)[1]!]);
    // C = A · B: dA = dC · Bᵀ, dB = Aᵀ · dC; where an operand was read transposed, so is its gradient written.
    const dA = transposeA
      ? b.op("dot", [B, dC], { transposeA: transposeB, transposeB: true })
      : b.op("dot", [dC, B], { transposeA: false, transposeB: !transposeB });
    const dB = transposeB
      ? b.op("dot", [dC, A], { transposeA: true, transposeB: transposeA })
      : b.op("dot", [A, dC], { transposeA: !transposeA, transposeB: false });
    return [reshape(b, dA, inputs[0]!.shape), reshape(b, dB, inputs[1]!.shape)];
  },
  tensorflow(t, [a, b], node) {
    const { transposeA = false, transposeB = false } = node.attributes;
    const few = fewRowsProduct(t, [a!, b!], node);
    if (few) return few;
    const operands = matrices(t, [a!, b!], node);
    if (
      transposeA &&
      !transposeB &&
      t.hasOwnKernels &&
      node.inputs.every(({ shape }) => isMatrix(shape)) &&
      isSmall(node)
    )
      return t.op("ShapewrightTransposedProduct", operands, { T: { type: "float32" } });
    const product = t.op("MatMul", operands, {
      T: { type: "float32" },
      transpose_a: { bool: transposeA },
      transpose_b: { bool: transposeB },
    });
    return shapedProduct(t, product, node);
  },
  tfjs: (k, [a, b], { attributes, shape }) => matrixProduct(k, "BatchMatMul", { a: a!, b: b! }, attributes, shape),
  reference([a, b], { attributes: { transposeA, transposeB }, shape }) {
    const [rowsA, columnsA] = matrixShape(a!.shape, "rows", elementCount) as [number, number];
    const [rowsB, columnsB] = matrixShape(b!.shape, "columns", elementCount) as [number, number];
    const depth = transposeA ? rowsA : columnsA;
    const columns = transposeB ? rowsB : columnsB;
    return generate(shape, "float32", (index) => {
      const i = Math.floor(index / columns);
      const j = index % columns;
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        const x = a!.data[transposeA ? k * columnsA + i : i * columnsA + k]!;
        sum += x * b!.data[transposeB ? j * columnsB + k : k * columnsB + j]!;
      }
      return sum;
    });
  },
  flops({ inputs: [, b], shape, attributes: { transposeB } }) {
    // Every element of the result is a sum of as many products as the inner axis has elements.
    const inner = transposeB ? b!.at(-1)! : b![0]!;
    return 2 * inner * elementCount(shape);
  },
};

export const dotSamples: Samples<"dot"> = () => [
  { inputs: [ramp([2, 3]), ramp([3, 4])], attributes: {} },
  { inputs: [ramp([2, 2, 3]), ramp([3, 2])], attributes: {} },
  { inputs: [ramp([2, 2, 3]), ramp([3])], attributes: {} },
  { inputs: [ramp([3]), ramp([3])], attributes: {} },
  { inputs: [ramp([3]), ramp([3, 2])], attributes: {} },
  { inputs: [ramp([3, 2]), ramp([3, 4])], attributes: { transposeA: true } },
  { inputs: [ramp([2, 3]), ramp([4, 3])], attributes: { transposeB: true } },
  { inputs: [ramp([3, 2]), ramp([4, 3])], attributes: { transposeA: true, transposeB: true } },
];

function reshape(b: Builder, x: Node, shape: readonly Dim[]): Node {
  return sameShape(shape, x.shape) ? x : b.op("reshape", [x], { shape });
}

function matrix(b: Builder, x: Node, vector: "rows" | "columns"): Node {
  return reshape(b, x, matrixShape(x.shape, vector, b.product));
}

/**
 * The product of the last axis of `a` with the first axis of `b`: (…, k) · (k, n) → (…, n) and (…, k) · (k) → (…).
 *
 * @param a rank 1 or more, float32
 * @param b a vector or a matrix, float32
 * @throws SW_SHAPE when the last axis of a and the first of b differ
 * @example
 * dot(input(["batch", 100, 784]), variable("W", [784, 10], zeros())); // Tensor<["batch", 100, 10], "float32">
 */
export function dot<
  const A extends Shape,
  const K extends Dim,
  D extends DType,
  const L extends Dim,
  const U extends Shape,
  E extends DType,
>(
  a: Tensor<[...A, K], D> & CheckDType<"dot", D, "float32">,
  b: Tensor<[L, ...U], E> & FirstMessage<CheckDType<"dot", E, "float32">, CheckDot<A, K, L, U>>,
): Tensor<Dot<A, U>> {
  return tensorOf(makeNode(dotOp, [nodeOf(a, "dot"), nodeOf(b, "dot")], {}));
}

/**
 * Whether our kernel for aᵀ · b may be faster than oneDNN's: where much is summed for each element, as in the gradient of a recurrent
 * kernel. For few rows and many elements, as in that of a perceptron of 784 × 512, it takes a fifth more of a whole step.
 */
function isSmall({ shape }: Node): boolean {
  return shape.every((size) => typeof size === "number") && elementCount(shape as number[]) <= MOST_SUMS;
}

const MOST_SUMS = 2 ** 17;
