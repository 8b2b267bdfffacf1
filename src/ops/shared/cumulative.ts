import { array, generate, type NdArray } from "../../ir/array.js";
import type { DType } from "../../ir/dtype.js";
import { type Facts, factsOf } from "../../ir/facts.js";
import type { GradientRule } from "../../ir/gradient-rule.js";
import { makeNode } from "../../ir/makeNode.js";
import { nodeOf, type OpName, type OpTable, tensorOf } from "../../ir/node.js";
import type { RunContext, ValueOpDefinition } from "../../ir/op.js";
import { axisRule, checkOption, checkOptions, flag, type OptionRules, required } from "../../ir/options.js";
import { refuse } from "../../ir/refuse.js";
import type { Tensor } from "../../ir/tensor.js";
import { type CheckAxis, checkAxis, normalizeAxis } from "../../types/axis.js";
import type { Shape } from "../../types/dim.js";
import { type CheckDType, checkDType } from "../../types/dtype.js";
import { flopsPerElement } from "./flops.js";
import { onHost } from "./onHost.js";
import { opFunction } from "./opFunction.js";
import type { OrMessage } from "./orMessage.js";
import { ramp } from "./ramp.js";

/** What an op that goes on along an axis is told. */
export interface CumulativeAttributes {
  /** From 0 to rank - 1. */
  readonly axis: number;
  /** Whether an element is left out of its own result, which then begins with what nothing gives. */
  readonly exclusive: boolean;
  /** Whether it goes from the end of the axis. */
  readonly reverse: boolean;
}

type CumulativeName = { [K in OpName]: OpTable[K] extends CumulativeAttributes ? K : never }[OpName];

/** What tells one from another. */
export interface CumulativeRule<K extends CumulativeName> extends Facts<K> {
  readonly name: K;
  /** The kernel's name, TensorFlow's and tfjs's. */
  readonly kernel: string;
  /** Where it begins. */
  readonly start: number;
  readonly step: (before: number, x: number, dtype: DType) => number;
  readonly gradient: GradientRule<K>;
}

/** The definition of an op that goes on along an axis: each result is made of all elements up to its own. */
export function defineCumulative<K extends CumulativeName>(rule: CumulativeRule<K>): ValueOpDefinition<K> {
  const reference = ([x]: readonly NdArray[], { attributes, shape, dtype }: RunContext<K>) =>
    accumulated(x!, rule, attributes as CumulativeAttributes, { shape, dtype });
  const host = onHost<K>(reference);
  return {
    ...factsOf(rule),
    name: rule.name,
    infer([x], { axis }: CumulativeAttributes) {
      refuse("SW_DTYPE", rule.name, checkDType(rule.name, x!.dtype, ["float32", "int32"]));
      refuse("SW_VALUE", rule.name, checkAxis(rule.name, x!.shape, axis));
      return { shape: x!.shape, dtype: x!.dtype };
    },
    gradient: rule.gradient,
    tensorflow(t, [x], { attributes, dtype }) {
      const { axis, exclusive, reverse } = attributes as CumulativeAttributes;
      const types = { T: { type: dtype }, Tidx: { type: "int32" } } as const;
      const flags = { exclusive: { bool: exclusive }, reverse: { bool: reverse } };
      return t.op(rule.kernel, [x!, t.constant(axis, "int32")], { ...types, ...flags });
    },
    tfjs(k, inputs, context) {
      // tfjs rounds products of integers, and has no place for what an empty axis lacks.
      if (context.dtype === "int32" || context.shape.includes(0)) return host.tfjs(k, inputs, context);
      const { axis, exclusive, reverse } = context.attributes as CumulativeAttributes;
      return k.run(rule.kernel, { x: inputs[0]! }, { axis, exclusive, reverse });
    },
    reference,
    flops: flopsPerElement(1),
  } as ValueOpDefinition<K>;
}

function accumulated(
  x: NdArray,
  { start, step }: Pick<CumulativeRule<CumulativeName>, "start" | "step">,
  { axis, exclusive, reverse }: CumulativeAttributes,
  { shape, dtype }: Pick<NdArray, "shape" | "dtype">,
): NdArray {
  const result = generate(shape, dtype, () => start);
  const length = shape[axis]!;
  const stride = shape.slice(axis + 1).reduce((a: number, b: number) => a * b, 1);
  for (let first = 0; first < x.data.length; first++) {
    if (Math.floor(first / stride) % length !== 0) continue;
    let value = start;
    for (let place = 0; place < length; place++) {
      const at = first + (reverse ? length - 1 - place : place) * stride;
      const next = step(value, x.data[at] as number, dtype);
      result.data[at] = exclusive ? value : next;
      value = next;
    }
  }
  return result;
}

/** The samples of ops that go on along an axis. */
export function cumulativeSamples() {
  const plain = { exclusive: false, reverse: false };
  return [
    { inputs: [ramp([4])], attributes: { axis: 0, ...plain } },
    { inputs: [ramp([2, 3])], attributes: { axis: 1, ...plain, exclusive: true } },
    { inputs: [ramp([2, 3, 2])], attributes: { axis: 1, ...plain, reverse: true } },
    { inputs: [ramp([3, 2])], attributes: { axis: 0, exclusive: true, reverse: true } },
    { inputs: [array(new Int32Array([1, -2, 3, 4, 5, 6]), [2, 3])], attributes: { axis: 1, ...plain } },
  ];
}

/** Options of an op that goes on along an axis. */
export interface CumulativeOptions {
  /** Whether each result leaves its own element out. @default false */
  readonly exclusive?: boolean;
  /** Whether it goes from the end of the axis. @default false */
  readonly reverse?: boolean;
}

const optionRules: OptionRules<CumulativeOptions> = { exclusive: flag, reverse: flag };

/** A function that goes on along an axis. */
export type CumulativeFunction<Op extends string> = <const S extends Shape, D extends DType, const A extends number>(
  x: Tensor<S, D> & CheckDType<Op, D, "float32" | "int32">,
  axis: OrMessage<A, CheckAxis<Op, S, A>>,
  options?: CumulativeOptions,
) => Tensor<S, D>;

/** The public function of such an op. */
export function cumulativeFunction<K extends CumulativeName>(definition: ValueOpDefinition<K>): CumulativeFunction<K> {
  const op = definition.name;
  return opFunction(op, ["x", "axis", "options"], (x, axis, options = {}) => {
    const node = nodeOf(x, op);
    const along = axis as number;
    checkOption(op, "axis", along, required(axisRule));
    checkOptions<CumulativeOptions>(op, options, optionRules);
    refuse("SW_DTYPE", op, checkDType(op, node.dtype, ["float32", "int32"]));
    refuse("SW_VALUE", op, checkAxis(op, node.shape, along));
    const { exclusive = false, reverse = false } = options;
    const attributes = { axis: normalizeAxis(node.shape, along), exclusive, reverse };
    return tensorOf(makeNode(definition, [node], attributes as OpTable[K]));
  });
}
