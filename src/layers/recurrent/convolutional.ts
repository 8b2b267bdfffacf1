import { glorotUniform } from "../../initializers/glorotUniform.js";
import { orthogonal } from "../../initializers/orthogonal.js";
import { makeNode } from "../../ir/makeNode.js";
import { nodeOf, tensorOf } from "../../ir/node.js";
import type { CheckCount } from "../../ir/option-checks.js";
import { count, type OptionRules, required } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import { add } from "../../ops/add.js";
import { convolutionOp } from "../../ops/convolution.js";
import type { ConvolutionAttributes } from "../../ops/shared/windows/attributes.js";
import { checkChannels, checkDilations, checkWindows } from "../../ops/shared/windows/check-convolution.js";
import { convolved } from "../../ops/shared/windows/convolved.js";
import type { SpatialRank } from "../../ops/shared/windows/images.js";
import { convolutionGiven } from "../../ops/shared/windows/options.js";
import { type PairPadding, sizesOf, type TriplePadding } from "../../ops/shared/windows/sizes.js";
import type { Dim } from "../../types/dim.js";
import type { SequencePadding } from "../../types/window.js";
import { type MovingLayerOptions, movingLayerRules } from "../convolutionLayer.js";
import { rulesOf } from "../rulesOf.js";
import { eachStep } from "./eachStep.js";
import { checkFrames, frameAxes } from "./frames.js";
import { type LstmGateOptions, lstmBias, lstmGateRules, lstmStep } from "./lstm-gates.js";
import { type AlongOptions, alongRules, type KernelsOptions, kernelsRules } from "./options.js";
import type { RecurrentKind } from "./recurrentOf.js";
import { gatesOf } from "./weights.js";

/** Options of `convLstm1d`, `convLstm2d` and `convLstm3d`. */
export interface ConvLstmOptions<
  Op extends string,
  F extends number,
  K,
  Strides,
  P,
  Dilation,
  Seq extends boolean,
  Now,
  R extends number = number,
  StateR extends number = number,
> extends KernelsOptions<Op, R, StateR>,
    LstmGateOptions,
    MovingLayerOptions<Op, K, Strides, P, Dilation, Now>,
    AlongOptions<Seq> {
  /** How many filters each gate has: the size of the output's last axis. */
  readonly filters: F & CheckCount<Op, "filters", F>;
}

type Sizes = number | readonly number[];
type Padding = SequencePadding | PairPadding | TriplePadding;
export type AnyConvLstmOptions = ConvLstmOptions<string, number, Sizes, Sizes, Padding, Sizes, boolean, "now">;

const rules: OptionRules<AnyConvLstmOptions> = {
  ...kernelsRules,
  ...lstmGateRules,
  ...movingLayerRules,
  filters: required(count),
  ...alongRules,
};

/** A long short-term memory of images: convolutions stand where `lstm` has products, of the state with padding "same". */
export function convLstmKind(kind: string, rank: SpatialRank): RecurrentKind<AnyConvLstmOptions> {
  const windowsOf = (options: AnyConvLstmOptions) => {
    const { dilationRate: dilations = 1, strides, padding } = options;
    const kernelSize = sizesOf(kind, "kernelSize", options.kernelSize, rank);
    const moved = { dilations, ...(strides !== undefined && { strides }), ...(padding !== undefined && { padding }) };
    return { kernelSize, attributes: convolutionGiven(kind, moved, rank, kernelSize) };
  };
  return {
    kind,
    rules,
    states: ["hidden", "cell"],
    gates: 4,
    dropsApart: true,
    state(shape, options) {
      const { kernelSize, attributes } = windowsOf(options);
      const [batch, , ...sizes] = shape as [Dim, Dim, ...Dim[]];
      const frame = [batch, ...sizes];
      const message =
        checkFrames(kind, shape, rank) ??
        checkChannels(kind, shape) ??
        checkWindows(kind, frame, kernelSize, attributes, frameAxes[rank]) ??
        checkDilations(kind, attributes);
      refuse("SW_SHAPE", kind, message);
      return convolved(frame, [...kernelSize, options.filters], attributes);
    },
    cell(x, options, layer, drops) {
      const { filters, kernelInitializer = glorotUniform(), recurrentInitializer = orthogonal() } = options;
      const { kernelSize, attributes } = windowsOf(options);
      const weight = (name: string, channels: number, initializer = kernelInitializer, of: "kernel" | "recurrent") =>
        layer.weight(name, [...kernelSize, channels, 4 * filters], initializer, rulesOf(options, of)) as Tensor<any>;
      const kernel = weight("kernel", x.shape.at(-1) as number, kernelInitializer, "kernel");
      const recurrent = weight("recurrentKernel", filters, recurrentInitializer, "recurrent");
      const { useBias = true } = options;
      const bias = useBias && layer.weight("bias", [4 * filters], lstmBias(options), rulesOf(options, "bias"));
      const product = gatesOf(x, kernel, drops.inputs, (inputs, part) =>
        eachStep(inputs, (all) => convolve(all, part, attributes)),
      );
      const ofState = convolutionGiven(kind, { padding: "same" }, rank, kernelSize);
      return {
        projected: bias ? add(product, bias as Tensor<any>) : product,
        step(place, { hidden, cell }) {
          const seen = gatesOf(hidden!, recurrent, drops.state, (state, part) => convolve(state, part, ofState));
          return lstmStep(kind, add(place, seen), cell!, options);
        },
      };
    },
  };
}

function convolve(x: Tensor<any>, filter: Tensor<any>, attributes: ConvolutionAttributes): Tensor<any> {
  return tensorOf(makeNode(convolutionOp, [nodeOf(x), nodeOf(filter)], attributes));
}
