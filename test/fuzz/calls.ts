import type { Node } from "../../src/ir/node.js";
import type { Random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import { productOf } from "../../src/types/product.js";
import type { Call, Operand } from "./operand.js";
import { windowsOver } from "./windows.js";

/** Results of ops with attributes that no sample has: of any axes, ranks and sizes. Nothing where the rank is too low. */
export function callOf(operand: Operand): Node[] {
  const { generator, sizes } = operand;
  const ofAny = [broadcast, binary, integers];
  const calls = sizes.length === 0 ? ofAny : [...ofAxes, ...windowsOver, ...ofAny];
  return calls[generator.integer(calls.length)]!(operand);
}

const reductions = ["sum", "mean", "max", "min"] as const;

const reduction: Call = ({ x, sizes, generator }) => {
  const chosen = sizes.flatMap((_, axis) => (generator.uniform() < 0.5 ? [axis] : []));
  const axes = chosen.length > 0 ? chosen : [generator.integer(sizes.length)];
  const op = reductions[generator.integer(reductions.length)]!;
  return [b.op(op, [x], { axes, keepDims: generator.uniform() < 0.5 })];
};

const transpose: Call = ({ x, sizes, generator }) => [
  b.op("transpose", [x], { permutation: shuffled([...sizes.keys()], generator) }),
];

const slice: Call = ({ x, sizes, generator }) => {
  const begin = sizes.map((size) => (generator.uniform() < 0.4 ? 0 : generator.integer(size)));
  const size = sizes.map((all, axis) =>
    begin[axis] === 0 && generator.uniform() < 0.5 ? x.shape[axis]! : 1 + generator.integer(all - begin[axis]!),
  );
  return [b.op("slice", [x], { begin, size })];
};

const pad: Call = ({ x, sizes, generator }) => {
  const some = () => (generator.uniform() < 0.5 ? 0 : generator.integer(3));
  const value = [0, 0, -0.5, 2][generator.integer(4)]!;
  return [b.op("pad", [x], { paddings: sizes.map(() => [some(), some()] as const), value })];
};

const concat: Call = ({ x, sizes, generator }) => {
  const axis = generator.integer(sizes.length);
  const part = b.op("slice", [x], {
    begin: sizes.map(() => 0),
    size: x.shape.map((dim, i) => (i === axis ? 1 + generator.integer(sizes[axis]!) : dim)),
  });
  return [b.op("concat", shuffled([x, b.op("tanh", [part]), part], generator), { axis })];
};

const split: Call = ({ x, sizes, generator }) => {
  const axis = generator.integer(sizes.length);
  const parts: number[] = [];
  for (let left = sizes[axis]!; left > 0; left -= parts.at(-1)!) parts.push(1 + generator.integer(left));
  return b.results(b.op("split", [x], { axis, sizes: parts }));
};

const argMax: Call = ({ x, sizes, generator }) => [b.op("argMax", [x], { axis: generator.integer(sizes.length) })];

/** Neighbouring axes as one, or one more axis of size 1. */
const reshape: Call = ({ x, sizes, generator }) => {
  const axis = generator.integer(sizes.length);
  const merged = x.shape.toSpliced(axis, 2, productOf(x.shape.slice(axis, axis + 2)));
  return [b.op("reshape", [x], { shape: generator.uniform() < 0.5 ? merged : x.shape.toSpliced(axis, 0, 1) })];
};

const dot: Call = ({ x, sizes, generator, feed }) => {
  const shape = [sizes.at(-1)!, 1 + generator.integer(4)].slice(0, 1 + generator.integer(2));
  const other = feed(shape);
  if (sizes.length !== 2 || shape.length !== 2) return [b.op("dot", [x, other], {})];
  // The same product, read by other axes.
  const swapped = (node: Node) => b.op("transpose", [node], { permutation: [1, 0] });
  const [transposeA, transposeB] = [generator.uniform() < 0.5, generator.uniform() < 0.5];
  return [b.op("dot", [transposeA ? swapped(x) : x, transposeB ? swapped(other) : other], { transposeA, transposeB })];
};

const broadcast: Call = ({ x, sizes, generator, dim }) => {
  const shape = sizes.map((size, axis) =>
    size === 1 && x.shape[axis] === 1 ? dim(1 + generator.integer(4)) : x.shape[axis]!,
  );
  const more = Array.from({ length: generator.integer(3) }, () => dim(1 + generator.integer(3)));
  return [b.op("broadcastTo", [x], { shape: [...more, ...shape] })];
};

const elementwise = ["add", "subtract", "multiply", "divide", "maximum", "minimum", "pow"] as const;

/** An operation with a tensor that is broadcast to x, or to which x is. */
const binary: Call = ({ x, sizes, generator, feed }) => {
  const kept = sizes.slice(generator.integer(sizes.length + 1));
  const other = feed(kept.map((size) => (generator.uniform() < 0.4 ? 1 : size)));
  const op = elementwise[generator.integer(elementwise.length)]!;
  // Away from zeros of divisors and from powers of what is negative.
  const above = (node: Node) => b.op("add", [b.op("square", [node]), b.scalar(0.5)]);
  const [left, right] = generator.uniform() < 0.5 ? [x, other] : [other, x];
  if (op === "divide") return [b.op(op, [left!, above(right!)])];
  return [op === "pow" ? b.op(op, [above(left!), b.op("tanh", [right!])]) : b.op(op, [left!, right!])];
};

const ofIntegers = [
  "add",
  "subtract",
  "multiply",
  "maximum",
  "minimum",
  "greater",
  "equal",
  "neg",
  "abs",
  "square",
] as const;

/** An operation of integers, up to those that wrap around. */
const integers: Call = ({ sizes, generator, feed }) => {
  const op = ofIntegers[generator.integer(ofIntegers.length)]!;
  const isUnary = op === "neg" || op === "abs" || op === "square";
  const operands = [feed(sizes, "int32"), ...(isUnary ? [] : [feed(sizes.slice(generator.integer(2)), "int32")])];
  const y = b.op(op, operands, {});
  return [y, b.op("cast", [y], { dtype: "float32" })];
};

const ofAxes: readonly Call[] = [reduction, transpose, slice, pad, concat, split, argMax, reshape, dot];

function shuffled<T>(values: readonly T[], generator: Random): T[] {
  const left = [...values];
  return values.map(() => left.splice(generator.integer(left.length), 1)[0]!);
}
