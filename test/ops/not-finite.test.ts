import { expect, test } from "vitest";
import { eigh, input, multiply, qr, subtract, svd } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array, type NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const data = (values: readonly number[], shape: number[]) => array(Float32Array.from(values), shape);

/** A part of one of the four matrices. */
const ofMatrix = ({ data: all }: Pick<NdArray, "data">, i: number) =>
  [...(all as Float32Array)].slice((i * all.length) / 4, ((i + 1) * all.length) / 4);

const rule = "what has no decomposition is NaN in all of its parts, beside what has one";

test.each([...testedBackends, "reference" as const])(`${rule}, on %s`, async (backend) => {
  const f = await openFunction(
    { x: input(["batch", 2, 2]), y: input(["batch", 3, 2]) },
    (given) => {
      // Data may not be infinite: what is far becomes so here (2x - x), and all else stays what it is.
      const x = subtract(multiply(given.x, 2), given.x);
      const y = subtract(multiply(given.y, 2), given.y);
      const [values, vectors] = eigh(x);
      const [u, s, vt] = svd(y);
      const [q, r] = qr(y);
      return { x, values, vectors, u, s, vt, q, r };
    },
    { backend },
  );
  const plain = { x: [2, 1, 1, 3], y: [1, 2, 3, 4, 5, 7] };
  const far = 3e38;
  const x = [...plain.x, far, 1, 1, 3, 2, far, far, 3, 2, 1, 1, -far];
  const y = [...plain.y, 1, 2, far, 4, 5, 7, 1, 2, 3, far, 5, 7, -far, 2, 3, 4, 5, 7];
  const both = await f({ x: data(x, [4, 2, 2]), y: data(y, [4, 3, 2]) });
  const alone = await f({ x: data(plain.x, [1, 2, 2]), y: data(plain.y, [1, 3, 2]) });
  f.dispose();
  const { x: made, ...parts } = both;
  expect([...made.data].filter((value) => !Number.isFinite(value))).toHaveLength(4);
  for (const [name, part] of Object.entries(parts)) {
    const own = [...alone[name as keyof typeof parts].data] as number[];
    expect(own.every(Number.isFinite), name).toBe(true);
    expect(ofMatrix(part, 0), name).toEqual(own);
    for (const i of [1, 2, 3]) expect(ofMatrix(part, i), name).toEqual(own.map(() => Number.NaN));
  }
});
