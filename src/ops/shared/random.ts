import { array, elementCount } from "../../ir/array.js";
import type { ValueRules } from "../../ir/op.js";
import { refuse } from "../../ir/refuse.js";
import { flopsPerElement } from "./flops.js";
import { checkKey } from "./key.js";

/** The ops that draw numbers of a shape. */
type DrawingOp = "randomUniform" | "randomNormal";

/** What an op that draws numbers for a key consists of. */
interface DrawingRules<K extends DrawingOp> {
  readonly name: K;
  readonly noun: string;
  /** TensorFlow's op, for a shape and a key. */
  readonly tensorflow: string;
  /** The first numbers for a key. */
  readonly draw: (key: readonly [number, number], count: number) => Float32Array;
  readonly flopsPerNumber: number;
}

/** The definition of an op that draws float32 numbers: those that TensorFlow's stateless op draws, on every backend. */
export function drawing<K extends DrawingOp>(
  rules: DrawingRules<K>,
): ValueRules<K> & { readonly dims: readonly ["shape"] } {
  const { name, noun, draw } = rules;
  const drawn = (key: ArrayLike<number>, shape: readonly number[]) => draw([key[0]!, key[1]!], elementCount(shape));
  return {
    name,
    dims: ["shape"],
    words: { noun, term: () => `${noun}(0, 1)` },
    traits: ["draws", "keepsFinite"],
    infer([key], { shape }) {
      refuse("SW_SHAPE", name, checkKey(name, key!));
      return { shape, dtype: "float32" };
    },
    gradient: { notDifferentiable: "random numbers depend on no input" },
    tensorflow(t, [key], { shape }) {
      const int32 = { type: "int32" } as const;
      return t.op(rules.tensorflow, [t.shape(shape), key!], { dtype: { type: "float32" }, T: int32, Tseed: int32 });
    },
    tfjs: (k, [key], { shape }) => k.tensor(drawn(k.read(key!), shape), shape, "float32"),
    reference: ([key], { shape }) => array(drawn(key!.data as Int32Array, shape), [...shape]),
    flops: flopsPerElement(rules.flopsPerNumber),
  };
}

/** The samples of every op that draws. */
export function drawingSamples() {
  return [
    { inputs: [array(new Int32Array([7, 0]), [2])], attributes: { shape: [5] } },
    { inputs: [array(new Int32Array([-2, 123456]), [2])], attributes: { shape: [3, 7] } },
  ];
}
