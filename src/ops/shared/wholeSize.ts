import { makeNode } from "../../ir/makeNode.js";
import type { Node } from "../../ir/node.js";
import type { Dim } from "../../types/dim.js";
import { castOp } from "../cast.js";
import { scalarNode } from "../constant.js";
import { sizeNode } from "../size.js";

/** A size as a number of the graph, int32. */
export function wholeSize(dim: Dim): Node {
  return typeof dim === "number" ? scalarNode(dim, "int32") : makeNode(castOp, [sizeNode([dim])], { dtype: "int32" });
}
