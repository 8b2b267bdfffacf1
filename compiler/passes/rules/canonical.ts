import { isOp, type Node } from "../../../src/ir/node.js";
import { scalarValue } from "../evaluateConstant.js";
import { inPlaceOf } from "../rewrite.js";
import { negated, type Rule, scalarLike } from "./rule.js";

/** One form for what can be written in several, so that equal things are found to be equal, and constants meet. */
export const canonical: readonly Rule[] = [
  {
    name: "c + x = x + c, c · x = x · c, c = x is x = c: constants stand on the right",
    // Not maximum and minimum: of a number and a NaN, kernels give the one or the other by their places.
    ops: ["add", "multiply", "equal", "notEqual"],
    rewrite(node) {
      const [c, x] = node.inputs;
      return isOp(c!, "constant") && !isOp(x!, "constant") ? inPlaceOf(node, node.op as "add", [x!, c]) : undefined;
    },
  },
  {
    name: "x / 2ⁿ = x · 2⁻ⁿ",
    ops: ["divide"],
    rewrite(node) {
      const divisor = scalarValue(node.inputs[1]!);
      if (divisor === undefined || node.dtype !== "float32" || !isPowerOfTwo(divisor)) return undefined;
      return inPlaceOf(node, "multiply", [node.inputs[0]!, scalarLike(node, 1 / divisor)]);
    },
  },
  {
    name: "(x + a) + b = x + (a + b), for a and b of one sign, with an a + b that is not rounded",
    // Near x = -a, the rounding of 1e8 + 1 would be all of the result.
    ops: ["add"],
    rewrite: (node) => chained(node, (a, b) => (a > 0 === b > 0 && Math.fround(a + b) === a + b ? a + b : Number.NaN)),
  },
  {
    name: "(x · a) · b = x · (a · b), for a and b both from -1 to 1, or neither",
    // Of the others, one product may overflow where the other does not.
    ops: ["multiply"],
    rewrite: (node) => chained(node, (a, b) => (Math.abs(a) <= 1 === Math.abs(b) <= 1 ? a * b : Number.NaN)),
  },
  {
    name: "-(x · a) = x · -a",
    ops: ["neg"],
    rewrite({ inputs: [product] }) {
      const a = isOp(product!, "multiply") ? scalarValue(product.inputs[1]!) : undefined;
      if (a === undefined) return undefined;
      return inPlaceOf(product!, "multiply", [product!.inputs[0]!, scalarLike(product!, -a)]);
    },
  },
  {
    name: "-x · a = x · -a",
    ops: ["multiply"],
    rewrite(node) {
      const [x, a] = [negated(node.inputs[0]!), scalarValue(node.inputs[1]!)];
      return x && a !== undefined ? inPlaceOf(node, "multiply", [x, scalarLike(node, -a)]) : undefined;
    },
  },
];

/** A chain of one op with two constants as one with a single constant, where that is a normal number. */
function chained(node: Node, combine: (a: number, b: number) => number): Node | undefined {
  const [inner, outer] = node.inputs;
  if (inner!.op !== node.op || node.dtype !== "float32") return undefined;
  const [a, b] = [scalarValue(inner!.inputs[1]!), scalarValue(outer!)];
  if (a === undefined || b === undefined) return undefined;
  const both = Math.fround(combine(a, b));
  const normal = Number.isFinite(both) && Math.abs(both) >= smallestNormal;
  return normal ? inPlaceOf(node, node.op as "add", [inner!.inputs[0]!, scalarLike(node, both)]) : undefined;
}

/** The smallest float32 with all its digits. */
const smallestNormal = 2 ** -126;

function isPowerOfTwo(value: number): boolean {
  const exponent = Math.log2(Math.abs(value));
  return Number.isInteger(exponent) && Math.abs(exponent) < 126;
}
