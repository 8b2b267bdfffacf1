import { elementCount, generate } from "../ir/array.js";
import type { DType } from "../ir/dtype.js";
import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { checkOptions, flag, type OptionRules } from "../ir/options.js";
import { calling } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import type { KernelRunner, TensorInfo } from "../ir/tfjs-lowering.js";
import type { Shape } from "../types/dim.js";
import { type CheckDType, checkDType } from "../types/dtype.js";
import { sameShape } from "../types/same-shape.js";
import type { Moment, Settled } from "../types/settled.js";
import { dotOp } from "./dot.js";
import { reshapeOp } from "./reshape.js";
import type { FirstMessage } from "./shared/firstMessage.js";
import { type CheckMatmul, type CheckTurned, checkMatmul, type Matmul, matmulShape } from "./shared/matmul-shape.js";
import { type DotAttributes, productText } from "./shared/matrices.js";
import type { OrMessage } from "./shared/orMessage.js";
import { ramp } from "./shared/ramp.js";
import { broadcastIndex } from "./shared/strides.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Of two operands with two axes or more. */
    matmul: DotAttributes;
  }
}

/** Those of the flags that are set: what is not said is one with what is false. */
function flags(transposeA: boolean | undefined, transposeB: boolean | undefined): DotAttributes {
  return { ...(transposeA && { transposeA }), ...(transposeB && { transposeB }) };
}

export const matmulOp: ValueOpDefinition<"matmul"> = {
  name: "matmul",
  words: { noun: "matrix_product", formula: ([a, b], attributes) => productText(a!, b!, attributes) },
  traits: ["keepsFinite"],
  infer([a, b], attributes) {
    refuse("SW_DTYPE", "matmul", checkDType("matmul", a!.dtype, ["float32"]));
    refuse("SW_DTYPE", "matmul", checkDType("matmul", b!.dtype, ["float32"]));
    refuse("SW_SHAPE", "matmul", checkMatmul(a!.shape, b!.shape, attributes));
    const areMatrices = a!.shape.length >= 2 && b!.shape.length >= 2;
    refuse(
      "SW_SHAPE",
      "matmul",
      areMatrices ? undefined : "internal: matmul is of matrices; vectors become some first",
    );
    return { shape: matmulShape(a!.shape, b!.shape, attributes), dtype: "float32" };
  },
  gradient({ b, inputs: [A, B], dy: dC, node }) {
    // C = A · B: dA = dC · Bᵀ, dB = Aᵀ · dC; where an operand was read transposed, so is its gradient written.
    const { transposeA, transposeB } = node.attributes;
    return [
      transposeA
        ? b.op("matmul", [B!, dC], flags(transposeB, true))
        : b.op("matmul", [dC, B!], flags(false, !transposeB)),
      transposeB
        ? b.op("matmul", [dC, A!], flags(true, transposeA))
        : b.op("matmul", [A!, dC], flags(!transposeA, false)),
    ];
  },
  tensorflow(t, [a, b], { attributes: { transposeA = false, transposeB = false } }) {
    return t.op("BatchMatMulV2", [a!, b!], {
      T: { type: "float32" },
      adj_x: { bool: transposeA },
      adj_y: { bool: transposeB },
    });
  },
  tfjs(k, [a, b], { attributes: { transposeA = false, transposeB = false }, shape }) {
    const batch = shape.slice(0, -2);
    const [A, B] = [batches(k, a!, batch), batches(k, b!, batch)];
    // The wasm backend is slow with flags: see `matrixProduct`.
    const isSlow = k.backend === "wasm";
    const turn = (x: TensorInfo, flag: boolean) =>
      isSlow && flag ? k.run("Transpose", { x }, { perm: [0, 2, 1] }) : x;
    const attributes = { transposeA: transposeA && !isSlow, transposeB: transposeB && !isSlow };
    return k.reshape(k.run("BatchMatMul", { a: turn(A, transposeA), b: turn(B, transposeB) }, attributes), shape);
  },
  reference([a, b], { attributes: { transposeA, transposeB }, shape }) {
    const batch = shape.slice(0, -2);
    const [rows, columns] = shape.slice(-2) as [number, number];
    const inner = a!.shape.at(transposeA ? -2 : -1)!;
    const [batchA, batchB] = [a!, b!].map((x) => broadcastIndex(x.shape.slice(0, -2), batch));
    return generate(shape, "float32", (index) => {
      const [n, i, j] = [Math.floor(index / columns / rows), Math.floor(index / columns) % rows, index % columns];
      const [startA, startB] = [batchA!(n) * rows * inner, batchB!(n) * inner * columns];
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        const x = a!.data[startA + (transposeA ? k * rows + i : i * inner + k)]!;
        sum += (x as number) * (b!.data[startB + (transposeB ? j * inner + k : k * columns + j)]! as number);
      }
      return sum;
    });
  },
  // Every element of the result is a sum of as many products as the inner axis has elements.
  flops: ({ inputs: [a], shape, attributes: { transposeA } }) => 2 * a!.at(transposeA ? -2 : -1)! * elementCount(shape),
};

