import { array } from "../../../ir/array.js";
import { type Node, nodeOf, tensorOf } from "../../../ir/node.js";
import { multiplyDims } from "../../../types/arithmetic.js";
import type { Dim } from "../../../types/dim.js";
import type { Padding } from "../../../types/window.js";
import { builder as b } from "../../builder.js";
import { conv2d } from "../../conv2d.js";
import type { Any } from "../composite.js";

/** Weights of so many pixels in a row, which add up to 1: exp(-distance² / 2σ²). */
export function bell(size: number, sigma: number): Float32Array {
  const distances = Array.from({ length: size }, (_, i) => (i - (size - 1) / 2) / sigma);
  // By the least of them, which divides itself out: of an even size and a small sigma, all weights would be 0.
  const least = Math.abs(distances[Math.floor(size / 2)]!);
  const weights = distances.map((x) => Math.exp((least ** 2 - x ** 2) / 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Float32Array.from(weights, (weight) => weight / total);
}

/** Along one axis and then along the other: as the product of both, in fewer steps. Each channel is an image of its own. */
export function blurred(images: Node, across: Float32Array, down: Float32Array, padding: Padding): Node {
  const [batch, height, width, channels] = images.shape as [Dim, Dim, Dim, Dim];
  const turned = b.op("transpose", [images], { permutation: [0, 3, 1, 2] });
  const alone = b.op("reshape", [turned], { shape: [multiplyDims(batch, channels), height, width, 1] });
  const filter = (weights: Float32Array, shape: number[]): Any => tensorOf(b.constant(array(weights, shape)));
  const wide: Any = conv2d(tensorOf(alone) as Any, filter(across, [1, across.length, 1, 1]), { padding });
  const both = nodeOf(conv2d(wide, filter(down, [down.length, 1, 1, 1]), { padding }));
  const apart = b.op("reshape", [both], { shape: [batch, channels, ...both.shape.slice(1, 3)] });
  return b.op("transpose", [apart], { permutation: [0, 2, 3, 1] });
}
