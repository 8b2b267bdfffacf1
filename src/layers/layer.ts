import type { Initializer } from "../initializers/initializer.js";
import { isArrayRecord } from "../ir/array.js";
import { checkName } from "../ir/checkName.js";
import { cut } from "../ir/cut.js";
import type { DType } from "../ir/dtype.js";
import { ShapewrightError } from "../ir/errors.js";
import { isCallable } from "../ir/isCallable.js";
import { isOp, isTensor, type Node, nodeOf, notATensor, type Scope, tensorOf } from "../ir/node.js";
import { anything, aRecord, checkOptions, flag, type OptionRule, type OptionRules, required } from "../ir/options.js";
import { owned } from "../ir/owned.js";
import { calling, currentPlace, usersOwn, within } from "../ir/place.js";
import { refuse } from "../ir/refuse.js";
import { returnedNode } from "../ir/returned.js";
import { tellMade } from "../ir/tellMade.js";
import type { AnyTensor, Tensor } from "../ir/tensor.js";
import { addLoss } from "../ops/addLoss.js";
import { divide } from "../ops/divide.js";
import { sizeNode } from "../ops/size.js";
import { layerVariable, type VariableOptions } from "../ops/variable.js";
import { aRegularizer, penaltyOf, type Regularizer } from "../regularizers/regularizer.js";
import type { Shape, UnknownShape } from "../types/dim.js";
import type { CheckDTypeByValue } from "../types/dtype.js";
import { sameShape } from "../types/same-shape.js";
import type { Moment, Settled } from "../types/settled.js";
import { show } from "../types/show.js";

/**
 * What types know of a layer. `op`, `takes` and `gives` are its name, and the dtypes of what comes in and goes out. `check`
 * and `out` are type-level functions of the shape that comes into the layer, `in`, and its dtype, `dtype`: whether the
 * layer takes it (`unknown`, or the message), and the shape that goes out. `weights` is another: how many numbers its variables hold, where types know it.
 */
export interface LayerRule {
  readonly in: unknown;
  readonly dtype: unknown;
  readonly op: string;
  readonly takes: DType;
  readonly gives: unknown;
  readonly check: unknown;
  readonly out: unknown;
  readonly weights: unknown;
}

/** The rule of layers from float32 to float32: most. */
export interface FloatRule<Op extends string> extends LayerRule {
  readonly op: Op;
  readonly takes: "float32";
  readonly gives: "float32";
}

/** `unknown` where a rule takes a shape of a dtype, else the message. */
export type CheckRule<R extends LayerRule, S, D extends DType> =
  unknown extends CheckDTypeByValue<R["op"], D, R["takes"]>
    ? (R & { readonly in: S; readonly dtype: D })["check"]
    : CheckDTypeByValue<R["op"], D, R["takes"]>;

/** What a rule makes of a shape. */
export type ApplyRule<R extends LayerRule, S> = (R & { readonly in: S })["out"];

/** How many numbers the variables hold, for an input of a shape. */
export type WeightsOf<R extends LayerRule, S> = (R & { readonly in: S })["weights"] extends infer N extends number
  ? unknown extends N
    ? number
    : N
  : number;

/** The dtype that a rule makes of a dtype. */
export type ApplyDType<R extends LayerRule, D> = (R & { readonly dtype: D })["gives"];

/** What `sequential` and `block` ask of a layer. */
export interface LayerLike<out R extends LayerRule = LayerRule> {
  /** What the layer is: its kind, name and options. */
  readonly scope: Scope;
  /** Never set: carries the rule. */
  readonly rule?: R;
}

/**
 * A layer that waits for its input, such as `dense({ units: 10 })`: for `sequential`, and to be called. Its weights are made
 * when it is first called; called again, it has the same ones.
 *
 * @typeParam R its shape rule
 * @example
 * const embed = dense({ units: 64, activation: relu });
 * const [a, b] = [embed(input(["batch", 784])), embed(input(["batch", 784]))]; // one kernel, used twice
 */
