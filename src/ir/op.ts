import type { Dim } from "../types/dim.js";
import type { NdArray } from "./array.js";
import type { Builder } from "./builder.js";
import type { DType } from "./dtype.js";
import type { Node, OpName, OpTable, Scope } from "./node.js";
import type { TensorflowLowering, TensorRef } from "./tensorflow-lowering.js";
import type { KernelRunner, TensorInfo } from "./tfjs-lowering.js";

/** What a shape rule finds out about a result. */
export interface Signature {
  readonly shape: readonly Dim[];
  readonly dtype: DType;
}

/** What a gradient rule is given. The driver un-broadcasts and sums contributions; a rule does neither. */
export interface GradientContext<K extends OpName> {
  readonly b: Builder;
  /** The node whose inputs' gradients are wanted. Its output is the node itself. */
  readonly node: Node<K>;
  readonly inputs: readonly Node[];
  /** The gradient of the loss with respect to the node's output, of the output's shape. */
  readonly dy: Node;
}

/** A gradient that does not exist, and why. Written down, never left out. */
export interface NotDifferentiable {
  readonly notDifferentiable: string;
}

/** One gradient per input, in order; `undefined` where an input has none (an index, a condition). */
export type GradientRule<K extends OpName> = (context: GradientContext<K>) => readonly (Node | undefined)[];

/** What runs a node is told of it besides its inputs. */
export interface RunContext<K extends OpName> {
  readonly attributes: OpTable[K];
  readonly dtype: DType;
  /** The output's shape, with every named dim resolved. */
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
  | "draws";

/** What is said of an op in words and traits. */
export interface Facts<K extends OpName> {
  readonly words?: Words<K>;
  readonly traits?: readonly Trait[];
}

/** The facts among all that a rule says: for what makes definitions from rules. */
export function factsOf<K extends OpName>({ words, traits }: Facts<K>): Facts<K> {
  return { ...(words && { words }), ...(traits && { traits }) };
}

/** What every op has, whether it computes a value or updates variables. */
interface OpBase<K extends OpName> extends Facts<K> {
  readonly name: K;
  /** The shape rule: the runtime twin of the rule in the public function's type. Throws `ShapewrightError`. */
  readonly infer: (inputs: readonly Signature[], attributes: OpTable[K]) => Signature;
  readonly gradient: GradientRule<K> | NotDifferentiable;
  /** Adds TensorFlow nodes and returns the one that holds the result. */
  readonly tensorflow: (t: TensorflowLowering, inputs: readonly TensorRef[], node: Node<K>) => TensorRef;
  /**
   * How many operations on numbers the op takes: an addition, a multiplication, a comparison or an elementary function
   * of one number counts 1, so a multiplication with an addition counts 2. Moving numbers, choosing between them or
   * changing their dtype counts nothing.
   */
  readonly flops: (sized: SizedNode<K>) => number;
  readonly samples: readonly Sample<K>[];
}

/** An op that computes a value from its inputs. */
export interface ValueOpDefinition<K extends OpName> extends OpBase<K> {
  /** Said where the result is the first input's own memory, perhaps under another shape: nothing is moved. */
  readonly view?: true;
  /** Runs tfjs kernels and returns the result. Intermediate results are disposed by the runner. */
  readonly tfjs: (k: KernelRunner, inputs: readonly TensorInfo[], context: RunContext<K>) => TensorInfo;
  /** The slow and obviously right kernel. */
  readonly reference: (inputs: readonly NdArray[], context: RunContext<K>) => NdArray;
}

/**
 * An op that gives variables new values. Its first `writes` inputs are the variables; everything in a graph reads the
 * values from before any update. Its value in the graph is the first variable's new value.
 */
export interface UpdateOpDefinition<K extends OpName> extends OpBase<K> {
  readonly writes: number;
  /** The new values of the variables written, in order. */
  readonly tfjs: (k: KernelRunner, inputs: readonly TensorInfo[], context: RunContext<K>) => readonly TensorInfo[];
  readonly reference: (inputs: readonly NdArray[], context: RunContext<K>) => readonly NdArray[];
}

/** Everything there is to know about an op. One file of `src/ops` holds one of these. */
export type OpDefinition<K extends OpName> = ValueOpDefinition<K> | UpdateOpDefinition<K>;

/** Whether an op updates variables. */
export function isUpdate<K extends OpName>(definition: OpDefinition<K>): definition is UpdateOpDefinition<K> {
  return "writes" in definition;
}

let nodesMade = 0;

/** The serial of the node made last: those made from now on have larger ones. */
export function lastSerial(): number {
  return nodesMade;
}

/**
 * Makes the node of an op after its shape rule has accepted the inputs. What reads a layer's variable belongs to that
 * layer, unless said otherwise.
 */
export function makeNode<K extends OpName>(
  definition: Pick<OpBase<K>, "name" | "infer">,
  inputs: readonly Node[],
  attributes: OpTable[K],
  scope?: Scope,
): Node<K> {
  return nodeOfSignature(definition.name, definition.infer(inputs, attributes), inputs, attributes, scope);
}

/** The same where the shape rule's answer is known already. */
export function nodeOfSignature<K extends OpName>(
  op: K,
  { shape, dtype }: Signature,
  inputs: readonly Node[],
  attributes: OpTable[K],
  scope?: Scope,
): Node<K> {
  const owner = scope ?? inputs.find((input) => input.op === "variable" && input.scope)?.scope;
  return Object.freeze({
    op,
    inputs: Object.freeze([...inputs]),
    attributes: Object.freeze(attributes) as OpTable[K],
    // Shapes are shared: most ops hand on that of an input, which is frozen.
    shape: Object.isFrozen(shape) ? shape : Object.freeze([...shape]),
    dtype,
    rank: shape.length,
    ...(owner && { scope: owner }),
    serial: ++nodesMade,
  });
}
