import { array } from "../ir/array.js";
import type { InFamily, Samples } from "../ir/op.js";
import { type BinaryFunction, binaryFunction, defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    multiplyNoNan: Record<never, never>;
  }
}

const rules = /* @__PURE__ */ defineBinary<"multiplyNoNan">({
  name: "multiplyNoNan",
  words: { noun: "product", formula: ([a, b]) => `${a} * ${b}, 0 where ${b} is 0`, term: "call" },
  traits: ["broadcasts", "keepsFinite", "keepsSign"],
  tensorflow: "MulNoNan",
  tfjs: "Multiply",
  scalar: (a, b) => (b === 0 ? 0 : a * b),
  gradient({ b, dy, inputs: [x, y] }) {
    // d(a · c) = dy · c, dy · a, each 0 where its second factor is
    return [b.op("multiplyNoNan", [dy, y!]), b.op("multiplyNoNan", [x!, dy])];
  },
});

export const multiplyNoNanOp: InFamily<"multiplyNoNan", "binary"> = {
  ...rules,
  tfjs(k, [a, b], { shape }) {
    const zero = k.tensor([0], [], "float32");
    const isZero = k.run("Equal", { a: b!, b: zero });
    const wide = (x: typeof zero) => k.broadcast(x, shape);
    return k.run("Select", { condition: wide(isZero), t: wide(zero), e: k.run("Multiply", { a: a!, b: b! }) });
  },
};

export const multiplyNoNanSamples: Samples<"multiplyNoNan"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([2.5, -1, 0.5]), [3])],
    [array(new Float32Array([1, -2]), [2, 1]), array(new Float32Array([4, -8, 0.5]), [1, 3])],
  );

/**
 * The product a · b, and 0 where b is 0, also where a is infinite or NaN, element by element, with broadcasting.
 *
 * @param a any shape, or a number; float32
 * @param b a shape that broadcasts with a's, or a number; float32
 * @returns the broadcast shape, float32
 * @throws SW_SHAPE when the shapes do not broadcast, SW_DTYPE when one is not float32
 * @example
 * const y = multiplyNoNan(log(input(["batch", 3])), input(["batch", 3])); // Tensor<["batch", 3], "float32">
 */
export const multiplyNoNan: BinaryFunction<"multiplyNoNan"> =
  /* @__PURE__ */ binaryFunction<"multiplyNoNan">(multiplyNoNanOp);
