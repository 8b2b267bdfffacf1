import { multiplyDims } from "../../../types/arithmetic.js";
import type { Dim } from "../../../types/dim.js";
import type { PoolAttributes } from "./attributes.js";
import type { MovingKernels, PoolKernels, Sized } from "./kernels.js";
import { paddedShape } from "./moved.js";
import { unpadded } from "./padded.js";
import { pooled } from "./pooled.js";

/** A max pool with its derivatives. */
export interface MaxPool<V> {
  forward(x: Sized<V>): Sized<V>;
  gradient(x: Sized<V>, y: Sized<V>, dy: Sized<V>): Sized<V>;
  gather(x: Sized<V>, y: Sized<V>, values: Sized<V>): Sized<V>;
}

/** An average pool with its gradient. */
export interface AveragePool<V> {
  forward(x: Sized<V>): Sized<V>;
  gradient(dy: Sized<V>, inputShape: readonly Dim[]): Sized<V>;
}

/** A max pool by kernels over two axes, which is what every target has and agrees on: where elements are equal, the first is taken. */
export function maxPoolBy<V>(k: PoolKernels<V>, attributes: PoolAttributes): MaxPool<V> {
  const { poolSize, strides, padding } = attributes;
  if (typeof padding !== "string") {
    const all = [[0, 0] as const, ...padding, [0, 0] as const];
    const inner = maxPoolBy(k, { poolSize, strides, padding: "valid" });
    const pad = (x: Sized<V>) => k.pad(x, all, Number.NEGATIVE_INFINITY);
    return {
      forward: (x) => inner.forward(pad(x)),
      gradient: (x, y, dy) => unpadded(k, inner.gradient(pad(x), y, dy), all, x.shape),
      gather: (x, y, values) => inner.gather(pad(x), y, k.pad(values, all, 0)),
    };
  }
  if (strides.length === 1) {
    const inner = maxPoolBy(k, onTwoAxes(attributes));
    const [wide, narrow] = [widen(k), narrowed(k)];
    return {
      forward: (x) => narrow(inner.forward(wide(x))),
      gradient: (x, y, dy) => narrow(inner.gradient(wide(x), wide(y), wide(dy))),
      gather: (x, y, values) => narrow(inner.gather(wide(x), wide(y), wide(values))),
    };
  }
  if (strides.length === 3) {
    const { planes, depths, shapes } = inTwoSteps(attributes);
    const [plane, depth] = [maxPoolBy(k, planes), maxPoolBy(k, depths)];
    return {
      forward(x) {
        const { folded, between, result } = shapes(x.shape);
        return k.reshape(depth.forward(k.reshape(plane.forward(k.reshape(x, folded)), between)), result);
      },
      gradient(x, y, dy) {
        const { folded, between, stacked } = shapes(x.shape);
        const images = k.reshape(x, folded);
        const flat = plane.forward(images);
        const dFlat = depth.gradient(k.reshape(flat, between), k.reshape(y, stacked), k.reshape(dy, stacked));
        return k.reshape(plane.gradient(images, flat, k.reshape(dFlat, flat.shape)), x.shape);
      },
      gather(x, y, values) {
        const { folded, between, stacked, result } = shapes(x.shape);
        const images = k.reshape(x, folded);
        const flat = plane.forward(images);
        const seen = plane.gather(images, flat, k.reshape(values, folded));
        const gathered = depth.gather(k.reshape(flat, between), k.reshape(y, stacked), k.reshape(seen, between));
        return k.reshape(gathered, result);
      },
    };
  }
  const pool = { poolSize, strides, padding };
  return {
    forward: (x) => k.maxPool(x, pool),
    gradient: (x, y, dy) => k.maxPoolGradient(x, y, dy, pool),
    gather: (x, _, values) => k.maxPoolGather(x, values, pool),
  };
}

/** An average pool by kernels over two axes. What is padding does not count. */
export function averagePoolBy<V>(k: PoolKernels<V>, attributes: PoolAttributes): AveragePool<V> {
  const { poolSize, strides, padding } = attributes;
  if (typeof padding !== "string") {
    const all = [[0, 0] as const, ...padding, [0, 0] as const];
    const inner = averagePoolBy(k, { poolSize, strides, padding: "valid" });
    /** Which part of each window is no padding. */
    const covered = (shape: readonly Dim[]) => inner.forward(k.pad(k.ones([1, ...shape.slice(1, -1), 1]), all, 0));
    return {
      forward: (x) => k.divide(inner.forward(k.pad(x, all, 0)), covered(x.shape)),
      gradient(dy, inputShape) {
        const dWide = inner.gradient(k.divide(dy, covered(inputShape)), paddedShape(inputShape, all));
        return unpadded(k, dWide, all, inputShape);
      },
    };
  }
  if (strides.length === 1) {
    const inner = averagePoolBy(k, onTwoAxes(attributes));
    const [wide, narrow] = [widen(k), narrowed(k)];
    return {
      forward: (x) => narrow(inner.forward(wide(x))),
      gradient: (dy, [batch, ...rest]) => narrow(inner.gradient(wide(dy), [batch!, 1, ...rest])),
    };
  }
  if (strides.length === 3) {
    const { planes, depths, shapes } = inTwoSteps(attributes);
    const [plane, depth] = [averagePoolBy(k, planes), averagePoolBy(k, depths)];
    return {
      forward(x) {
        const { folded, between, result } = shapes(x.shape);
        return k.reshape(depth.forward(k.reshape(plane.forward(k.reshape(x, folded)), between)), result);
      },
      gradient(dy, inputShape) {
        const { folded, flat, between, stacked } = shapes(inputShape);
        const dFlat = k.reshape(depth.gradient(k.reshape(dy, stacked), between), flat);
        return k.reshape(plane.gradient(dFlat, folded), inputShape);
      },
    };
  }
  const pool = { poolSize, strides, padding };
  return {
    forward: (x) => k.averagePool(x, pool),
    gradient: (dy, inputShape) => k.averagePoolGradient(dy, inputShape, pool),
  };
}

const widen =
  <V>(k: MovingKernels<V>) =>
  (x: Sized<V>) => {
    const [batch, ...rest] = x.shape as [Dim, ...Dim[]];
    return k.reshape(x, [batch, 1, ...rest]);
  };

const narrowed =
  <V>(k: MovingKernels<V>) =>
  (x: Sized<V>) => {
    const [batch, , ...rest] = x.shape as [Dim, Dim, ...Dim[]];
    return k.reshape(x, [batch, ...rest]);
  };

function onTwoAxes({ poolSize, strides, padding }: PoolAttributes): PoolAttributes {
  return { poolSize: [1, ...poolSize], strides: [1, ...strides], padding };
}

/**
 * A pool over three axes as one over height and width, of [batch · depth, height, width, channels], and one over the depth of
 * what that gives, [batch, depth, height' · width', channels].
 */
function inTwoSteps({ poolSize, strides, padding }: PoolAttributes) {
  const planes = { poolSize: poolSize.slice(1), strides: strides.slice(1), padding };
  const depths = { poolSize: [poolSize[0]!, 1], strides: [strides[0]!, 1], padding };
  const shapes = ([batch, depth, ...image]: readonly Dim[]) => {
    const folded = [multiplyDims(batch!, depth!), ...image];
    const flat = pooled(folded, planes);
    const [, height, width, channels] = flat as [Dim, Dim, Dim, Dim];
    const between = [batch!, depth!, multiplyDims(height, width), channels];
    const stacked = pooled(between, depths);
    return { folded, flat, between, stacked, result: [batch!, stacked[1]!, height, width, channels] };
  };
  return { planes, depths, shapes };
}
