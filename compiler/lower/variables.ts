import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import { attribute, type GraphDefBuilder } from "./graph-def.js";

/** The resource handle of a variable. */
export function variableHandle(builder: GraphDefBuilder, name: string, { dtype, shape }: Node): TensorRef {
  return builder.node(
    "VarHandleOp",
    [],
    {
      dtype: attribute.type(dtype),
      shape: attribute.shape(shape as number[]),
      shared_name: attribute.string(name),
      container: attribute.string(""),
    },
    { name, unique: true },
  );
}

/** The value of a variable, outside of the graphs that compute with it. */
export function readVariable(
  builder: GraphDefBuilder,
  name: string,
  { dtype }: Pick<Node, "dtype">,
  handle: TensorRef,
): TensorRef {
  const attributes = { dtype: attribute.type(dtype) };
  return builder.scope("read", () => builder.node("ReadVariableOp", [handle], attributes, { name }));
}

/** Gives a variable a value. It has no output: what is to come after it has to wait for it. */
export function assignVariable(
  builder: GraphDefBuilder,
  { dtype }: Pick<Node, "dtype">,
  handle: TensorRef,
  value: TensorRef,
  controls: readonly TensorRef[] = [],
): TensorRef {
  const attributes = { dtype: attribute.type(dtype) };
  return builder.node("AssignVariableOp", [handle, value], attributes, { outputs: 0, controls });
}
