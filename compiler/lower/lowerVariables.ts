import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import type { Assignment, VariableEndpoints } from "./endpoints.js";
import { attribute, type GraphDefBuilder } from "./graph-def.js";
import { gather, int32, placeholder, text } from "./nodes.js";
import { assignVariable, readVariable } from "./variables.js";

type Variables = ReadonlyMap<string, Node<"variable">>;

/** Lowers what sets and reads variables between the runs of graphs. */
export function lowerVariables(
  builder: GraphDefBuilder,
  variables: Variables,
  handles: ReadonlyMap<Node, TensorRef>,
): Map<string, VariableEndpoints> {
  const endpoints = new Map<string, VariableEndpoints>();
  for (const dtype of new Set([...variables.values()].map((node) => node.dtype))) {
    const ofDType = [...variables].filter(([, node]) => node.dtype === dtype);
    const alone = lowerOneOf(
      builder,
      ofDType.map(([, node]) => handles.get(node)!),
      dtype,
    );
    ofDType.forEach(([name, node], index) => {
      const handle = handles.get(node)!;
      const assign = assignment(builder, name, node, handle);
      const read = text(readVariable(builder, name, node, handle));
      endpoints.set(name, { assign, read, alone: { index, ...alone } });
    });
  }
  return endpoints;
}

/** Sets and reads whichever of these variables is asked for, by its place among them. */
function lowerOneOf(builder: GraphDefBuilder, handles: readonly TensorRef[], dtype: Node["dtype"]) {
  return builder.scope(`${dtype}Variable`, () => {
    const place = placeholder(builder, "place", "int32", []);
    const packed = builder.node("Pack", handles, {
      T: attribute.type("resource"),
      N: attribute.int(handles.length),
      axis: attribute.int(0),
    });
    const handle = gather(builder, packed, place, "resource");
    return {
      place: text(place),
      assign: assignment(builder, "value", { dtype, shape: null }, handle),
      read: text(readVariable(builder, "value", { dtype }, handle)),
    };
  });
}

function assignment(
  builder: GraphDefBuilder,
  name: string,
  node: { readonly dtype: Node["dtype"]; readonly shape: Node["shape"] | null },
  handle: TensorRef,
): Assignment {
  return builder.scope("assign", () => {
    const value = placeholder(builder, name, node.dtype, node.shape);
    // A variable keeps the memory of what it is given, and what is fed may be JavaScript's own: tfjs-node hands it over as it is where
    // it lies at a multiple of 64 bytes. TensorFlow's threads would free it, later, several at a time, which corrupts Node's heap.
    const own = builder.node("DeepCopy", [value], { T: attribute.type(node.dtype) });
    const set = assignVariable(builder, node, handle, own);
    // A session fetches tensors, and an assignment has none of its own.
    const done = builder.node("Identity", [builder.constant([1], [], "int32")], int32, {
      controls: [set],
      unique: true,
      name: "done",
    });
    return { value: text(value), done: text(done) };
  });
}
