import { create } from "@bufbuild/protobuf";
import { internalError } from "../../../src/ir/errors.js";
import { sameShape } from "../../../src/types/same-shape.js";
import { type GraphDef, GraphDefSchema } from "../saved-model/generated/tensorflow_pb.js";
import {
  type Attribute,
  attribute,
  attributeKey,
  type GraphDType,
  type GraphShape,
  type TensorValues,
} from "./attributes.js";
import { buildChoice, type Choice } from "./choice.js";
import { controlEdge, depth, edge, encloses, type Frame, type TensorRef } from "./frames.js";
import { GraphState } from "./graph-state.js";
import { outputTypes } from "./output-types.js";
import { reaching } from "./reaching.js";
import { buildWhileLoop, type WhileLoop } from "./while-loop.js";

/** The GraphDef version of TensorFlow 2.9, the oldest release that we write for. Newer releases read it too. */
const PRODUCER = 1087;

/** Constants of more bytes than this are the same where their array is: to compare their values would cost more than it finds. */
const SHARED_CONSTANT_BYTES = 4096;

/** Lists of integers up to this length are found again by their values. */
const MOST_SIZES = 16;

/** Ops of which two equal ones are two: they read, write, draw, or stand for different inputs. */
const STATEFUL = /^(Placeholder|ReadVariableOp|Assign|Resource|Random|VarIsInitialized|Assert|Print)/;

interface LargeConstant {
  readonly shape: readonly number[];
  readonly dtype: GraphDType;
  readonly ref: TensorRef;
}

/** How a node is made, beyond what it computes. */
export interface NodeOptions {
  /** The last part of the node's name; the op's name if absent. */
  readonly name?: string;
  /** Nodes that have to run before this one. */
  readonly controls?: readonly TensorRef[];
  /** The number of outputs; 1 if absent. */
  readonly outputs?: number;
  /** The dtypes of the outputs, where neither the op nor its attributes tell them and a loop uses them. */
  readonly dtypes?: readonly GraphDType[];
  /** Never shared with an equal node and never moved out of a loop. Ops that have state are so if it is absent. */
  readonly unique?: boolean;
}

/**
 * Builds a TensorFlow graph node by node.
 *
 * Equal nodes (same op, inputs, controls and attributes) are one node, except those that are `unique`. In a loop, a
 * node that depends on nothing of the loop is computed once, outside, and entered; so is every value from outside.
 */
export class GraphDefBuilder {
  /** Whether the graph may have nodes of ops that only our own kernels compute. */
  readonly hasOwnKernels: boolean;
  readonly #graph = new GraphState();
  readonly #shared = new Map<string, TensorRef>();
  readonly #sizes = new Map<string, TensorRef>();
  /** Large constants: graphs that are written together, such as training and prediction, read the same arrays. */
  readonly #large = new Map<TensorValues, readonly LargeConstant[]>();
  readonly #saysShapes: boolean;

  /**
   * @param options.hasOwnKernels whether the graph may have nodes of ops that only our own kernels compute
   * @param options.saysShapes whether nodes say their outputs' shapes, for who draws the graph; whoever runs it infers them
   */
  constructor({ hasOwnKernels = false, saysShapes = false } = {}) {
    this.hasOwnKernels = hasOwnKernels;
    this.#saysShapes = saysShapes;
  }

  /** Adds a node, or finds the one that is equal to it, and returns its output 0. */
  node(
    op: string,
    inputs: readonly TensorRef[],
    attributes: Readonly<Record<string, Attribute>> = {},
    options: NodeOptions = {},
  ): TensorRef {
    const { name = op, controls = [], outputs = 1, unique = STATEFUL.test(op) } = options;
    const frame = this.#home(inputs, controls, unique);
    const edges = this.#edges(inputs, controls, frame);
    const dtypes = options.dtypes ?? outputTypes(op, attributes, outputs);
    const record = { op, frame, dtypes };
    if (unique) return this.#graph.add(name, edges, attributes, record);

    const key = keyOf(op, edges, attributes, frame);
    const found = this.#shared.get(key);
    if (found !== undefined) {
      this.#graph.learnOutputs(found, dtypes);
      return found;
    }
    const ref = this.#graph.add(name, edges, attributes, record);
    this.#shared.set(key, ref);
    return ref;
  }

  /** Another output of a node that has several. */
  output(ref: TensorRef, index: number): TensorRef {
    const count = this.#graph.record(ref).dtypes.length;
    if (index >= count) throw internalError(`${ref.node} has ${count} outputs, so none with index ${index}`);
    return { node: ref.node, output: index };
  }