export interface Layer<R extends LayerRule = any> extends LayerLike<R> {
  <const S extends Shape, D extends DType>(
    x: Tensor<S, D> & CheckRule<R, S, D>,
  ): Tensor<ShapeFrom<ApplyRule<R, S>>, DTypeFrom<ApplyDType<R, D>>>;
}

/**
 * What a generic function gives that makes a layer: the layer. TypeScript puts off a call that may give a function until it has read the
 * other arguments, and `reshape(dense(x, …), [b, t, 4, 16])` would be checked with an x of unknown shape; of this type it does not see
 * that it is one until the call is made.
 */
export type Waiting<R extends LayerRule, Now extends Moment> = Settled<Layer<R>>[Now];

/** In a box: inside generic functions, a bare type parameter would leave it open. */
type ShapeFrom<S> = { s: S } extends { s: infer T extends Shape } ? T : UnknownShape;
type DTypeFrom<D> = D extends DType ? D : any;

/** What every layer's options may have. */
export interface NamedLayer {
  /** The layer's name, unlike any other's in a model: its kind, with a number from the second on, unless said otherwise. */
  readonly name?: string;
}

/** What the options of layers with weights may have besides. */
export interface WeightedLayer extends NamedLayer {
  /** Whether training changes the layer's weights. @default true */
  readonly trainable?: boolean;
  /** What the output costs besides the loss, the mean over the samples, such as `l2(0.01)`: nothing, unless said otherwise. */
  readonly activityRegularizer?: Regularizer;
}

/** A layer's own, as what builds it sees it. */
export interface LayerContext {
  readonly scope: Scope;
  /** A weight of the layer: made by the first call, the same one in all others. */
  weight(name: string, shape: number[], initializer: Initializer, options?: VariableOptions): AnyTensor;
}

/** Names are checked by `checkName`, which says more of them. */
export const named: OptionRules<NamedLayer> = { name: anything };

export const weighted: OptionRules<WeightedLayer> = { ...named, trainable: flag, activityRegularizer: aRegularizer };

/** A function that layers apply to their output. */
export const activationRule: OptionRule = {
  takes: "a function of a tensor, such as relu",
  accepts: isCallable,
};

/** A kind of layer: how its options are found among the arguments, and what it computes. */
export interface LayerKind<O extends NamedLayer> {
  readonly kind: string;
  readonly rules: OptionRules<O>;
  /** The options among the arguments that are not the input: the first one, unless said otherwise. */
  readonly optionsOf?: (args: readonly unknown[]) => O;
  /** How many arguments there are at most that are not the input: the options, or, where they are found among others, one beside them. */
  readonly most?: number;
  readonly build: Build<O>;
  /** Whether it applies layers or functions of the user's: what they make is called by their names, and not by its. */
  readonly appliesOthers?: true;
  /** What else the layer can do with its weights, by the names of its methods. */
  readonly methods?: Readonly<Record<string, Method<O>>>;
}

type Method<O extends NamedLayer> = (x: Tensor<any>, options: O, layer: LayerContext, ...others: any[]) => unknown;

type Build<O extends NamedLayer> = (x: Tensor<any>, options: O, layer: LayerContext) => AnyTensor;

/** What a layer function returns: the layer's output where the first argument is a tensor, else the layer, which waits for one. */
export function layerOf<O extends NamedLayer>(kind: LayerKind<O>, args: readonly unknown[]): AnyTensor | Layer {
  const given = inputOf(kind.kind, args);
  const layer = makeLayer(kind, given ? args.slice(1) : args);
  return given ? layer(given) : layer;
}