/** An operand as one list of matrices, as long as the result's, or of one: tfjs's kernels stretch a list of one alone. */
function batches(k: KernelRunner, x: TensorInfo, batch: readonly number[]): TensorInfo {
  const [own, matrix] = [x.shape.slice(0, -2), x.shape.slice(-2)];
  const isOne = elementCount(own) === 1;
  const whole = isOne || sameShape(own, batch) ? x : k.broadcast(x, [...batch, ...matrix]);
  return k.reshape(whole, [isOne ? 1 : elementCount(batch), ...matrix]);
}

export const matmulSamples: Samples<"matmul"> = () => [
  { inputs: [ramp([2, 2, 3]), ramp([2, 3, 4], 1)], attributes: {} },
  { inputs: [ramp([2, 1, 2, 3]), ramp([3, 3, 2], 1)], attributes: {} },
  { inputs: [ramp([2, 3]), ramp([2, 3, 2], 1)], attributes: {} },
  { inputs: [ramp([2, 3, 2]), ramp([2, 3, 4], 1)], attributes: { transposeA: true } },
  { inputs: [ramp([2, 2, 3]), ramp([1, 4, 3], 1)], attributes: { transposeB: true } },
  { inputs: [ramp([2, 3, 2]), ramp([2, 4, 3], 1)], attributes: { transposeA: true, transposeB: true } },
];

/** Options of `matmul`. `TA` and `TB` are the flags, or messages where there are no two axes to swap. */
export interface MatmulOptions<TA, TB> {
  /** Whether the first operand is read with its last two axes swapped. @default false */
  readonly transposeA?: TA;
  /** Whether the second operand is read with its last two axes swapped. @default false */
  readonly transposeB?: TB;
}

const optionRules: OptionRules<MatmulOptions<boolean, boolean>> = { transposeA: flag, transposeB: flag };

/**
 * The product of matrices, for each place of the axes before them, which broadcast: (…, m, k) · (…, k, n) → (…, m, n). A vector is a row
 * on the left and a column on the right, and this axis is not in the result. The rule is that of `numpy.matmul`.
 *
 * @param a rank 1 or more, float32
 * @param b rank 1 or more, float32
 * @param options `transposeA` and `transposeB` (false), for operands of two axes or more
 * @throws SW_SHAPE when the axes summed over differ or those before the matrices do not broadcast; SW_DTYPE when an operand is not float32
 * @example
 * const [query, key] = [input(["batch", 8, "time", 64]), input(["batch", 8, "time", 64])];
 * matmul(query, key, { transposeB: true }); // Tensor<["batch", 8, "time", "time"], "float32">
 */
export function matmul<
  const A extends Shape,
  D extends DType,
  const B extends Shape,
  E extends DType,
  const TA extends boolean = false,
  const TB extends boolean = false,
  Now extends Moment = "now",
>(
  a: Tensor<A, D> & CheckDType<"matmul", D, "float32">,
  b: Tensor<B, E> & FirstMessage<CheckDType<"matmul", E, "float32">, CheckMatmul<A, B, TA, TB>>,
  options: MatmulOptions<
    OrMessage<TA, CheckTurned<"transposeA", A, TA>>,
    OrMessage<TB, CheckTurned<"transposeB", B, TB>>
  > = {},
): Tensor<Settled<Matmul<A, B, TA, TB>>[Now]> {
  checkOptions<MatmulOptions<unknown, unknown>>("matmul", options, optionRules);
  const given = options as MatmulOptions<boolean, boolean>;
  return tensorOf(
    calling("matmul", () =>
      product(nodeOf(a, "matmul"), nodeOf(b, "matmul"), flags(given.transposeA, given.transposeB)),
    ),
  );
}

function product(a: Node, b: Node, attributes: DotAttributes): Node {
  for (const { dtype } of [a, b]) refuse("SW_DTYPE", "matmul", checkDType("matmul", dtype, ["float32"]));
  refuse("SW_SHAPE", "matmul", checkMatmul(a.shape, b.shape, attributes));
  // A vector or one matrix on the right: all rows on the left are those of one matrix.
  if (b.rank <= 2 && (a.rank <= 2 || !attributes.transposeA)) return makeNode(dotOp, [a, b], attributes);
  const row = a.rank === 1;
  const column = b.rank === 1;
  const A = row ? makeNode(reshapeOp, [a], { shape: [1, ...a.shape] }) : a;
  const B = column ? makeNode(reshapeOp, [b], { shape: [...b.shape, 1] }) : b;
  const whole = makeNode(matmulOp, [A, B], attributes);
  const shape = whole.shape.filter(
    (_, axis) => !((row && axis === whole.rank - 2) || (column && axis === whole.rank - 1)),
  );
  return row || column ? makeNode(reshapeOp, [whole], { shape }) : whole;
}
