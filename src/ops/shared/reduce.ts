import { generate } from "../../ir/array.js";
import type { Builder } from "../../ir/builder.js";
import type { DType } from "../../ir/dtype.js";
import { type Facts, factsOf } from "../../ir/facts.js";
import type { GradientRule } from "../../ir/gradient-rule.js";
import { makeNode } from "../../ir/makeNode.js";
import { type Node, nodeOf, type OpName, type OpTable, tensorOf } from "../../ir/node.js";
import type { InFamily, ValueRules } from "../../ir/op.js";
import { axesRule, checkOptions, flag, type OptionRules } from "../../ir/options.js";
import { calling } from "../../ir/place.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor, TensorLike } from "../../ir/tensor.js";
import type { TensorflowLowering, TensorRef } from "../../ir/tensorflow-lowering.js";
import type { Axes } from "../../types/axis.js";
import type { Dim, Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { fill, type Message } from "../../types/message.js";
import { axisList, type CheckAxes, checkAxes, type RemoveAxes, removeAxes } from "../../types/reduce.js";
import { flopsPerInputElement } from "./flops.js";
import { opFunction } from "./opFunction.js";
import type { OrMessage } from "./orMessage.js";
import { ramp } from "./ramp.js";
import { coordinatesOf, indexOf } from "./strides.js";

/** What a reduction reduces over. */
export interface ReduceAttributes {
  /** Axes from 0 to rank - 1, ascending. */
  readonly axes: readonly number[];
  /** Whether a reduced axis stays, with size 1. */
  readonly keepDims: boolean;
}

/** What tells one reduction from another. */
export interface ReduceRule<K extends OpName> extends Facts<K> {
  readonly name: K;
  readonly dtypes: readonly DType[];
  /** TensorFlow's reduction, or how it is put together. */
  readonly tensorflow: string | ValueRules<K>["tensorflow"];
  /** tfjs's reduction, or how it is put together. */
  readonly tfjs: string | ValueRules<K>["tfjs"];
  /** Reduces the elements that fall together. */
  readonly reduce: (elements: readonly number[], dtype: DType) => number;
  readonly gradient: GradientRule<K>;
}

type ReduceName = { [K in OpName]: OpTable[K] extends ReduceAttributes ? K : never }[OpName];

/** The definition of a reduction. */
export function defineReduce<K extends ReduceName>(rule: ReduceRule<K>): InFamily<K, "reduction"> {
  return {
    ...factsOf(rule),
    name: rule.name,
    family: "reduction",
    infer([x], { axes, keepDims }) {
      refuse("SW_DTYPE", rule.name, checkDType(rule.name, x!.dtype, rule.dtypes));
      return { shape: removeAxes(x!.shape, axes, keepDims), dtype: x!.dtype };
    },
    gradient: rule.gradient,
    tensorflow: typeof rule.tensorflow === "string" ? reduceNode(rule.tensorflow) : rule.tensorflow,
    tfjs: typeof rule.tfjs === "string" ? reduceKernel(rule.tfjs) : rule.tfjs,
    reference: ([x], { attributes: { axes }, shape, dtype }) => {
      const kept = removeAxes(x!.shape as Shape, axes, true) as number[];
      const groups: number[][] = [];
      x!.data.forEach((value: number, i: number) => {
        const coordinates = coordinatesOf(i, x!.shape).map((c, axis) => (axes.includes(axis) ? 0 : c));
        const group = indexOf(coordinates, kept);
        groups[group] ??= [];
        groups[group].push(value);
      });
      return generate(shape, dtype, (i) => rule.reduce(groups[i] ?? [], dtype));
    },
    flops: flopsPerInputElement(1),
  };
}

/** The samples of every reduction. */
export function reduceSamples() {
  return [
    { inputs: [ramp([2, 3])], attributes: { axes: [0, 1], keepDims: false } },
    { inputs: [ramp([2, 3, 2])], attributes: { axes: [1], keepDims: false } },
    { inputs: [ramp([2, 3, 2])], attributes: { axes: [0, 2], keepDims: true } },
    { inputs: [ramp([2, 3])], attributes: { axes: [0], keepDims: false } },
  ];
}

/** One of TensorFlow's reductions. */
function reduceNode<K extends ReduceName>(op: string): ValueRules<K>["tensorflow"] {
  return (t, [x], node) => reduceTensorflow(t, op, x!, node.attributes, node.dtype);
}

/** A node that reduces over axes. */
export function reduceTensorflow(
  t: TensorflowLowering,
  op: string,
  x: TensorRef,
  { axes, keepDims }: ReduceAttributes,
  dtype: DType = "float32",
): TensorRef {
  const attributes = { T: { type: dtype }, Tidx: { type: "int32" }, keep_dims: { bool: keepDims } } as const;
  return t.op(op, [x, t.constant(axes, "int32")], attributes);
}

/** One of tfjs's reductions. */
export function reduceKernel<K extends ReduceName>(kernel: string): ValueRules<K>["tfjs"] {
  return (k, [x], { attributes: { axes, keepDims }, shape }) => {
    if (axes.length === 0) return x!;
    const reduced = k.run(kernel, { x: x! }, reduceArguments(kernel, axes));
    return keepDims ? k.reshape(reduced, shape) : reduced;
  };
}

/** tfjs's reductions take `axis`, Max `reductionIndices`. */
export function reduceArguments(kernel: string, axes: readonly number[]) {
  return kernel === "Max" ? { reductionIndices: [...axes], keepDims: false } : { axis: [...axes], keepDims: false };
}

/** Gives a reduced tensor its reduced axes back, with size 1, so that it broadcasts with what was reduced. A scalar does so already. */
export function restoreAxes(b: Builder, reduced: Node, like: Node, { axes, keepDims }: ReduceAttributes): Node {
  return keepDims || reduced.rank === 0
    ? reduced
    : b.op("reshape", [reduced], { shape: removeAxes(like.shape, axes, true) });
}

/** The dims that a reduction reduces over. */
export function reducedDims(x: Node, { axes }: ReduceAttributes): Dim[] {
  return axes.map((axis) => x.shape[axis]!);
}

/** Options of a reduction. `A` is the axis, or the message where there is no such axis. */
export interface ReduceOptions<A, Keep extends boolean> {
  /** One axis or several; negative ones count from the end. @default all axes */
  readonly axis?: A;
  /** Whether a reduced axis stays, with size 1. @default false */
  readonly keepDims?: Keep;
}

/** What is said of axes that are not given by their name. */
export const axisAlone = "{op}: axes are given among options, such as {given}";
export const exampleOfAxis = "{ axis: -1 }";

/** The message for axes in the place of options. */
export type AxisAlone<Op extends string> = Message<typeof axisAlone, { op: Op; given: typeof exampleOfAxis }>;

/** A function that reduces a tensor over some of its axes. */
export type ReduceFunction<Op extends string, Allowed extends DType> = <
  const S extends Shape,
  D extends DType,
  const A extends Axes = undefined,
  Keep extends boolean = false,
>(
  x: Tensor<S, D> & CheckDType<Op, D, Allowed>,
  options?: ReduceOptions<OrMessage<A, CheckAxes<Op, S, A>>, Keep> | AxisAlone<Op>,
) => Tensor<RemoveAxes<S, A, Keep>, D>;

const optionRules: OptionRules<ReduceOptions<unknown, boolean>> = { axis: axesRule, keepDims: flag };

/** The public function of a reduction. */
export function reduceFunction<K extends ReduceName, Allowed extends DType>(
  definition: ValueRules<K>,
): ReduceFunction<K, Allowed> {
  return opFunction(definition.name, ["x", "options"], (x, options) => {
    // Over no axes, to hear whether it takes the dtype: that comes first.
    const takes = (node: Node) =>
      definition.infer([node], { axes: [], keepDims: true } as ReduceAttributes as OpTable[K]);
    const { node, ...attributes } = reduceOperand(definition.name, x, options, takes);
    return tensorOf(makeNode(definition, [node], attributes as OpTable[K]) as Node);
  });
}

/** The public function of a reduction that is put together of other ops. */
export function reduceComposite<const Op extends string, Allowed extends DType>(
  op: Op,
  dtypes: readonly Allowed[],
  build: (x: Node, attributes: ReduceAttributes) => Node,
): ReduceFunction<Op, Allowed> {
  return opFunction(op, ["x", "options"], (x, options) => tensorOf(reduceComposed(op, dtypes, build, x, options)));
}

/** The node of such a reduction: for one whose result has a dtype of its own. */
export function reduceComposed(
  op: string,
  dtypes: readonly DType[],
  build: (x: Node, attributes: ReduceAttributes) => Node,
  x: TensorLike,
  options: ReduceOptions<unknown, boolean> | string | undefined,
): Node {
  const { node, ...attributes } = reduceOperand(op, x, options, ({ dtype }) =>
    refuse("SW_DTYPE", op, checkDType(op, dtype, dtypes)),
  );
  return calling(op, () => build(node, attributes));
}

/** What a reduction is called with, checked: first that it `takes` the tensor. */
function reduceOperand(
  op: string,
  x: TensorLike,
  options: ReduceOptions<unknown, boolean> | string | undefined,
  takes: (node: Node) => unknown,
) {
  const node = nodeOf(x, op);
  takes(node);
  const { axis, keepDims = false } = reduceOptions(op, options);
  refuse("SW_VALUE", op, checkAxes(op, node.shape, axis as Axes));
  return { node, axes: axisList(node.shape, axis as Axes), keepDims };
}

function reduceOptions(op: string, options: unknown = {}): ReduceOptions<unknown, boolean> {
  if (axesRule.accepts(options)) refuse("SW_VALUE", op, fill(axisAlone, { op, given: exampleOfAxis }));
  checkOptions(op, options as ReduceOptions<unknown, boolean>, optionRules);
  return options as ReduceOptions<unknown, boolean>;
}
