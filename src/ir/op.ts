import type { Dim } from "../types/dim.js";
import type { NdArray } from "./array.js";
import type { Builder } from "./builder.js";
import type { Control } from "./control.js";
import type { DType } from "./dtype.js";
import type { Facts } from "./facts.js";
import type { GradientRule, NotDifferentiable, ResultsGradientRule } from "./gradient-rule.js";
import type { Node, OpName, OpTable, Signature } from "./node.js";
import type { TensorflowLowering, TensorRef } from "./tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "./tfjs-lowering.js";
import type { TrainingRule } from "./training.js";

export type { Signature } from "./node.js";

/** An input as a shape rule sees it: a node, or only what is known of one. */
export interface Operand extends Signature {
  readonly results?: readonly Signature[] | undefined;
}

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
  /** The attributes that its rule for training alone reads: its kernels do not, and generated code leaves them out. */
  readonly trainingAlone?: readonly (keyof OpTable[K])[];
  /**
   * How many operations on numbers the op takes: an addition, a multiplication, a comparison or an elementary function
   * of one number counts 1, so a multiplication with an addition counts 2. Moving numbers, choosing between them or
   * changing their dtype counts nothing.
   */
  readonly flops: (sized: SizedNode<K>) => number;
  /**
   * Said of an op that fails at numbers that are not from 0 to below a size: which numbers, and the size; or at matrices without an
   * inverse. On TensorFlow, which takes
   * nodes in an order of its own, no variable of a step changes before.
   */
  readonly inRange?: (node: Node<K>) => InRange;
}

/** Numbers that have to be from 0 to below a size. */
export interface InRange {
  readonly numbers: Node;
  readonly size: Dim;
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
  /**
   * The TensorFlow rule where the first input is a variable, if there is one for such attributes: it takes the result from where the
   * variable is, whose handle it is given. A variable of which parts are changed in place would be copied to be read.
   */
  readonly fromVariable?: (attributes: OpTable[K]) => ValueRules<K>["tensorflow"] | undefined;
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
  /** Of an op with bodies: how it runs them. Whoever runs a graph runs these; the op's own kernels are never called. */
  readonly control?: (attributes: OpTable[K]) => Control;
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
  /** With such attributes, the places of the variables that are written and never read: generated code keeps none of them. */
  readonly unread?: (attributes: OpTable[K]) => readonly number[];
}

/** Everything there is to know about an op. One file of `src/ops` holds one of these. */
export type OpDefinition<K extends OpName> = ValueOpDefinition<K> | ResultsOpDefinition<K>;

/** Whether an op has several results. */
export function hasResults<K extends OpName>(definition: OpDefinition<K>): definition is ResultsOpDefinition<K> {
  return "several" in definition;
}
