import type { Dim } from "../types/dim.js";
import type { NdArray } from "./array.js";
import { Body } from "./body.js";
import type { Builder } from "./builder.js";
import type { DType } from "./dtype.js";
import type { Node, OpName, OpTable, Scope, Signature } from "./node.js";
import { owned } from "./owned.js";
import { currentPlace, isLater, type Part } from "./place.js";
import type { TensorflowLowering, TensorRef } from "./tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "./tfjs-lowering.js";
import type { TrainingRule } from "./training.js";

export type { Signature } from "./node.js";

/** An input as a shape rule sees it: a node, or only what is known of one. */
export interface Operand extends Signature {
  readonly results?: readonly Signature[] | undefined;
}

/** What every gradient rule is given. The driver un-broadcasts and sums contributions; a rule does neither. */
interface GradientSurroundings<K extends OpName> {
  readonly b: Builder;
  /** The node whose inputs' gradients are wanted. Its output is the node itself. */
  readonly node: Node<K>;
  readonly inputs: readonly Node[];
  /** The gradients of nodes, as the driver finds them: for the rule of an op with a body. */
  pullBack(outputs: readonly Node[], cotangents: readonly Node[], wanted: readonly Node[]): (Node | undefined)[];
}

/** What the gradient rule of an op with one result is given. */
export interface GradientContext<K extends OpName> extends GradientSurroundings<K> {
  /** The gradient of the loss with respect to the node's output, of the output's shape. */
  readonly dy: Node;
}

/** What the gradient rule of an op with several results is given. */
export interface ResultsGradientContext<K extends OpName> extends GradientSurroundings<K> {
  /** The gradient of the loss with respect to each result; `undefined` where none flows. At least one does. */
  readonly dys: readonly (Node | undefined)[];
}

/** A gradient that does not exist, and why. Written down, never left out. */
export interface NotDifferentiable {
  readonly notDifferentiable: string;
}

/** One gradient per input, in order; `undefined` where an input has none (an index, a condition). */
export type GradientRule<K extends OpName> = (context: GradientContext<K>) => readonly (Node | undefined)[];

/** The same of an op with several results. */
export type ResultsGradientRule<K extends OpName> = (
  context: ResultsGradientContext<K>,
) => readonly (Node | undefined)[];

/** What runs a node is told of it besides its inputs. */
export interface RunContext<K extends OpName> {
  readonly attributes: OpTable[K];
  readonly dtype: DType;
  /** The output's shape, with every named dim resolved; of several results the first one's. */
  readonly shape: readonly number[];
  /** The size that a dim has in this run. */
  size(dim: Dim): number;
}

/** A node as its FLOPs are counted: every shape with all named dims resolved. */
export interface SizedNode<K extends OpName = OpName> {
  readonly inputs: readonly (readonly number[])[];
  readonly shape: readonly number[];
  readonly attributes: OpTable[K];
}

/** Inputs (and attributes) that the shared tests run through every rule of an op. */
export interface Sample<K extends OpName> {
  readonly inputs: readonly NdArray[];
  readonly attributes: OpTable[K];
  /** Said where the function has a kink or a jump near the sample: central differences are not compared there. */
  readonly notSmooth?: string;
}

/** The samples of an op, which stand beside its definition: a function, so that a bundler drops them. */
export type Samples<K extends OpName> = () => readonly Sample<K>[];

/** What a person reads of an op: in generated code, in diagrams. */
export interface Words<K extends OpName> {
  /** What its result is called that has no name of the user's: a noun, so that it does not hide the function. */
  readonly noun?: string;
  /** JavaScript's operator for it, where its operands are numbers. */
  readonly sign?: string;
  /** What it computes, as a mathematician writes it, where the call by itself does not say it. Operands go by their names. */
  formula?(names: readonly string[], attributes: OpTable[K]): string;
}

