import { array, generate } from "../ir/array.js";
import { makeNode } from "../ir/makeNode.js";
import { nodeOf, tensorOf } from "../ir/node.js";
import type { Samples, ValueOpDefinition } from "../ir/op.js";
import type { CheckInt32 } from "../ir/option-checks.js";
import { checkOption, int32 } from "../ir/options.js";
import { statelessWords } from "../ir/philox.js";
import { refuse } from "../ir/refuse.js";
import type { Tensor } from "../ir/tensor.js";
import { show } from "../types/show.js";
import { constant } from "./constant.js";
import { flopsPerElement } from "./shared/flops.js";
import { checkKey, type Key } from "./shared/key.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** Another key, for a number. Inputs: a key, int32 [2], and an int32 scalar. */
    foldIn: Record<never, never>;
  }
}

/** Two words that a key gives, to the second of which the number is added. A key is a seed: the words of the next are no neighbours. */
function folded(key: ArrayLike<number>, index: number): [number, number] {
  const [first, second] = statelessWords([key[0]!, key[1]!], 2);
  return [first! | 0, (second! + index) | 0];
}

export const foldInOp: ValueOpDefinition<"foldIn"> = {
  name: "foldIn",
  words: { noun: "key" },
  traits: ["keepsFinite"],
  infer([key, index]) {
    refuse("SW_SHAPE", "foldIn", checkKey("foldIn", key!));
    const fits = index!.shape.length === 0 && index!.dtype === "int32";
    refuse(
      "SW_SHAPE",
      "foldIn",
      fits ? undefined : `foldIn: takes an int32 scalar, got ${index!.dtype} ${show(index!.shape)}`,
    );
    return { shape: [2], dtype: "int32" };
  },
  gradient: { notDifferentiable: "keys are whole numbers" },
  tensorflow(t, [key, index]) {
    const int32 = { type: "int32" } as const;
    const attributes = { dtype: int32, T: int32, Tseed: int32 };
    const words = t.op("StatelessRandomUniformFullInt", [t.constant([2], "int32"), key!], attributes);
    const pair = t.op("Pack", [t.constant(0, "int32"), index!], { T: int32, N: { int: 2 }, axis: { int: 0 } });
    return t.op("AddV2", [words, pair], { T: int32 });
  },
  tfjs: (k, [key, index]) => k.tensor(folded(k.read(key!), k.read(index!)[0]!), [2], "int32"),
  reference: ([key, index]) => {
    const words = folded(key!.data as Int32Array, index!.data[0]!);
    return generate([2], "int32", (i) => words[i]!);
  },
  flops: flopsPerElement(1),
};

export const foldInSamples: Samples<"foldIn"> = () =>
  [
    [[0, 0], 0],
    [[7, -1], 3],
    [[-2147483648, 2147483647], 2147483647],
  ].map(([key, index]) => ({
    inputs: [array(new Int32Array(key as number[]), [2]), array(new Int32Array([index as number]), [])],
    attributes: {},
  }));

/**
 * Another key, for a number: what is drawn with it has nothing to do with what is drawn with keys for other numbers. So a loop
 * that folds the number of its round into a key draws other numbers in each. From one key, either draw or fold.
 *
 * @param key int32 [2], such as `randomKey(0)`
 * @param index an int32 scalar, or a number
 * @returns int32 [2]
 * @throws SW_SHAPE when the key is none, SW_VALUE when the number is no integer of int32
 * @example
 * const key = foldIn(randomKey(0), 3); // Tensor<[2], "int32">
 */
export function foldIn<const N extends number = number>(
  key: Key,
  index: Tensor<[], "int32"> | (N & CheckInt32<"foldIn", "index", N>),
): Key {
  if (typeof index === "number") checkOption("foldIn", "index", index, int32);
  const folding = typeof index === "number" ? constant(index, "int32") : index;
  return tensorOf(makeNode(foldInOp, [nodeOf(key, "foldIn"), nodeOf(folding, "foldIn")], {}));
}
