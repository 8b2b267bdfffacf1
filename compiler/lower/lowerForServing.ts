import { elementCount, type NdArray } from "../../src/ir/array.js";
import { withinBodies } from "../../src/ir/body.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { Graph } from "../../src/ir/graph.js";
import { isOp, type Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Computation } from "../program.js";
import { attribute, GraphDefBuilder } from "./graph-def.js";
import { lowerCall } from "./lowerCall.js";
import { knownSizes, mapValues } from "./nodes.js";
import { type Signature, type SignatureTensor, savedModelParts } from "./saved-model/write.js";
import { signatureInputs } from "./signatureInputs.js";
import { assignVariable, readVariable, variableHandle } from "./variables.js";

/** TensorFlow reads no message of this many bytes or more. Next to the values, a graph takes little. */
const mostBytes = 2 ** 31 - 2 ** 24;

/**
 * The bytes of a `saved_model.pb` that stands alone, in parts one after the other: TensorFlow gives its variables their values when it has loaded it.
 * Its signature `serving_default` is the computation's call. Where the computation runs over batches, there are also
 * `evaluate` and `train`, one batch each, with targets as further inputs, and `weights`, every variable by its name.
 *
 * The values stand in the graph as constants, not in checkpoint files beside it, so that the one file is the whole model
 * and can be replaced in one step.
 *
 * @param computation one that is retargeted to TensorFlow
 * @param values the value of every variable; a frozen computation has none
 * @throws SW_VALUE when values and constants take 2 GiB or more, which is more than TensorFlow reads
 */
export function lowerForServing(
  { variables, inputs, call, batches }: Computation,
  values: ReadonlyMap<string, NdArray> = new Map(),
): Uint8Array[] {
  checkSize([call, ...(batches ? [batches.train, batches.evaluate] : [])], [...values.values()]);
  const builder = new GraphDefBuilder({ saysShapes: true });
  const handles = new Map<Node, TensorRef>();
  for (const [name, node] of variables) handles.set(node, variableHandle(builder, name, node));
  const initializer = variables.size > 0 ? lowerInitializer(builder, variables, handles, values) : undefined;

  const signature = (graph: Graph, fed: ReadonlyMap<string, Node>) => lowerSignature(builder, graph, fed, handles);
  const signatures: Record<string, Signature> = { serving_default: signature(call, signatureInputs(inputs)) };
  if (batches) {
    const fed = signatureInputs(batches.feeds);
    signatures.evaluate = signature(batches.evaluate, fed);
    signatures.train = signature(batches.train, fed);
    signatures.weights = lowerWeights(builder, variables, handles);
  }
  const tensors = Object.values(signatures).flatMap(({ inputs, outputs }) => [
    ...Object.values(inputs),
    ...Object.values(outputs),
  ]);
  const ends = [...tensors.map(({ ref }) => ref), ...(initializer ? [initializer] : [])];
  return savedModelParts({ graphDef: builder.finish(ends), signatures, ...(initializer && { initializer }) });
}

/** The node that gives every variable its value. */
function lowerInitializer(
  builder: GraphDefBuilder,
  variables: ReadonlyMap<string, Node>,
  handles: ReadonlyMap<Node, TensorRef>,
  values: ReadonlyMap<string, NdArray>,
): TensorRef {
  const controls = [...variables].map(([name, node]) => {
    const value = builder.scope("initial", () => valueNode(builder, name, values.get(name)!));
    return builder.scope("assign", () => assignVariable(builder, node, handles.get(node)!, value));
  });
  return builder.node("NoOp", [], {}, { name: "initialize", controls, outputs: 0, unique: true });
}

function lowerSignature(
  builder: GraphDefBuilder,
  graph: Graph,
  inputs: ReadonlyMap<string, Node>,
  handles: ReadonlyMap<Node, TensorRef>,
): Signature {
  const call = lowerCall(builder, graph, inputs, handles);
  return {
    inputs: mapValues(call.inputs, (ref, name) => signatureTensor(inputs.get(name)!, ref)),
    outputs: mapValues(call.outputs, (ref, name) => signatureTensor(graph.outputs[name]!, ref)),
  };
}

function lowerWeights(
  builder: GraphDefBuilder,
  variables: ReadonlyMap<string, Node>,
  handles: ReadonlyMap<Node, TensorRef>,
): Signature {
  const reads = [...variables].map(([name, node]) => {
    const read = readVariable(builder, name, node, handles.get(node)!);
    builder.sayShape(read, knownSizes(node));
    return [name, signatureTensor(node, read)] as const;
  });
  return { inputs: {}, outputs: Object.fromEntries(reads) };
}

function signatureTensor(node: Node, ref: TensorRef): SignatureTensor {
  return { ref, dtype: node.dtype, shape: knownSizes(node) };
}

/** A constant; where all its elements are one number, as an optimizer's are at first, made when the graph is run. */
function valueNode(builder: GraphDefBuilder, name: string, { data, shape, dtype }: NdArray): TensorRef {
  if (shape.length === 0 || !isUniform(data)) return builder.constant(data, shape, dtype, name);
  const [dims, element] = [builder.constant(shape, [shape.length], "int32"), builder.constant([data[0]!], [], dtype)];
  const attributes = { T: attribute.type(dtype), index_type: attribute.type("int32") };
  const filled = builder.node("Fill", [dims, element], attributes, { name, unique: true });
  builder.sayShape(filled, shape);
  return filled;
}

function isUniform(data: NdArray["data"]): boolean {
  for (let i = 1; i < data.length; i++) if (!Object.is(data[i], data[0])) return false;
  return data.length > 1;
}

function checkSize(graphs: readonly Graph[], values: readonly NdArray[]): void {
  const constants = graphs.flatMap(({ nodes }) =>
    withinBodies(nodes).flatMap((node) => (isOp(node, "constant") ? [node.attributes.value] : [])),
  );
  // What several graphs read is written once.
  const written = new Set([...constants, ...values.filter(({ data }) => !isUniform(data))]);
  const bytes = [...written].reduce((sum, { data, shape }) => sum + elementCount(shape) * data.BYTES_PER_ELEMENT, 0);
  if (bytes < mostBytes) return;
  const message =
    `SavedModel: weights and constants take ${(bytes / 2 ** 30).toFixed(2)} GiB, but TensorFlow reads no graph of 2 GiB or more. ` +
    "Take the weights out of the session one by one with getWeight(), and keep them in files of your own";
  throw new ShapewrightError("SW_VALUE", message);
}