/** The input among what a layer function is given, if it has one. One that is missing, or stands behind options, is not taken for a layer that waits. */
export function inputOf(kind: string, [first, ...others]: readonly unknown[]): AnyTensor | undefined {
  if (isTensor(first)) return first;
  const isMissing = (first === undefined || first === null) && others.length > 0;
  if (isMissing) throw notATensor(kind, first);
  if (aRecord.accepts(first) && isTensor(others[0])) {
    const keys = Object.keys(first as object).map((key) => `${cut(key)}: …`);
    const message = `${kind}: the options stand in front of the input; write ${kind}(x, { ${keys.join(", ")} })`;
    throw new ShapewrightError("SW_VALUE", message, kind);
  }
  return undefined;
}

function makeLayer<O extends NamedLayer>(
  {
    kind,
    rules,
    optionsOf = firstOf,
    most = optionsOf === firstOf ? 1 : 2,
    build,
    appliesOthers,
    methods = {},
  }: LayerKind<O>,
  args: readonly unknown[],
): Layer {
  // Data in the place of the input, in front of the options.
  const isData = isArrayRecord(args[0]) || !aRecord.accepts(args[0]);
  if (optionsOf === firstOf && isData && aRecord.accepts(args[1])) throw notATensor(kind, args[0]);
  const given = optionsOf(args);
  checkOptions(kind, given, rules);
  refuse("SW_VALUE", kind, checkCount(kind, args, most));
  // Read again whenever the layer is called.
  const options = owned(given);
  const { trainable: all, activityRegularizer } = options as O & WeightedLayer;
  const scope = scopeOf(kind, options);
  const layer = contextOf(scope, all);
  const checkInput = (x: unknown) => {
    if (!isTensor(x)) throw notATensor(kind, x);
  };
  const call = (x: AnyTensor, ...others: readonly unknown[]) => {
    checkInput(x);
    refuse("SW_VALUE", kind, checkAlone(kind, others));
    const apply = () => build(x, options, layer);
    const y = appliesOthers ? apply() : calling(kind, apply);
    return withCost(scope, y, activityRegularizer);
  };
  const others = Object.entries(methods).map(([name, method]) => {
    const apply = (x: AnyTensor, ...rest: unknown[]) => {
      checkInput(x);
      return calling(kind, () => method(x, options, layer, ...rest));
    };
    return [name, apply] as const;
  });
  return Object.assign(call, { scope }, Object.fromEntries(others)) as Layer;
}

/** The scope of a layer, or of what has weights of its own in one. */
export function scopeOf(kind: string, options: NamedLayer): Scope {
  const { name } = options;
  if (name !== undefined) refuse("SW_NAME", kind, checkName(kind, name));
  const scope: Scope = { kind, ...(name !== undefined && { name }), options };
  tellMade(scope);
  return scope;
}

/** A layer's own weights, which are made once. */
export function contextOf(scope: Scope, all = true): LayerContext {
  const weights = new Map<string, AnyTensor>();
  const weight: LayerContext["weight"] = (name, shape, initializer, { trainable = true, ...rules } = {}) => {
    const { frozen = false, reparametrization } = currentPlace();
    const own = { ...rules, scope, trainable: trainable && all && !frozen };
    const made = weights.get(name) ?? layerVariable(name, shape, initializer, own);
    if (frozen) refuse("SW_VALUE", "frozen", checkFrozen(scope, name, nodeOf(made)));
    checkSameWeight(scope, name, nodeOf(made).shape, shape);
    weights.set(name, made);
    return reparametrization?.of === scope ? reparametrization.weight(name, made) : made;
  };
  return { scope, weight };
}

/** The message for options where a layer is called, which would do nothing. Others are let pass: `xs.map(layer)` gives an index. */
function checkAlone(kind: string, others: readonly unknown[]): string | undefined {
  const isAlone = typeof others[0] !== "object" || others[0] === null;
  return isAlone
    ? undefined
    : `${kind}: a layer that waits takes one tensor; say options where it is made, or ${kind}(x, …) at once`;
}

