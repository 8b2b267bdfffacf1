import { ts } from "ts-morph";
import { option, parseShape } from "./edits.js";
import { calledName } from "./names.js";

/**
 * How the sizes that a call makes follow from those that it takes: `(16 − 3)/1 + 1 = 14` for a window, `7 · 7 · 8 = 392` for what is
 * flattened. Only where it comes out as the types say; of a window that does not fit, what would be left.
 *
 * @param before the shape of what it takes
 * @param after that of what it makes; undefined where it is refused
 */
export function arithmetic(
  call: ts.Expression,
  before: string | undefined,
  after: string | undefined,
): string | undefined {
  if (!ts.isCallExpression(call) || before === undefined) return undefined;
  const from = sizesOf(before);
  const to = after === undefined ? undefined : sizesOf(after);
  if (calledName(call) === "flatten") return flattened(from, to);
  if (from.length < 3) return undefined; // no axes between batch and channels, or a rank that is a type parameter's
  const windows = windowsOf(call, from.length - 2);
  if (!windows) return undefined;
  const axes = from.slice(1, -1).map((size, i) => along(size, windows, i));
  if (axes.some((axis) => axis === undefined)) return undefined;
  const made = axes.map((axis) => axis!.size);
  const isRight = to ? made.every((size, i) => size === to[i + 1]) : made.some((size) => size < 1);
  if (!isRight) return undefined;
  const texts = axes.map((axis) => axis!.text);
  return new Set(texts).size === 1
    ? texts[0]
    : texts.map((text, i) => `${namesOf(texts.length)[i]} ${text}`).join(", ");
}

type Size = number | string | undefined;

/** Of `int32 [batch, 28]`, too. */
function sizesOf(shape: string): readonly Size[] {
  return parseShape(shape.slice(shape.indexOf("["))) ?? [];
}

function namesOf(rank: number): readonly string[] {
  return [["time"], ["height", "width"], ["depth", "height", "width"]][rank - 1] ?? [];
}

function flattened(from: readonly Size[], to: readonly Size[] | undefined): string | undefined {
  const sizes = from.slice(1);
  const product = sizes.reduce<number>((all, size) => all * Number(size), 1);
  return sizes.length > 1 && product === to?.[1] ? `${sizes.join(" · ")} = ${product}` : undefined;
}

/** What a layer of windows says of them, of each axis. */
interface Windows {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly isSame: boolean;
}

/** Undefined where it has none, or where they are not written as numbers. */
function windowsOf(call: ts.CallExpression, rank: number): Windows | undefined {
  const name = calledName(call);
  const isPool = /^(max|average)Pool/.test(name);
  if (!isPool && !/^(conv|depthwiseConv|separableConv)\dd$/.test(name)) return undefined;
  const options = call.arguments.at(-1);
  const padding = option(options, "padding");
  if (padding && !ts.isStringLiteralLike(padding)) return undefined;
  const given = (key: string, otherwise: readonly number[] | undefined) => {
    const value = option(options, key);
    return value ? numbersIn(value, rank) : otherwise;
  };
  const ones = Array<number>(rank).fill(1);
  const kernel = given(isPool ? "poolSize" : "kernelSize", isPool ? Array(rank).fill(2) : undefined);
  const strides = given("strides", isPool ? kernel : ones);
  const dilation = given("dilationRate", ones);
  return kernel && strides && dilation && { kernel, strides, dilation, isSame: padding?.text === "same" };
}

function numbersIn(value: ts.Expression, rank: number): readonly number[] | undefined {
  if (ts.isNumericLiteral(value)) return Array(rank).fill(Number(value.text));
  if (!ts.isArrayLiteralExpression(value) || value.elements.length !== rank) return undefined;
  return value.elements.every(ts.isNumericLiteral) ? value.elements.map((one) => Number(one.getText())) : undefined;
}

/** The size of one axis, and how it is calculated. */
function along(size: Size, { kernel, strides, dilation, isSame }: Windows, axis: number) {
  if (typeof size !== "number") return undefined;
  const [k, s, d] = [kernel[axis]!, strides[axis]!, dilation[axis]!];
  const isWhole = (n: number) => n % s === 0;
  if (isSame) {
    const made = Math.ceil(size / s);
    return { size: made, text: `${isWhole(size) ? `${size}/${s}` : `⌈${size}/${s}⌉`} = ${made}` };
  }
  const window = (k - 1) * d + 1;
  const made = Math.floor((size - window) / s) + 1;
  const steps = isWhole(size - window) ? `(${size} − ${window})/${s}` : `⌊(${size} − ${window})/${s}⌋`;
  return { size: made, text: `${steps} + 1 = ${made}` };
}
