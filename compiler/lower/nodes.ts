import type { Node } from "../../src/ir/node.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import { attribute, type GraphDefBuilder, type GraphDType } from "./graph-def.js";

/** The attribute `T` of ops on int32. */
export const int32 = { T: attribute.type("int32") };

/** A value as another dtype. */
export function cast(builder: GraphDefBuilder, value: TensorRef, from: GraphDType, to: GraphDType): TensorRef {
  return builder.node("Cast", [value], { SrcT: attribute.type(from), DstT: attribute.type(to) });
}

/** The rows of a tensor that indices name. */
export function gather(builder: GraphDefBuilder, rows: TensorRef, indices: TensorRef, dtype: GraphDType): TensorRef {
  return builder.node("GatherV2", [rows, indices, builder.constant([0], [], "int32")], {
    Tparams: attribute.type(dtype),
    Tindices: attribute.type("int32"),
    Taxis: attribute.type("int32"),
    batch_dims: attribute.int(0),
  });
}

/** The sizes of named dims, read off the shapes of what is fed, where they are not given. */
export function sizesOf(
  builder: GraphDefBuilder,
  feeds: ReadonlyMap<Node, TensorRef>,
  given: ReadonlyMap<string, TensorRef>,
): Map<string, TensorRef> {
  const sizes = new Map(given);
  for (const [node, ref] of feeds) {
    node.shape.forEach((dim, axis) => {
      if (typeof dim !== "string" || sizes.has(dim)) return;
      const shape = builder.node("Shape", [ref], { T: attribute.type(node.dtype), out_type: attribute.type("int32") });
      builder.sayShape(shape, [node.rank]);
      const size = gather(builder, shape, builder.constant([axis], [], "int32"), "int32");
      builder.sayShape(size, []);
      sizes.set(dim, size);
    });
  }
  return sizes;
}

/** A tensor that is fed; a shape of `null` is any. */
export function placeholder(
  builder: GraphDefBuilder,
  name: string,
  dtype: Node["dtype"],
  shape: Node["shape"] | null,
): TensorRef {
  const attributes = { dtype: attribute.type(dtype), shape: attribute.shape(shape && knownSizes({ shape })) };
  return builder.node("Placeholder", [], attributes, { name });
}

/** A shape for TensorFlow: a named dim is unknown. */
export function knownSizes({ shape }: Pick<Node, "shape">): (number | null)[] {
  return shape.map((dim) => (typeof dim === "number" ? dim : null));
}

/** A tensor's name, as TensorFlow writes it. */
export function text(ref: TensorRef): string {
  return `${ref.node}:${ref.output}`;
}

/** A record with its values mapped. */
export function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
