import fc from "fast-check";
import { gradientNodes } from "../../compiler/autodiff/gradients.js";
import { add, multiply, scan, type Tensor, tanh } from "../../src/index.js";
import { generate, type NdArray } from "../../src/ir/array.js";
import { type Graph, makeGraph } from "../../src/ir/graph.js";
import type { Node, OpName } from "../../src/ir/node.js";
import { nodeOf, tensorOf } from "../../src/ir/node.js";
import { random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import { inputsFor } from "./computation.js";

/** A graph with data for its inputs. */
export interface Case {
  readonly graph: Graph;
  readonly inputs: readonly Node[];
  readonly arrays: readonly NdArray[];
}

type Step = { readonly op: string; readonly left: number; readonly right: number };

const unary: readonly OpName[] = ["neg", "relu", "relu6", "elu", "tanh", "sigmoid", "square", "abs"];
const binary: readonly OpName[] = ["add", "subtract", "multiply", "maximum"];
const others = [
  ...["zero", "one", "same", "scalar", "twice", "row", "affine", "mask", "softmax", "transposed"],
  ...[
    "turned",
    "turnedProduct",
    "rows",
    "sequence",
    "leaky",
    "gate",
    "chained",
    "signs",
    "logarithm",
    "chain",
    "shiftedChain",
    "rule",
    "lookedUp",
    "loop",
    "normalized",
    "normalizedProduct",
  ],
];

/**
 * Random graphs over matrices [3, 4]: arithmetic, broadcasts, reshapes and transposes around products, affine maps with
 * relu, and identities that the passes look for. Half of them are training graphs: with gradients as outputs too.
 */
export const matrixCases: fc.Arbitrary<Case> = fc
  .record({
    steps: fc.array(
      fc.record({ op: fc.constantFrom(...unary, ...binary, ...others), left: fc.nat(30), right: fc.nat(30) }),
      { minLength: 1, maxLength: 14 },
    ),
    seed: fc.nat(1000),
    differentiated: fc.boolean(),
  })
  .map(({ steps, seed, differentiated }) => build(steps, seed, differentiated));

function build(steps: readonly Step[], seed: number, differentiated: boolean): Case {
  const generator = random(seed, "data");
  const fill = (shape: number[]) => generate(shape, "float32", () => Math.fround(generator.normal()));
  const arrays = [fill([3, 4]), fill([3, 4]), fill([4, 4]), fill([4]), fill([3, 1])];
  const inputs = inputsFor(arrays);
  const [x, y, W, bias, column] = inputs as [Node, Node, Node, Node, Node];
  const values: Node[] = [x, y];
  for (const { op, left, right } of steps) {
    const a = values[left % values.length]!;
    const c = values[right % values.length]!;
    values.push(apply(op, a, c, { W, bias, column }));
  }
  const last = values.at(-1)!;
  const loss = b.op("mean", [b.op("tanh", [last])], { axes: [0, 1], keepDims: false });
  const gradients = differentiated ? gradientNodes(loss, inputs) : [];
  const slopes = Object.fromEntries(gradients.map((node, i) => [`d${i}`, node]));
  return { graph: makeGraph("random", { last, loss, ...slopes }, [], new Map()), inputs, arrays };
}

function apply(op: string, a: Node, c: Node, { W, bias, column }: Record<"W" | "bias" | "column", Node>): Node {
  const reshape = (node: Node, shape: number[]) => b.op("reshape", [node], { shape });
  const turn = (node: Node) => b.op("transpose", [node], { permutation: [1, 0] });
  switch (op) {
    case "zero":
      return b.op("add", [a, b.scalar(0)]);
    case "one":
      return b.op("divide", [b.op("multiply", [b.scalar(1), a]), b.op("add", [b.scalar(0.5), b.scalar(0.5)])]);
    case "same":
      return reshape(reshape(a, [2, 6]), [3, 4]);
    case "scalar":
      return b.op("multiply", [a, b.op("broadcastTo", [b.scalar(0.7)], { shape: [3, 4] })]);
    case "twice":
      return b.op("add", [b.op("square", [a]), b.op("square", [a])]);
    case "row":
      return b.op("add", [b.op("multiply", [a, column]), bias]);
    case "affine":
      return b.op("relu", [b.op("add", [b.op("dot", [a, W]), bias])]);
    case "leaky":
      return b.op("leakyRelu", [b.op("add", [bias, b.op("dot", [a, W])])], { alpha: 0.1 });
    case "chained":
      return b.op("add", [b.scalar(1), b.op("multiply", [b.op("divide", [a, b.scalar(2)]), b.scalar(0.3)])]);
    case "signs":
      return b.op("add", [b.op("neg", [b.op("multiply", [a, b.scalar(0.5)])]), b.op("neg", [c])]);
    case "logarithm": {
      const p = b.op("tanh", [a]);
      const total = b.op("sum", [b.op("exp", [p])], { axes: [1], keepDims: true });
      return b.op("add", [b.op("subtract", [p, b.op("log", [total])]), b.op("log", [b.op("softmax", [p])])]);
    }
    case "loop": {
      const sums = scan(
        tensorOf<Tensor<[3, 4]>>(a),
        tensorOf<Tensor<[4]>>(bias),
        (sum, row) => {
          const next = tanh(add(sum, row));
          return { carry: next, output: add(next, multiply(row, row)) };
        },
        { axis: 0 },
      );
      return nodeOf(sums.outputs);
    }
    case "rule": {
      // Optimizers' rules have no gradients: this one is of constants.
      const [w, v] = [0.3, -0.2].map((start) => b.constant(generate([3, 4], "float32", (i) => start + i / 8)));
      const rule = b.op("applyMomentum", [w!, v!, b.scalar(0.1), w!], { momentum: 0.9, nesterov: true });
      return b.results(rule).reduce((sum, result) => b.op("add", [sum, result]), a);
    }
    case "lookedUp": {
      // The rule has no gradient, and needs none: the gradient that it takes is 1, which no pass can know.
      const [table, rows] = [generate([3, 4], "float32", (i) => i / 8), generate([3], "int32", (i) => [2, 0, 2][i]!)];
      const ones = b.op("cast", [b.op("greater", [a, b.scalar(-1e30)])], { dtype: "float32" });
      const gathered = b.op("gatherGradient", [ones, b.constant(rows)], { axis: 0, batchDims: 0, shape: [3, 4] });
      const [next] = b.results(b.op("applyGradientDescent", [b.constant(table), b.scalar(0.1), gathered], {}));
      return b.op("add", [a, b.op("stopGradient", [next!])]);
    }
    case "normalized":
      return normalized(b.op("add", [b.op("dot", [a, W]), bias]), bias);
    case "normalizedProduct":
      return normalized(b.op("dot", [a, W]), bias);
    case "chain":
      return b.op("add", [b.op("dot", [b.op("add", [b.op("dot", [a, W]), bias]), W]), bias]);
    case "shiftedChain": {
      const shift = b.constant(generate([1], "float32", () => 0.25));
      return b.op("dot", [b.op("add", [b.op("dot", [a, W]), shift]), W]);
    }
    case "gate":
      return b.op("multiply", [b.op("sigmoid", [b.op("add", [b.op("dot", [c, W]), bias])]), a]);
    case "mask":
      return b.op("select", [b.op("greater", [a, b.scalar(0)]), c, b.scalar(0)]);
    case "softmax":
      return b.op("softmax", [a]);
    case "transposed":
      return b.op("dot", [b.op("dot", [a, c], { transposeB: true }), c]);
    case "turned":
      return b.op("dot", [turn(turn(a)), b.op("dot", [turn(W), W])]);
    case "turnedProduct":
      return turn(b.op("dot", [turn(W), turn(a)]));
    case "rows": {
      const rows = reshape(b.op("tanh", [reshape(a, [1, 3, 4])]), [3, 4]);
      return reshape(b.op("tanh", [reshape(b.op("dot", [rows, W]), [1, 3, 4])]), [3, 4]);
    }
    case "sequence": {
      const rows = b.op("relu", [b.op("add", [b.op("dot", [reshape(a, [3, 1, 4]), W]), bias])]);
      return reshape(rows, [3, 4]);
    }
    default:
      return (unary as string[]).includes(op) ? b.op(op as "neg", [a]) : b.op(op as "add", [a, c]);
  }
}

/** By statistics that are known, as in prediction. */
function normalized(x: Node, vector: Node): Node {
  const inputs = [x, vector, vector, vector, b.op("square", [vector])];
  return b.op("batchNormalization", inputs, { epsilon: 0.1, momentum: 0.9 });
}

const imageSteps = ["convolution", "bias", "relu", "elu", "pool", "scaled", "residual", "normalized"] as const;

/** Random graphs over images [2, 6, 6, 2]: convolutions with bias and relu, pools behind them, and gradients of all. */
export const imageCases: fc.Arbitrary<Case> = fc
  .record({
    steps: fc.array(fc.constantFrom(...imageSteps), { minLength: 2, maxLength: 8 }),
    seed: fc.nat(1000),
    differentiated: fc.boolean(),
  })
  .map(({ steps, seed, differentiated }) => buildImages(steps, seed, differentiated));

/** Both kinds. */
export const cases: fc.Arbitrary<Case> = fc.oneof({ weight: 3, arbitrary: matrixCases }, imageCases);

function buildImages(steps: readonly (typeof imageSteps)[number][], seed: number, differentiated: boolean): Case {
  const generator = random(seed, "images");
  const fill = (shape: number[]) => generate(shape, "float32", () => Math.fround(generator.normal()));
  const arrays = [fill([2, 6, 6, 2]), fill([3, 3, 2, 2]), fill([2])];
  const inputs = inputsFor(arrays);
  const [images, filter, bias] = inputs as [Node, Node, Node];
  const apply = (x: Node, step: (typeof imageSteps)[number]): Node => {
    switch (step) {
      case "convolution":
        return b.op("convolution", [x, filter], { strides: [1, 1], padding: "same" });
      case "normalized":
        return normalized(x, bias);
      case "bias":
        return b.op("add", [x, bias]);
      case "relu":
      case "elu":
        return b.op(step, [x]);
      case "pool":
        return b.op("maxPool", [x], { poolSize: [2, 2], strides: [1, 1], padding: "same" });
      case "scaled":
        return b.op("multiply", [x, b.scalar(0.25)]);
      case "residual":
        return b.op("add", [b.op("relu", [x]), x]);
    }
  };
  const last = steps.reduce<Node>(
    (x, step) => apply(x, step),
    b.op("relu", [b.op("add", [apply(images, "convolution"), bias])]),
  );
  const pooled = b.op("maxPool", [last], { poolSize: [2, 2], strides: [2, 2], padding: "valid" });
  const loss = b.op("mean", [b.op("tanh", [pooled])], { axes: [0, 1, 2, 3], keepDims: false });
  const gradients = differentiated ? gradientNodes(loss, inputs) : [];
  const slopes = Object.fromEntries(gradients.map((node, i) => [`d${i}`, node]));
  return { graph: makeGraph("images", { last, loss, ...slopes }, [], new Map()), inputs, arrays };
}
