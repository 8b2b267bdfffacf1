import { makeNode } from "../ir/makeNode.js";
import { type Node, nodeOf, tensorOf } from "../ir/node.js";
import type { CheckRate } from "../ir/option-checks.js";
import { flag, type OptionRules, rate } from "../ir/options.js";
import { currentPlace, within } from "../ir/place.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import { dotOp } from "../ops/dot.js";
import { reshapeOp } from "../ops/reshape.js";
import { attend } from "../ops/shared/attend.js";
import { transposeOp } from "../ops/transpose.js";
import { type Cache, seenUpTo, written } from "./attention-cache.js";
import { type Attended, attendedLayerOf, attendedNodes } from "./attention-inputs.js";
import { type KernelAndBiasOptions, kernelAndBias, kernelAndBiasRules } from "./kernelAndBias.js";
import type { Layer, LayerContext, LayerKind } from "./layer.js";
import { checkSequence } from "./sequence.js";

/** Options of attention layers: each of their four kernels and biases is made by them. */
export interface AttentionOptions<Op extends string = string, R extends number = number>
  extends Omit<KernelAndBiasOptions, "activation"> {
  /** The share of weights of attention that are dropped in training. @default 0 */
  readonly dropout?: R & CheckRate<Op, "dropout", R>;
  /** Whether a place sees only its own place and those before it. @default false */
  readonly useCausalMask?: boolean;
}

const { activation: _, ...weightRules } = kernelAndBiasRules;

export const attentionRules: OptionRules<AttentionOptions> = {
  ...weightRules,
  dropout: rate,
  useCausalMask: flag,
};

/** The sizes of an attention layer. */
export interface Heads {
  /** Of queries. */
  readonly numHeads: number;
  /** Of keys and values: each serves as many heads of queries. */
  readonly numKeyValueHeads: number;
  /** Channels of a head's queries and keys. */
  readonly keyDim: number;
  /** Channels of its values. */
  readonly valueDim: number;
  /** Channels of the output: the query's, unless said otherwise. */
  readonly outputShape?: number | undefined;
}

/** A kind of attention layer: its options' rules, and the sizes that they mean. */
export interface AttentionKind<O extends AttentionOptions> {
  readonly kind: string;
  readonly rules: OptionRules<O>;
  readonly heads: (options: O) => Heads;
}

/** What an attention layer's function returns. */
export function attentionLayer<O extends AttentionOptions>(
  { kind, rules, heads }: AttentionKind<O>,
  args: readonly unknown[],
  methods: LayerKind<O>["methods"] = {},
): AnyTensor | Layer {
  const build = (x: Tensor<any>, attended: Attended, options: O, layer: LayerContext) =>
    attention(kind, x, attended, heads(options), options, layer).output;
  return attendedLayerOf({ kind, rules, build, methods }, args);
}

/** What the layer gives; with a cache, that looks at what is in it, and at its own and what that becomes. */
export function attention(
  op: string,
  query: Tensor<any>,
  attended: Attended,
  heads: Heads,
  options: AttentionOptions,
  { scope, weight }: LayerContext,
  given?: Cache,
): { readonly output: Tensor<any>; readonly cache?: Cache } {
  const { numHeads, numKeyValueHeads, keyDim, valueDim } = heads;
  const { dropout = 0, useCausalMask = false } = options;
  const { q, k, v, mask, bias } = attendedNodes(op, query, attended, checkSequence, [numHeads], given?.key.shape[2]);
  const { outputShape = q.shape[2] as number } = heads;
  /** Heads of queries for each of keys and values. */
  const served = numHeads / numKeyValueHeads;

  /** x · kernel + bias. */
  const project = (name: string, x: Node, units: number): Node => {
    const own: LayerContext = { scope, weight: (weightName, ...rest) => weight(`${name}_${weightName}`, ...rest) };
    const product = (kernel: Tensor<any>) => tensorOf<Tensor<any>>(makeNode(dotOp, [x, nodeOf(kernel)], {}));
    return nodeOf(kernelAndBias(own, options, [x.shape[2] as number, units], product));
  };
  /** [batch, heads, time, size], or [batch, heads, served, time, size]: each head has its own part of the channels. */
  const headed = (name: string, x: Node, axes: readonly number[], size: number): Node => {
    const units = axes.reduce((a, b) => a * b, size);
    const [batch, time] = x.shape;
    const parts = makeNode(reshapeOp, [project(name, x, units)], { shape: [batch!, time!, ...axes, size] });
    const permutation = axes.length === 1 ? [0, 2, 1, 3] : [0, 2, 3, 1, 4];
    return makeNode(transposeOp, [parts], { permutation });
  };
  const groups = served === 1 ? [numHeads] : [numKeyValueHeads, served];
  /** A tensor over all heads, of which one axis has become two. */
  const grouped = (x: Node, [first, second]: readonly [number, number]): Node => {
    const before = x.shape.slice(0, -3);
    const shape = [...before, first, second, ...x.shape.slice(-2)];
    return served === 1 || x.rank < 3 ? x : makeNode(reshapeOp, [x], { shape });
  };

  return within({ ...currentPlace(), scope }, () => {
    const queries = headed("query", q, groups, keyDim);
    const own = {
      key: headed("key", k, [numKeyValueHeads], keyDim),
      value: headed("value", v, [numKeyValueHeads], valueDim),
    };
    const cache = given && {
      ...given,
      key: written(given.key, own.key, given.offset),
      value: written(given.value, own.value, given.offset),
    };
    const { key, value } = cache ?? own;
    const all = cache ? seenUpTo(cache, q.shape[1]!, mask) : mask;
    const byHead = (x: Node) => grouped(x, x.shape.at(-3) === 1 ? [1, 1] : [numKeyValueHeads, served]);
    const scale = 1 / Math.sqrt(keyDim);
    const [keys, values] = [grouped(key, [numKeyValueHeads, 1]), grouped(value, [numKeyValueHeads, 1])];
    const found = attend(queries, keys, values, {
      bias: bias && byHead(bias),
      mask: all && byHead(all),
      isCausal: useCausalMask,
      scale,
      dropout,
    });
    const permutation = served === 1 ? [0, 2, 1, 3] : [0, 3, 1, 2, 4];
    const parts = makeNode(transposeOp, [found], { permutation });
    const joined = makeNode(reshapeOp, [parts], { shape: [...q.shape.slice(0, 2), numHeads * valueDim] });
    return { output: tensorOf(project("output", joined, outputShape)), ...(cache && { cache }) };
  });
}
