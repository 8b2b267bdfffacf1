import type { Builder } from "../ir/builder.js";
import { makeNode } from "../ir/makeNode.js";
import { productOf } from "../types/product.js";
import { constantOp, scalarNode } from "./constant.js";
import { definitionOf } from "./registry.js";
import { resultsOf } from "./result.js";
import { sizeNode } from "./size.js";

/** Builds nodes of any op by name. */
export const builder: Builder = {
  op: (name, inputs, ...[attributes]) => makeNode(definitionOf(name), inputs, attributes ?? ({} as never)),
  results: resultsOf,
  scalar: scalarNode,
  constant: (value) => makeNode(constantOp, [], { value }),
  product: productOf,
  size: (dims) =>
    dims.every((dim) => typeof dim === "number")
      ? scalarNode(dims.reduce<number>((product, dim) => product * (dim as number), 1))
      : sizeNode(dims),
};
