import { create } from "@bufbuild/protobuf";
import { internalError } from "../../../src/ir/errors.js";
import { type NodeDef, NodeDefSchema } from "../saved-model/generated/tensorflow_pb.js";
import { type Attribute, attribute, type GraphDType, type GraphShape } from "./attributes.js";
import { controlEdge, edge, encloses, type Frame, type NodeRecord, type TensorRef } from "./frames.js";
import { NameTable } from "./names.js";

/** Ops whose result has the shape of their first input: what convolutions and products are followed by within one op of ours, and loops. */
const keepsShape =
  /^(NextIteration|TensorScatterUpdate|BiasAdd|Relu|Relu6|LeakyRelu|Elu|Selu|Sigmoid|Tanh|Softplus|Softmax)$/;

/** The nodes of a graph under construction, and where in it we are: the name scope and the loop. */
export class GraphState {
  readonly nodes: NodeDef[] = [];
  readonly #byName = new Map<string, NodeDef>();
  readonly #records = new Map<string, NodeRecord>();
  readonly #shapes = new Map<string, (GraphShape | null)[]>();
  readonly #names = new NameTable();
  #scope: readonly string[] = [];
  #frame: Frame | undefined;

  /** The loop whose condition or body is being built. */
  get frame(): Frame | undefined {
    return this.#frame;
  }

  /** Adds a node as it is given; its inputs have to stand in its frame already. */
  add(
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    record: NodeRecord,
  ): TensorRef {
    const unique = this.uniqueName(name);
    const attr: Record<string, Attribute> = {};
    for (const key of Object.keys(attributes).sort()) attr[key] = attributes[key]!;
    const node = create(NodeDefSchema, { name: unique, op: record.op, input: [...inputs], attr });
    this.nodes.push(node);
    this.#byName.set(unique, node);
    this.#records.set(unique, record);
    return { node: unique, output: 0 };
  }

  /** Replaces one input of a node: a loop's back edge is known only after its body. */
  setInput(ref: TensorRef, index: number, input: string): void {
    this.#byName.get(ref.node)!.input[index] = input;
  }

  record(ref: TensorRef): NodeRecord {
    const record = this.#records.get(ref.node);
    if (record === undefined) throw internalError(`no node is named ${ref.node}`);
    return record;
  }

  /** Of those who share a node, the one that speaks of the most outputs knows best. */
  learnOutputs(ref: TensorRef, dtypes: NodeRecord["dtypes"]): void {
    const record = this.record(ref);
    if (dtypes.length > record.dtypes.length) this.#records.set(ref.node, { ...record, dtypes });
  }

  /** Writes a shape where TensorFlow's own graphs have it: those of all outputs stand in one list. */
  sayShape(ref: TensorRef, shape: GraphShape): void {
    const shapes = this.#shapes.get(ref.node) ?? this.record(ref).dtypes.map(() => null);
    shapes[ref.output] = shape;
    this.#shapes.set(ref.node, shapes);
    const node = this.#byName.get(ref.node)!;
    node.attr._output_shapes = attribute.shapes(shapes);
    const [first] = node.input;
    if (keepsShape.test(node.op) && this.#byName.has(first!)) this.sayShape({ node: first!, output: 0 }, shape);
  }

  /** The shape that a value is said to have. */
  shape(ref: TensorRef): GraphShape | undefined {
    return this.#shapes.get(ref.node)?.[ref.output] ?? undefined;
  }

  /** Says of a value what is said of another that it is handed on from. */
  sayShapeOf(ref: TensorRef, from: TensorRef): void {
    const shape = this.shape(from);
    if (shape) this.sayShape(ref, shape);
  }

  dtype(ref: TensorRef): GraphDType {
    const { op, dtypes } = this.record(ref);
    const dtype = dtypes[ref.output];
    if (dtype === undefined)
      throw internalError(`the dtype of ${edge(ref)} (${op}) is not known; make it with \`dtypes\``);
    return dtype;
  }

  uniqueName(name: string): string {
    return this.#names.unique([...this.#scope, name].join("/"));
  }

  scope<R>(path: readonly string[], build: () => R): R {
    const outer = this.#scope;
    this.#scope = path;
    try {
      return build();
    } finally {
      this.#scope = outer;
    }
  }

  nestedScope<R>(name: string, build: () => R): R {
    return this.scope([...this.#scope, name], build);
  }

  within<R>(frame: Frame, build: () => R): R {
    const outer = this.#frame;
    this.#frame = frame;
    try {
      return build();
    } finally {
      this.#frame = outer;
    }
  }

  /** The same value in `frame`: as it is, or entered through every loop between its own frame and that one. */
  bring(ref: TensorRef, frame: Frame | undefined): TensorRef {
    const own = this.record(ref).frame;
    if (own === frame) return ref;
    if (frame === undefined || !encloses(own, frame))
      throw internalError(`${edge(ref)} is used outside of the loop ${own?.name} that it belongs to`);
    const found = frame.entered.get(edge(ref));
    if (found !== undefined) return found;
    const outer = this.bring(ref, frame.parent);
    const kind = frame.entry.kind === "loop" ? "Enter" : "Switch";
    const entered = this.enter(outer, frame, `${kind}/${ref.node.split("/").at(-1)}`);
    frame.entered.set(edge(ref), entered);
    return entered;
  }

  /** A control edge cannot come into a frame, but a constant that waits for the node can. */
  bringControl(ref: TensorRef, frame: Frame | undefined): TensorRef {
    const own = this.record(ref).frame;
    if (own === frame) return ref;
    const found = frame?.entered.get(controlEdge(ref));
    if (found !== undefined) return found;
    const attributes = { value: attribute.tensor([0], [], "int32"), dtype: attribute.type("int32") };
    const record: NodeRecord = { op: "Const", frame: own, dtypes: ["int32"] };
    const entered = this.bring(
      this.add(`${ref.node.split("/").at(-1)}/done`, [controlEdge(ref)], attributes, record),
      frame,
    );
    frame?.entered.set(controlEdge(ref), entered);
    return entered;
  }

  /**
   * The node by which a value of the frame's parent comes into it: an `Enter`, of what every round sees unless `changing` says otherwise,
   * or the output of a `Switch` that is alive in the frame.
   */
  enter(ref: TensorRef, frame: Frame, name: string, changing = false): TensorRef {
    const { entry } = frame;
    const dtype = this.dtype(ref);
    const T = attribute.type(dtype);
    // What is within a loop must not start in its last round, in which the body doesn't run, nor in a way that is not chosen.
    const gate = frame.parent?.control;
    const gates = gate === undefined ? [] : [controlEdge(gate)];
    if (entry.kind === "choice") {
      const record: NodeRecord = { op: "Switch", frame, dtypes: [dtype, dtype] };
      const { node } = this.add(name, [edge(ref), edge(entry.predicate), ...gates], { T }, record);
      for (const output of [0, 1]) this.sayShapeOf({ node, output }, ref);
      return { node, output: entry.output };
    }
    const attributes = {
      T,
      frame_name: attribute.string(frame.name),
      is_constant: attribute.bool(!changing),
      parallel_iterations: attribute.int(entry.parallelIterations),
    };
    const entered = this.add(name, [edge(ref), ...gates], attributes, { op: "Enter", frame, dtypes: [dtype] });
    this.sayShapeOf(entered, ref);
    return entered;
  }
}