  /** A constant; its values stand in row-major order. */
  constant(values: TensorValues, shape: readonly number[], dtype: GraphDType, name = "Const"): TensorRef {
    // Sizes and axes are the same few again and again.
    if (dtype !== "int32" || values.length > MOST_SIZES) return this.#newConstant(values, shape, dtype, name);
    const key = `${shape.join()}:${values.join()}`;
    const known = this.#sizes.get(key) ?? this.#newConstant(values, shape, dtype, name);
    this.#sizes.set(key, known);
    return known;
  }

  #newConstant(values: TensorValues, shape: readonly number[], dtype: GraphDType, name: string): TensorRef {
    const large = this.#large.get(values) ?? [];
    const known = large.find((one) => one.dtype === dtype && sameShape(one.shape, shape));
    if (known) return known.ref;
    const value = attribute.tensor(values, shape, dtype);
    const bytes = value.value.case === "tensor" ? value.value.value.tensorContent.length : 0;
    const attributes = { value, dtype: attribute.type(dtype) };
    const isLarge = bytes > SHARED_CONSTANT_BYTES;
    const ref = this.node("Const", [], attributes, { name, unique: isLarge });
    this.sayShape(ref, shape);
    if (isLarge) this.#large.set(values, [...large, { shape, dtype, ref }]);
    return ref;
  }

  /** Says which shape a value has. */
  sayShape(ref: TensorRef, shape: GraphShape): void {
    if (this.#saysShapes) this.#graph.sayShape(ref, shape);
  }

  /** The dtype of a value. Throws where it is not known; then the node has to be made with `dtypes`. */
  dtype(ref: TensorRef): GraphDType {
    return this.#graph.dtype(ref);
  }

  /** Runs `build` with `name/` before the names of the nodes that it makes. */
  scope<R>(name: string, build: () => R): R {
    return this.#graph.nestedScope(name, build);
  }

  /** Adds a loop and returns the final values of what it carries. See {@link WhileLoop}. */
  whileLoop(loop: WhileLoop): TensorRef[] {
    return buildWhileLoop(loop, this.#graph);
  }

  /** Adds a choice of two ways and returns the values that the chosen one gives. See {@link Choice}. */
  choice(choice: Choice): TensorRef[] {
    return buildChoice(choice, this.#graph);
  }

  /** The graph as built so far, or of it what some values are made of. */
  finish(ends?: readonly TensorRef[]): GraphDef {
    const { nodes } = this.#graph;
    const node = ends ? reaching(nodes, ends) : [...nodes];
    return create(GraphDefSchema, { node, versions: { producer: PRODUCER, minConsumer: 0 } });
  }

  /** The loop that a node stands in: the innermost one of what it depends on, or this one if it may not be moved. */
  #home(inputs: readonly TensorRef[], controls: readonly TensorRef[], unique: boolean): Frame | undefined {
    const current = this.#graph.frame;
    let home = unique && inputs.length + controls.length > 0 ? current : undefined;
    for (const ref of [...inputs, ...controls]) {
      const { frame } = this.#graph.record(ref);
      if (!encloses(frame, current))
        throw internalError(`${edge(ref)} is used outside of the loop ${frame?.name} that it belongs to`);
      if (depth(frame) > depth(home)) home = frame;
    }
    return home;
  }

  #edges(inputs: readonly TensorRef[], controls: readonly TensorRef[], home: Frame | undefined): string[] {
    const gates = controls.map((ref) => controlEdge(this.#graph.bringControl(ref, home)));
    // In its last round a loop's condition is false and the body must not run. What depends on nothing of the round, or of a way
    // that is not chosen, would run all the same, so it waits for the control.
    const ofThisRound = [...inputs, ...controls].some((ref) => this.#graph.record(ref).frame === home);
    if (!ofThisRound && home?.control !== undefined) gates.push(controlEdge(home.control));
    return [...inputs.map((ref) => edge(this.#graph.bring(ref, home))), ...new Set(gates.sort())];
  }
}

/** A text that equal nodes have in common, and no others: names have no spaces, and what may have some comes with its length. */
function keyOf(
  op: string,
  edges: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
  frame: Frame | undefined,
): string {
  let key = `${frame?.name ?? ""} ${op} ${edges.length} ${edges.join(" ")}`;
  for (const name of Object.keys(attributes).sort()) {
    const text = attributeKey(attributes[name]!);
    key += ` ${name} ${text.length} ${text}`;
  }
  return key;
}
