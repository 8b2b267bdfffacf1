import type { DType } from "../ir/dtype.js";
import { anything, checkOption, checkOptions } from "../ir/options.js";
import { refuse } from "../ir/refuse.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import type { FirstOfRule } from "../ops/shared/firstMessage.js";
import type { MultiplyDims } from "../types/arithmetic.js";
import type { Dim, Shape, UnknownShape } from "../types/dim.js";
import { fill } from "../types/message.js";
import type { Moment } from "../types/settled.js";
import { show } from "../types/show.js";
import {
  type ApplyDType,
  type ApplyRule,
  aLayer,
  type CheckRule,
  type Layer,
  type LayerKind,
  type LayerLike,
  type LayerRule,
  layerOf,
  type NamedLayer,
  named,
  type Waiting,
} from "./layer.js";
import { eachStep } from "./recurrent/eachStep.js";
import { type CheckSteps, checkSteps } from "./rnn.js";

const kind = "timeDistributed";

const otherSamples = "{op}: the layer gives {found} of {shape}; it has to keep the axis of samples";

/** The shape rule of `timeDistributed` in `sequential`. */
export interface TimeDistributedRule<R extends LayerRule> extends LayerRule {
  readonly op: typeof kind;
  readonly takes: DType;
  readonly gives: ApplyDType<R, this["dtype"]>;
  readonly check: this["in"] extends infer S extends Shape
    ? FirstOfRule<CheckSteps<typeof kind, S>, CheckRule<R, OneStep<S>, this["dtype"] & DType>>
    : unknown;
  readonly out: this["in"] extends infer S extends Shape ? AllSteps<S, ApplyRule<R, OneStep<S>>> : Shape;
}

/** What a layer sees: all steps of all samples as samples. */
export type OneStep<S> = { s: S } extends { s: [infer B extends Dim, infer T extends Dim, ...infer Rest extends Shape] }
  ? [MultiplyDims<B, T>, ...Rest]
  : UnknownShape;

/** What it gives, along all steps. */
export type AllSteps<S, O> = { s: S; o: O } extends {
  s: [infer B extends Dim, infer T extends Dim, ...unknown[]];
  o: [unknown, ...infer Rest extends Shape];
}
  ? [B, T, ...Rest]
  : UnknownShape;

/**
 * A layer that is applied to each step of a sequence, with the same weights: it sees all steps of all samples as samples of one
 * batch, whose statistics `batchNormalization` takes.
 *
 * @param layer a layer without its input: `conv2d({ filters: 8, kernelSize: 3 })`, a block, …
 * @param options `name`
 * @returns a layer from [batch, time, …] to [batch, time, …], for `sequential` and to be called
 * @throws SW_VALUE when it is no layer; SW_SHAPE when its input has no steps; what the layer throws that does not take a step
 * @example
 * const video = input(["batch", "frames", 64, 64, 3]);
 * const seen = timeDistributed(conv2d({ filters: 8, kernelSize: 3 }))(video); // Tensor<["batch", "frames", 62, 62, 8], "float32">
 */
export function timeDistributed<R extends LayerRule, Now extends Moment = "now">(
  layer: LayerLike<R>,
  options: NamedLayer = {},
): Waiting<TimeDistributedRule<R>, Now> {
  checkOptions(kind, options, named);
  checkOption(kind, "layer", layer, aLayer);
  return layerOf(distributed, [layer, options]) as Layer<TimeDistributedRule<R>>;
}

const distributed: LayerKind<NamedLayer & { readonly layer: unknown }> = {
  kind,
  appliesOthers: true,
  rules: { ...named, layer: anything },
  optionsOf: ([layer, options]) => ({ ...(options as NamedLayer), layer }),
  build(x, { layer }) {
    refuse("SW_SHAPE", kind, checkSteps(kind, x.shape));
    return eachStep(x, (each) => {
      const found = (layer as (x: AnyTensor) => AnyTensor)(each);
      const message = fill(otherSamples, { op: kind, found: show(found.shape), shape: show(each.shape) });
      refuse("SW_SHAPE", kind, found.shape[0] === each.shape[0] ? undefined : message);
      return found as Tensor<any>;
    });
  },
};
