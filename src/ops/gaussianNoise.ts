import type { Samples, ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /** The identity, which is what noise is in prediction; in training, a sum with normal numbers of that standard deviation. */
    gaussianNoise: { readonly stddev: number };
  }
}

export const gaussianNoiseOp: ValueOpDefinition<"gaussianNoise"> = {
  name: "gaussianNoise",
  traits: ["keepsFinite", "trainingOnly"],
  view: true,
  infer([x]) {
    refuse("SW_DTYPE", "gaussianNoise", checkDType("gaussianNoise", x!.dtype, ["float32"]));
    return x!;
  },
  // x + stddev · n, for normal numbers n.
  training({ b, node: { shape, attributes }, inputs: [x], key }) {
    if (attributes.stddev === 0) return undefined;
    const noise = b.op("multiply", [b.op("randomNormal", [key()], { shape }), b.scalar(attributes.stddev)]);
    return { results: [b.op("add", [x!, noise])] };
  },
  gradient: ({ dy }) => [dy],
  tensorflow: (_, [x]) => x!,
  tfjs: (k, [x]) => k.reshape(x!, x!.shape),
  reference: ([x]) => x!,
  flops: noFlops,
};

export const gaussianNoiseSamples: Samples<"gaussianNoise"> = () => [
  { inputs: [ramp([2, 3])], attributes: { stddev: 0.5 } },
];