/** The message for arguments behind the last one that a layer reads. */
export function checkCount(kind: string, args: readonly unknown[], most: number): string | undefined {
  if (args.length <= most) return undefined;
  const takes = most === 1 ? "one argument" : `${most} arguments`;
  return `${kind}: takes ${takes} beside its input, got ${args.length}; what more is to be said stands in the options`;
}

/** What a layer gives, with what it costs, if anything: the mean over the samples. */
export function withCost(scope: Scope, y: Tensor<any>, regularizer: Regularizer | undefined): Tensor<any>;
export function withCost(scope: Scope, y: AnyTensor, regularizer: Regularizer | undefined): AnyTensor;
export function withCost(scope: Scope, y: AnyTensor, regularizer: Regularizer | undefined): AnyTensor {
  if (regularizer === undefined) return y;
  return within({ ...currentPlace(), scope }, () => {
    const node = nodeOf(y);
    const cost = tensorOf<Tensor<[]>>(penaltyOf(scope.kind, "its activityRegularizer", regularizer, node));
    return addLoss(y, node.rank === 0 ? cost : divide(cost, tensorOf<Tensor<[]>>(sizeNode(node.shape.slice(0, 1)))));
  });
}

function firstOf<O extends NamedLayer>([options = {}]: readonly unknown[]): O {
  return options as O;
}

/** Whether something is a layer, and not a function of tensors. */
export function isLayer(value: unknown): value is Layer {
  return typeof value === "function" && "scope" in value;
}

function checkFrozen({ kind, name: own }: Scope, name: string, made: Node): string | undefined {
  if (!isOp(made, "variable") || !made.attributes.trainable) return undefined;
  const layer = own === undefined ? kind : `${kind} "${own}"`;
  return `frozen: the ${name} of ${layer} is trained since it was first called; make the layer's first call a frozen one, or leave it out of what compile's trainable names`;
}

function checkSameWeight(
  { kind, name: own }: Scope,
  name: string,
  made: readonly unknown[],
  wanted: readonly unknown[],
): void {
  if (sameShape(made as number[], wanted as number[])) return;
  const layer = own === undefined ? kind : `${kind} "${own}"`;
  const message =
    `${layer}: its ${name} is ${show(made as number[])} since it was first called, but this input needs ` +
    `${show(wanted as number[])}; a layer has its weights once: make another layer for another size`;
  throw new ShapewrightError("SW_SHAPE", message, kind);
}

/** The layer that another is made of. */
export const aLayer: OptionRule = required({
  takes: "a layer without its input, such as dense({ units: 10 })",
  accepts: isLayer,
});

/** A function that maps a tensor to one of the same shape: `relu`, `softmax`, or one's own. */
export type Activation = <S extends Shape>(x: Tensor<S>) => Tensor<S>;

/**
 * A function that keeps the shape, as layers ask for one. They ask it of one shape that stands for all: of every shape, types cannot always
 * tell what a function gives, and let it pass. No function that changes shapes keeps this one, which has the most axes that windows have.
 */
export interface KeepsShape {
  (
    x: Tensor<["first", "second", "third", "fourth", "last"]>,
  ): typeof notKept | Tensor<["first", "second", "third", "fourth", "last"]>;
  /**
   * As functions have one. For a signature with nothing beside it, TypeScript goes through a call twice that is given a generic function,
   * such as `relu`, to make it one of this shape, and compares what it made at each call; as it is, it is compared once for all calls.
   */
  readonly name?: string;
}

const keptShape = "a tensor of the shape that it is given";
declare const notKept: `its activation must return ${typeof keptShape}`;

/** f(x), where f may be written by hand. */
export function activated<S extends Shape>(op: string, f: KeepsShape, x: Tensor<S>): Tensor<S> {
  return tensorOf(
    returnedNode(
      op,
      "its activation",
      usersOwn(() => (f as Activation)(x)),
      {
        takes: `${keptShape}, ${show(x.shape)}`,
        accepts: ({ shape }) => sameShape(shape, x.shape),
      },
    ),
  );
}
