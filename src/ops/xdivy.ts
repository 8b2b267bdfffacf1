import { array } from "../ir/array.js";
import type { InFamily, Samples } from "../ir/op.js";
import { defineBinary } from "./shared/binary.js";
import { plainSamples } from "./shared/plainSamples.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** a / b, and 0 where a is 0, also where b is: what flows back through a slope that is infinite, where nothing flows. */
    xdivy: Record<never, never>;
  }
}

const rules = /* @__PURE__ */ defineBinary<"xdivy">({
  name: "xdivy",
  words: { noun: "quotient", formula: ([a, b]) => `${a} / ${b}, 0 where ${a} is 0`, term: "call" },
  traits: ["broadcasts"],
  tensorflow: "Xdivy",
  tfjs: "RealDiv",
  scalar: (a, b) => (a === 0 ? 0 : a / b),
  gradient({ b, dy, inputs: [x, y] }) {
    // d(a / c) = dy / c, -dy · a / c / c: 0 where nothing flows, also where c is 0. TensorFlow's is 0 for both where a is: there, too, the first is 1 / c.
    return [
      b.op("xdivy", [dy, y!]),
      b.op("neg", [b.op("xdivy", [b.op("xdivy", [b.op("multiply", [dy, x!]), y!]), y!])]),
    ];
  },
});

export const xdivyOp: InFamily<"xdivy", "binary"> = {
  ...rules,
  tfjs(k, [a, b], { shape }) {
    const zero = k.tensor([0], [], "float32");
    const isZero = k.run("Equal", { a: a!, b: zero });
    const wide = (x: typeof zero) => k.broadcast(x, shape);
    return k.run("Select", { condition: wide(isZero), t: wide(zero), e: k.run("RealDiv", { a: a!, b: b! }) });
  },
};

export const xdivySamples: Samples<"xdivy"> = () =>
  plainSamples(
    [array(new Float32Array([1, 2, -3, 4, 5, -6]), [2, 3]), array(new Float32Array([2.5, -1, 0.5]), [3])],
    [array(new Float32Array([1, -2]), [2, 1]), array(new Float32Array([4, -8, 0.5]), [1, 3])],
  );
