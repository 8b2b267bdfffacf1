import { array, type NdArray } from "shapewright";

/** Points and the arm that each lies on: 0, 1 or 2. */
export interface Points {
  readonly points: NdArray<[number, 2]>;
  readonly arms: Int32Array;
}

/** Random points along three spiral arms, a little beside them. The same for the same seed. */
export function spirals(count: number, seed: number): Points {
  const random = generator(seed);
  const points = new Float32Array(2 * count);
  const arms = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const arm = i % 3;
    const radius = random();
    const angle = (2 * Math.PI * arm) / 3 + 4 * radius + 0.2 * (random() - 0.5);
    points.set([radius * Math.cos(angle), radius * Math.sin(angle)], 2 * i);
    arms[i] = arm;
  }
  return { points: array(points, [count, 2]), arms };
}

/** Numbers from 0 to 1, by a linear congruential generator: Numerical Recipes' constants. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