/** What passes may rely on. An op that does not say so is taken not to. */
export type Trait =
  /** Operands may change places without changing a bit of the result. maximum's may not: kernels differ on NaN. */
  | "commutative"
  /** Operands are broadcast against each other. */
  | "broadcasts"
  /** Nothing below 0 comes out. */
  | "nonNegative"
  /** The result is positive, or not below 0, where all inputs are. */
  | "keepsSign"
  /** The result is finite where all inputs are, short of an overflow. exp has it not: it overflows at 89. */
  | "keepsFinite"
  /** The result is drawn at random: no pass computes it beforehand. */
  | "draws"
  /** Acts in training alone: elsewhere it gives its input as it is. */
  | "trainingOnly";

/** What is said of an op in words and traits. */
export interface Facts<K extends OpName> {
  readonly words?: Words<K>;
  readonly traits?: readonly Trait[];
}

/** The facts among all that a rule says: for what makes definitions from rules. */
export function factsOf<K extends OpName>({ words, traits }: Facts<K>): Facts<K> {
  return { ...(words && { words }), ...(traits && { traits }) };
}

/** What an op says of its attributes: which are dims. One that has such and does not say so does not compile. */
type SaysDims<Attributes> = [DimAttributes<Attributes>] extends [never]
  ? unknown
  : { readonly dims: readonly DimAttributes<Attributes>[] };

type DimAttributes<A> = { [P in keyof A]-?: IsDims<NonNullable<A[P]>> extends true ? P : never }[keyof A];

type IsDims<V> = Dim extends V ? true : V extends readonly (infer E)[] ? (Dim extends E ? true : IsDims<E>) : false;

/** What every op has, however many results it has. */
interface OpBase<K extends OpName> extends Facts<K> {
  /** The attributes that are lists of dims, perhaps nested, with names among them: what is bound where sizes are known. */
  readonly dims?: readonly string[];
  readonly name: K;
  /** What it becomes in training, and which variables it changes then. */
  readonly training?: TrainingRule<K>;
  /**
   * How many operations on numbers the op takes: an addition, a multiplication, a comparison or an elementary function
   * of one number counts 1, so a multiplication with an addition counts 2. Moving numbers, choosing between them or
   * changing their dtype counts nothing.
   */
  readonly flops: (sized: SizedNode<K>) => number;
}

/** An op with one result. */
export type ValueOpDefinition<K extends OpName> = ValueRules<K> & SaysDims<OpTable[K]>;

/** The rules of an op with one result. */
export interface ValueRules<K extends OpName> extends OpBase<K> {
  /** The shape rule: the runtime twin of the rule in the public function's type. Throws `ShapewrightError`. */
  readonly infer: (inputs: readonly Operand[], attributes: OpTable[K]) => Signature;
  readonly gradient: GradientRule<K> | NotDifferentiable;
  /** Adds TensorFlow nodes and returns the one that holds the result. */
  readonly tensorflow: (t: TensorflowLowering, inputs: readonly TensorRef[], node: Node<K>) => TensorRef;
  /** Said where the result is the first input's own memory, perhaps under another shape: nothing is moved. */
  readonly view?: true;
  /** Said where TensorFlow has one kernel for it all, and tfjs kernels for its parts alone: on tfjs-node generated code runs the one. */
  readonly whole?: true;
  /** Runs tfjs kernels and returns the result. Intermediate results are disposed by the runner. */
  readonly tfjs: (k: KernelRunner, inputs: readonly TensorInfo[], context: RunContext<K>) => TensorInfo;
  /** The slow and obviously right kernel. */
  readonly reference: (inputs: readonly NdArray[], context: RunContext<K>) => NdArray;
}

/** An op that is defined as others of its family are: the function that generated code calls has the family's type. */
export interface InFamily<K extends OpName, Family extends string> extends ValueRules<K> {
  readonly family: Family;
}

/** An op with several results: a list wherever a `ValueOpDefinition` has one. Who builds a node of it takes `b.results` of it. */
export type ResultsOpDefinition<K extends OpName> = ResultsRules<K> & SaysDims<OpTable[K]>;

