import { finalValues, type Graph } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { definitionOf, hasTrait } from "../../../src/ops/registry.js";
import { inPlaceRulesOf, variablesChanged } from "../../analysis/in-place.js";
import { numberLiteral } from "./literals.js";

/** The most signs that a number's expression has: each use writes it out, so what is used twice by what is used twice doubles. */
const mostSigns = 16;

/**
 * The scalars that generated code holds as numbers of JavaScript, not as tensors: constants, sizes and what is computed
 * from these, where all that use them take numbers.
 */
export function plainNumbers(graph: Graph): Set<Node> {
  const plain = new Set<Node>();
  const signs = new Map<Node, number>();
  for (const node of graph.nodes) {
    if (!isComputable(node, plain)) continue;
    const written = node.inputs.reduce((sum, input) => sum + signs.get(input)!, node.inputs.length > 0 ? 1 : 0);
    if (written > mostSigns) continue;
    signs.set(node, written);
    plain.add(node);
  }
  const outputs = new Set(finalValues(graph));
  for (const user of [...graph.nodes].reverse()) {
    if (outputs.has(user)) plain.delete(user);
    // What is a number is computed from numbers; what was taken out, is made a tensor from a number.
    if (isArithmetic(user) && user.inputs.every((input) => plain.has(input))) continue;
    user.inputs.forEach((input, position) => {
      if (plain.has(input) && !takesNumber(user, position, plain)) plain.delete(input);
    });
  }
  return plain;
}

/** The expression for a number, `name` giving that of a size. */
export function numberExpression(node: Node, name: (dim: number | string) => string): string {
  if (isOp(node, "constant")) {
    const { data, dtype } = node.attributes.value;
    return numberLiteral(Number(data[0]), dtype);
  }
  if (isOp(node, "size")) {
    const sizes = node.attributes.dims.filter((dim) => dim !== 1);
    return sizes.map(name).join(" * ") || "1";
  }
  const operands = node.inputs.map((input, i) => {
    const text = numberExpression(input, name);
    const isFirst = i === 0 && node.inputs.length > 1;
    return text.includes(" ") || (text.startsWith("-") && !isFirst) ? `(${text})` : text;
  });
  return operands.length === 1 ? `-${operands[0]}` : operands.join(` ${signOf(node)} `);
}

/** Whether a node can be written as a number, if its inputs are. */
function isComputable(node: Node, plain: ReadonlySet<Node>): boolean {
  if (node.rank !== 0 || node.dtype === "bool") return false;
  if (isOp(node, "constant") || isOp(node, "size")) return true;
  return isArithmetic(node) && node.inputs.every((input) => plain.has(input));
}

function isArithmetic(node: Node): boolean {
  return node.rank === 0 && node.dtype === "float32" && (signOf(node) !== undefined || isOp(node, "neg"));
}

/** JavaScript's operator for an op. */
function signOf(node: Node): string | undefined {
  return definitionOf(node.op).words?.sign;
}

/** Whether an input may be given as a number: a tensor stands beside it that says the dtype. */
function takesNumber(user: Node, position: number, plain: ReadonlySet<Node>): boolean {
  const beside = user.inputs.some((input, i) => i !== position && input.dtype !== "bool" && !plain.has(input));
  // The helpers of what is broadcast take numbers for any operand.
  if (hasTrait(user, "broadcasts")) return beside;
  if (isOp(user, "select")) return position > 0 && beside;
  if (isOp(user, "broadcastTo")) return user.dtype === "float32";
  const isRule = inPlaceRulesOf(user) !== undefined && position >= variablesChanged(user).length;
  return isRule && user.inputs[position]!.dtype === "float32";
}
