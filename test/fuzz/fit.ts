import { elementCount, generate, type NdArray } from "../../src/ir/array.js";
import type { Node } from "../../src/ir/node.js";
import type { Random } from "../../src/ir/random.js";
import { builder as b } from "../../src/ops/builder.js";
import { productOf } from "../../src/types/product.js";
import { named, type SizeNames } from "./sizes.js";

/** A node with its number in the program's data. */
export interface Value {
  readonly node: Node;
  readonly array: NdArray;
}

const sizesOf = ({ array }: Value) => array.shape as number[];

/** A float as an operand like one of an op's samples: of its shape, above 0 where that is, and not huge. */
export function fit(value: Value, sample: NdArray, names: SizeNames, generator: Random): Node {
  return inShape(inDomain(value, sample, generator), sizesOf(value), sample.shape, names, generator);
}

/** Numbers that the next ops can follow: mostly finite, none much above 8, and above 0 where the sample's are. */
export function inDomain({ node, array }: Value, sample: NdArray, generator: Random): Node {
  const numbers = [...array.data] as number[];
  const wild = generator.uniform() < 0.15;
  if (!wild && !numbers.every(Number.isFinite))
    return positive(b.op("cast", [b.op("greater", [node, b.scalar(0)])], { dtype: "float32" }));
  const largest = Math.max(0, ...numbers.map(Math.abs));
  const tame = wild || largest <= 8 ? node : tamed(node, largest, generator);
  const isPositive = sample.data.length > 0 && sample.data.every((number: number) => number > 0);
  return isPositive && !wild && numbers.some((number) => !(number > 0.1)) ? positive(tame) : tame;
}

function tamed(node: Node, largest: number, generator: Random): Node {
  if (generator.uniform() < 0.5 || !Number.isFinite(largest)) return b.op("tanh", [node]);
  return b.op("multiply", [node, b.scalar(2 ** -Math.ceil(Math.log2(largest)))]);
}

const positive = (node: Node) => b.op("add", [b.op("square", [node]), b.scalar(0.25)]);

/** A tensor in another shape, by the first of some ways that there is. */
function inShape(x: Node, from: readonly number[], to: readonly number[], names: SizeNames, generator: Random): Node {
  const shape = named(to, names);
  const [count, wanted] = [elementCount(from), elementCount(to)];
  if (from.length === to.length && from.every((size, axis) => size === to[axis])) return x;
  if (count === wanted) return b.op("reshape", [x], { shape });
  const offset = to.length - from.length;
  if (offset >= 0 && from.every((size, axis) => size === 1 || size === to[offset + axis])) {
    return b.op("broadcastTo", [x], { shape });
  }
  if (offset === 0 && from.every((size, axis) => size >= to[axis]!)) {
    return b.op("slice", [x], {
      begin: from.map((size, axis) => generator.integer(size - to[axis]! + 1)),
      size: shape,
    });
  }
  const flat = b.op("reshape", [x], { shape: [productOf(x.shape)] });
  const long = count < wanted ? b.op("pad", [flat], { paddings: [[0, wanted - count]], value: 0.5 }) : flat;
  const part = b.op("slice", [long], { begin: [0], size: [productOf(shape)] });
  return b.op("reshape", [part], { shape });
}

/** Fresh data in a shape: normal numbers, or a sample's own where it is not any numbers that do. */
export function fresh(sample: NdArray, shape: readonly number[], extreme: boolean, generator: Random): NdArray {
  if (sample.dtype !== "float32") return sample;
  const isPositive = sample.data.length > 0 && sample.data.every((number: number) => number > 0);
  return generate(shape, "float32", () => {
    if (extreme && generator.uniform() < 0.2) return extremes[generator.integer(extremes.length)]!;
    const number = generator.normal();
    return Math.fround(isPositive ? 0.25 + number * number : number);
  });
}

const extremes = [0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e-30, 100, -100, 1e30];

/** Small integers, and now and then one near float32's or int32's limits. */
export function freshIntegers(shape: readonly number[], generator: Random): NdArray {
  return generate(shape, "int32", () =>
    generator.uniform() < 0.1 ? limits[generator.integer(limits.length)]! : generator.integer(9) - 4,
  );
}

const limits = [2147483647, -2147483648, 16777217, -16777217, 46341, 65536];
