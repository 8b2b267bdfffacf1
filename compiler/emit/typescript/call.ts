import { isOp, type Node } from "../../../src/ir/node.js";
import { definitionOf } from "../../../src/ops/registry.js";
import type { Dim } from "../../../src/types/dim.js";
import { key } from "./identifiers.js";
import { arrayLiteral, literal } from "./literals.js";

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
  /** What holds the numbers of a constant, where they are not written out. */
  numbers?(node: Node): string | undefined;
}

/** The call that computes a node. Shapes are written as sizes. */
export function callOf(node: Node, { value, number, size, numbers: numbersOf }: Writing): Call {
  const inputs = node.inputs.map(value);
  if (isOp(node, "constant")) {
    const { value: array } = node.attributes;
    const numbers = numbersOf?.(node) ?? arrayLiteral(array);
    const dtype = array.dtype === "float32" ? [] : [JSON.stringify(array.dtype)];
    return { helper: "tensor", arguments: [numbers, literal([...array.shape]), ...dtype] };
  }
  if (isOp(node, "size")) return { helper: "tensor", arguments: [`[${number(node)}]`, "[]"] };
  const set = attributesOf(node, size);
  return { helper: node.op, arguments: set.length === 0 ? inputs : [...inputs, `{ ${set.join(", ")} }`] };
}

/** The attributes as an object has them, sizes where the op takes dims. A product's that are off, and what is training's alone, go without saying. */
function attributesOf(node: Node, size: Writing["size"]): string[] {
  const { dims = [], trainingAlone = [] } = definitionOf(node.op);
  const isSaid = (value: unknown) => value !== undefined && !(isOp(node, "dot") && !value);
  const sizes = (value: Dim | readonly unknown[]): string =>
    Array.isArray(value) ? `[${value.map(sizes).join(", ")}]` : size(value as Dim);
  // What a reshape may leave open is known in the node.
  const attributes: object = isOp(node, "reshape") ? { shape: node.shape } : node.attributes;
  return Object.entries(attributes)
    .filter(([name, value]) => isSaid(value) && !(trainingAlone as readonly string[]).includes(name))
    .map(([name, value]) => `${key(name)}: ${dims.includes(name) ? sizes(value) : literal(value)}`);
}
