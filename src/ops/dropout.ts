import type { ValueOpDefinition } from "../ir/op.js";
import { refuse } from "../ir/refuse.js";
import { checkDType } from "../types/dtype.js";
import { noFlops } from "./shared/flops.js";
import { ramp } from "./shared/ramp.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * Marks where dropout happens in training. As an op it is the identity, which is what it is in prediction; the
     * training program has it replaced by a random mask.
     */
    dropout: { readonly rate: number };
  }
}

export const dropoutOp: ValueOpDefinition<"dropout"> = {
  name: "dropout",
  traits: ["keepsFinite"],
  view: true,
  infer([x], { rate }) {
    refuse("SW_DTYPE", "dropout", checkDType("dropout", x!.dtype, ["float32"]));
    const fits = rate >= 0 && rate < 1;
    refuse("SW_VALUE", "dropout", fits ? undefined : `dropout: rate ${rate} is not between 0 and 1 (1 not included)`);
    return x!;
  },
  gradient: ({ dy }) => [dy],
  tensorflow: (_, [x]) => x!,
  tfjs: (k, [x]) => k.reshape(x!, x!.shape),
  reference: ([x]) => x!,
  flops: noFlops,
  samples: [{ inputs: [ramp([2, 3])], attributes: { rate: 0.5 } }],
};
