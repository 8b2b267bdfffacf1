import type { Node } from "../../../ir/node.js";
import { anything, checkOptions, oneOf } from "../../../ir/options.js";
import { refuse } from "../../../ir/refuse.js";
import type { SizeCheck } from "../../../ir/size-checks.js";
import { multiplyDims } from "../../../types/arithmetic.js";
import type { Dim } from "../../../types/dim.js";
import { type Padding, windowSize } from "../../../types/window.js";
import { places } from "../../arange.js";
import { builder as b } from "../../builder.js";
import { wholeSize } from "../wholeSize.js";
import { checkWindows } from "./check-convolution.js";
import type { SpatialRank } from "./images.js";
import type { SizesOption } from "./options.js";
import { sizesOf } from "./sizes.js";

/** Options of what takes patches, or puts them together. */
export interface PatchesOptions<Op extends string, Strides, P, Now> {
  /** How far apart patches are: side by side, unless said otherwise. @default size */
  readonly strides?: SizesOption<Op, "strides", Strides, Now>;
  /** `"valid"` takes whole patches only; with `"same"` they reach over the edges, where zeros stand. @default "valid" */
  readonly padding?: P;
}

/** The windows over an axis of a size: [windows, places], where each place stands, and whether there is something, or, where all have, nothing to be asked. */
interface Windows {
  readonly at: Node;
  readonly isInside?: Node;
  readonly shape: readonly [Dim, number];
}

/** How patches lie in images or volumes. */
export interface Patches {
  /** How many places a patch has along each axis. */
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
}

/** How patches lie in what has such a shape, as a caller says who may have written anything. */
export function patchesGiven(
  op: string,
  shape: readonly Dim[],
  given: unknown,
  options: object,
  rank: SpatialRank,
): { readonly patches: Patches; readonly check: SizeCheck } {
  const size = sizesOf(op, "size", given as number, rank);
  checkOptions<PatchesOptions<string, unknown, unknown, "now">>(op, options, {
    strides: anything,
    padding: oneOf(["valid", "same"]),
  });
  const { strides = size, padding = "valid" } = options as { strides?: readonly number[]; padding?: Padding };
  const attributes = { strides: sizesOf(op, "strides", strides, rank), padding };
  refuse("SW_SHAPE", op, checkWindows(op, shape, size, attributes));
  return { patches: { size, ...attributes }, check: { rule: "windows", shape, given: { size, attributes } } };
}

/** Patches of [batch, ...sizes, channels]: [batch, ...windows, places of a patch · channels]. */
export function patchesOf(x: Node, patches: Patches): Node {
  // From the last axis on: what is put before the channels last stands first among them.
  return patches.size.reduceRight((node, _, i) => {
    const windows = windowsOver(x.shape[i + 1]!, patches, i);
    const spread = spreadOut(node, i + 1, windows);
    const turned = moved(spread, i + 2, spread.shape.length - 2);
    const [places, channels] = turned.shape.slice(-2) as [number, Dim];
    return b.op("reshape", [turned], { shape: [...turned.shape.slice(0, -2), multiplyDims(channels, places)] });
  }, x);
}

/** The sum of patches, each where it was taken from: of [batch, ...windows, places of a patch · channels], [batch, ...sizes, channels]. */
export function sumOfPatches(x: Node, sizes: readonly Dim[], channels: Dim, patches: Patches): Node {
  return patches.size.reduce((node, count, i) => {
    const windows = windowsOver(sizes[i]!, patches, i);
    const behind = patches.size.slice(i + 1).reduce((all, other) => all * other, 1);
    const shape = [...node.shape.slice(0, -1), count, multiplyDims(channels, behind)];
    const apart = b.op("reshape", [node], { shape });
    return addedUp(moved(apart, shape.length - 2, i + 2), i + 1, sizes[i]!, windows);
  }, x);
}

function windowsOver(size: Dim, { size: places_, strides, padding }: Patches, axis: number): Windows {
  const [kernel, stride] = [places_[axis]!, strides[axis]!];
  const count = windowSize(size, kernel, stride, padding);
  const shape = [count, kernel] as const;
  const first = b.op("reshape", [b.op("multiply", [places(count), b.scalar(stride, "int32")])], { shape: [count, 1] });
  const place = b.op("add", [first, places(kernel)]);
  if (padding === "valid") return { at: place, shape };
  const last = b.op("subtract", [wholeSize(size), b.scalar(1, "int32")]);
  // What the windows reach over is divided evenly, the odd place behind.
  const reach = b.op("add", [
    b.op("multiply", [wholeSize(count), b.scalar(stride, "int32")]),
    b.scalar(kernel - stride - 1, "int32"),
  ]);
  const over = b.op("maximum", [b.op("subtract", [reach, last]), b.scalar(0, "int32")]);
  const at = b.op("subtract", [place, b.op("floorDivide", [over, b.scalar(2, "int32")])]);
  const nearest = b.op("minimum", [b.op("maximum", [at, b.scalar(0, "int32")]), last]);
  return { at: nearest, isInside: b.op("equal", [at, nearest]), shape };
}

/** What stands in the windows over an axis, which becomes two; zeros where there is nothing. */
function spreadOut(x: Node, axis: number, windows: Windows): Node {
  return withoutOutside(b.op("gather", [x, windows.at], { axis, batchDims: 0 }), axis, windows);
}

/** What stands in windows, two axes, which become one of a size: the sum of what is at each place. */
function addedUp(x: Node, axis: number, size: Dim, windows: Windows): Node {
  const shape = [...x.shape.slice(0, axis), size, ...x.shape.slice(axis + 2)];
  return b.op("gatherGradient", [withoutOutside(x, axis, windows), windows.at], { axis, batchDims: 0, shape });
}

function withoutOutside(x: Node, axis: number, { isInside, shape }: Windows): Node {
  if (!isInside) return x;
  const behind = x.shape.slice(axis + 2).map(() => 1);
  return b.op("select", [b.op("reshape", [isInside], { shape: [...shape, ...behind] }), x, b.scalar(0)]);
}

/** An axis in another place. */
function moved(x: Node, from: number, to: number): Node {
  if (from === to) return x;
  const axes = x.shape.map((_, axis) => axis);
  const permutation = axes.filter((axis) => axis !== from);
  permutation.splice(to, 0, from);
  return b.op("transpose", [x], { permutation });
}