/** The rules of an op with several. */
export interface ResultsRules<K extends OpName> extends OpBase<K> {
  readonly several: true;
  /** Of an op that runs a body again and again: how often. */
  readonly rounds?: (attributes: OpTable[K]) => Dim;
  readonly infer: (inputs: readonly Operand[], attributes: OpTable[K]) => readonly Signature[];
  readonly gradient: ResultsGradientRule<K> | NotDifferentiable;
  readonly tensorflow: (t: TensorflowLowering, inputs: readonly TensorRef[], node: Node<K>) => readonly TensorRef[];
  readonly tfjs: (k: KernelRunner, inputs: readonly TensorInfo[], context: RunContext<K>) => readonly TensorInfo[];
  readonly reference: (inputs: readonly NdArray[], context: RunContext<K>) => readonly NdArray[];
  /** Of an optimizer's rule: how variables are changed where they are. */
  readonly inPlace?: InPlace<K>;
}

/**
 * What an op whose results are the new values of its first inputs, each of the one in its place, says besides: it can be done in
 * place, where these inputs are variables and the results are their next values. Where they go elsewhere, `plain` takes its place.
 */
export interface InPlace<K extends OpName> {
  /** Adds the TensorFlow node that changes the variables, of which the first inputs are the handles. */
  readonly tensorflow: (t: TensorflowLowering, inputs: readonly TensorRef[], node: Node<K>) => TensorRef;
  /** The same results by plain arithmetic of the graph. */
  readonly plain: (b: Builder, node: Node<K>) => readonly Node[];
}

/** Everything there is to know about an op. One file of `src/ops` holds one of these. */
export type OpDefinition<K extends OpName> = ValueOpDefinition<K> | ResultsOpDefinition<K>;

/** Whether an op has several results. */
export function hasResults<K extends OpName>(definition: OpDefinition<K>): definition is ResultsOpDefinition<K> {
  return "several" in definition;
}

let nodesMade = 0;

/** The serial of the node made last: those made from now on have larger ones. */
export function lastSerial(): number {
  return nodesMade;
}

/**
 * Makes the node of an op after its shape rule has accepted the inputs. It belongs to the current place, unless said
 * otherwise; where that is no layer's, what reads a layer's variable belongs to that layer.
 */
export function makeNode<K extends OpName>(
  definition: Pick<ValueRules<K>, "name" | "infer"> | Pick<ResultsRules<K>, "name" | "infer">,
  inputs: readonly Node[],
  attributes: OpTable[K],
  scope?: Scope,
  part?: Part,
): Node<K> {
  return nodeOfSignature(definition.name, definition.infer(inputs, attributes), inputs, attributes, scope, part);
}

/** The same where the shape rule's answer is known already. */
export function nodeOfSignature<K extends OpName>(
  op: K,
  signature: Signature | readonly Signature[],
  inputs: readonly Node[],
  attributes: OpTable[K],
  scope?: Scope,
  part?: Part,
): Node<K> {
  const results = "shape" in signature ? undefined : signature;
  const { shape, dtype } = "shape" in signature ? signature : signature[0]!;
  const place = currentPlace();
  // All nodes have the same fields in the same order: the engine reads such objects several times as fast.
  return Object.freeze({
    op,
    inputs: Object.freeze([...inputs]),
    attributes: owned(attributes),
    // Shapes are shared: most ops hand on that of an input, which is frozen.
    shape: Object.isFrozen(shape) ? shape : Object.freeze([...shape]),
    dtype,
    rank: shape.length,
    results: results && Object.freeze([...results]),
    scope: scope ?? place.scope ?? scopeOfVariable(inputs, attributes),
    part: partOfReader(inputs, part ?? place.part),
    serial: ++nodesMade,
  });
}

/** Plain operations on a layer's weights are the layer's. A loop is not: what it takes for its body may be of many. */
function scopeOfVariable(inputs: readonly Node[], attributes: object): Scope | undefined {
  for (const { op, scope } of inputs) if (op === "variable" && scope) return isLoop(attributes) ? undefined : scope;
  return undefined;
}

function isLoop(attributes: object): boolean {
  return Object.values(attributes).some((value) => value instanceof Body);
}

/** The part that a node is in at the earliest: not before what it reads. What is fed or kept is there for all parts. */
function partOfReader(inputs: readonly Node[], part: Part): Part {
  let latest = part;
  for (const input of inputs) if (input.inputs.length > 0 && isLater(input.part, latest)) latest = input.part;
  return latest;
}
