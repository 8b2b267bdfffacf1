import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * The identity, which is what dropout is in prediction; in training, a product with a random mask.
     */
    dropout: {
      readonly rate: number;
      /** Axes whose places are kept or set to zero together: none, unless said otherwise. */
      readonly together?: readonly number[];
    };
  }
}

export const dropoutOp: ValueOpDefinition<"dropout"> = {
  name: "dropout",
  traits: ["keepsFinite", "trainingOnly"],
  view: true,
  infer([x], { rate }) {
    refuse("SW_DTYPE", "dropout", checkDType("dropout", x!.dtype, ["float32"]));
    const fits = rate >= 0 && rate < 1;
    refuse("SW_VALUE", "dropout", fits ? undefined : `dropout: rate ${rate} is not between 0 and 1 (1 not included)`);
    return x!;
  },
  // x · (u ≥ rate ? 1 / (1 - rate) : 0), for uniform numbers u.
  training({ b, node: { shape, attributes }, inputs: [x], key }) {
    const { rate, together } = attributes;
    if (rate === 0) return undefined;
    const drawn = together ? shape.map((dim, axis) => (together.includes(axis) ? 1 : dim)) : shape;
    const kept = b.op("greaterEqual", [b.op("randomUniform", [key()], { shape: drawn }), b.scalar(rate)]);
    const mask = b.op("multiply", [b.op("cast", [kept], { dtype: "float32" }), b.scalar(1 / (1 - rate))]);
    return { results: [b.op("multiply", [x!, mask])] };
  },
  gradient: ({ dy }) => [dy],
  tensorflow: (_, [x]) => x!,
  tfjs: (k, [x]) => k.reshape(x!, x!.shape),
  reference: ([x]) => x!,
  flops: noFlops,
};

export const dropoutSamples: Samples<"dropout"> = () => [{ inputs: [ramp([2, 3])], attributes: { rate: 0.5 } }];
