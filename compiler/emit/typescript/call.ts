import { isOp, type Node } from "../../../src/ir/node.js";
import type { Dim } from "../../../src/types/dim.js";
import { arrayLiteral, literal, numberLiteral } from "./literals.js";

/** A call of one of the helper's functions. */
export interface Call {
  readonly helper: string;
  readonly arguments: readonly string[];
}

/** How parts of a call are written. */
export interface Writing {
  /** The value of an input: a name, a variable of the state, a number. */
  value(node: Node): string;
  /** The number that a scalar is, as an expression. */
  number(node: Node): string;
  /** The size of a dim. */
  size(dim: Dim): string;
}

/** The call that computes a node. Shapes are written as sizes. */
export function callOf(node: Node, { value, number, size }: Writing): Call {
  const sizes = (dims: readonly Dim[]) => `[${dims.map(size).join(", ")}]`;
  const inputs = node.inputs.map(value);
  const call = (...rest: string[]): Call => ({ helper: node.op, arguments: [...inputs, ...rest] });

  if (isOp(node, "constant")) {
    const { value: array } = node.attributes;
    const numbers = node.rank === 0 ? `[${numberLiteral(Number(array.data[0]), array.dtype)}]` : arrayLiteral(array);
    const dtype = array.dtype === "float32" ? [] : [JSON.stringify(array.dtype)];
    return { helper: "tensor", arguments: [numbers, literal([...array.shape]), ...dtype] };
  }
  if (isOp(node, "size")) return { helper: "tensor", arguments: [`[${number(node)}]`, "[]"] };
  if (isOp(node, "reshape") || isOp(node, "broadcastTo")) return call(sizes(node.shape));
  if (isOp(node, "cast")) return call(JSON.stringify(node.attributes.dtype));
  if (isOp(node, "randomUniform") || isOp(node, "randomNormal")) return call(`{ shape: ${sizes(node.shape)} }`);
  if (isOp(node, "concat")) {
    const joined = `[${inputs.join(", ")}]`;
    return { helper: "concat", arguments: [joined, `{ axis: ${node.attributes.axis}, shape: ${sizes(node.shape)} }`] };
  }
  if (isOp(node, "slice")) {
    return call(`{ begin: ${sizes(node.attributes.begin)}, size: ${sizes(node.attributes.size)} }`);
  }
  if (isOp(node, "split")) return call(`{ axis: ${node.attributes.axis}, sizes: ${sizes(node.attributes.sizes)} }`);
  if (isOp(node, "pad")) {
    const { paddings, value: filler } = node.attributes;
    const pairs = `[${paddings.map(sizes).join(", ")}]`;
    return call(`{ paddings: ${pairs}, value: ${literal(filler)}, shape: ${sizes(node.shape)} }`);
  }
  if (isOp(node, "convolutionBackpropInput") || isOp(node, "averagePoolGradient")) {
    const { inputShape, ...window } = node.attributes;
    return call(`${literal(window).slice(0, -2)}, inputShape: ${sizes(inputShape)} }`);
  }
  const attributes = Object.fromEntries(Object.entries(node.attributes).filter(([, entry]) => entry !== undefined));
  const set = isOp(node, "dot") ? Object.fromEntries(Object.entries(attributes).filter(([, on]) => on)) : attributes;
  return Object.keys(set).length === 0 ? call() : call(literal(set));
}
