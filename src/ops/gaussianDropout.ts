import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The identity, which is what it is in prediction; in training, a product with normal numbers around 1. */
    gaussianDropout: { readonly rate: number };
  }
}

export const gaussianDropoutOp: ValueOpDefinition<"gaussianDropout"> = {
  name: "gaussianDropout",
  traits: ["keepsFinite", "trainingOnly"],
  view: true,
  infer([x]) {
    refuse("SW_DTYPE", "gaussianDropout", checkDType("gaussianDropout", x!.dtype, ["float32"]));
    return x!;
  },
  // x · (1 + √(rate / (1 - rate)) · n), for normal numbers n.
  training({ b, node: { shape, attributes }, inputs: [x], key }) {
    const { rate } = attributes;
    if (rate === 0) return undefined;
    const deviation = b.scalar(Math.sqrt(rate / (1 - rate)));
    const noise = b.op("multiply", [b.op("randomNormal", [key()], { shape }), deviation]);
    return { results: [b.op("multiply", [x!, b.op("add", [noise, b.scalar(1)])])] };
  },
  gradient: ({ dy }) => [dy],
  tensorflow: (_, [x]) => x!,
  tfjs: (k, [x]) => k.reshape(x!, x!.shape),
  reference: ([x]) => x!,
  flops: noFlops,
};

export const gaussianDropoutSamples: Samples<"gaussianDropout"> = () => [
  { inputs: [ramp([2, 3])], attributes: { rate: 0.5 } },
];
