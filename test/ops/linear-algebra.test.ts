import { describe, expect, test } from "vitest";
import {
  cholesky,
  det,
  eigh,
  gradients,
  input,
  inverse,
  irfft,
  logDet,
  lstsq,
  multiply,
  qr,
  rfft,
  solve,
  square,
  stft,
  sum,
  svd,
  type Tensor,
  triangularSolve,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { ramp } from "../../src/ops/shared/ramp.js";
import { testedBackends } from "../support/backends.js";
import { expectClose } from "../support/close.js";

const matrix = array(new Float32Array([4, 1, 0.5, 1, 3, -0.5, 0.5, -0.5, 2]), [3, 3]);

/** Any function of one tensor, and the slope of its square. */
const functions: Readonly<Record<string, (x: Tensor<any>) => Tensor<any>>> = {
  cholesky: (x) => cholesky(x),
  inverse: (x) => inverse(x),
  logDet: (x) => logDet(x),
  solve: (x) => solve(x, square(x)),
  eigh: (x) => eigh(x)[0],
  svd: (x) => svd(x)[1],
  "qr, triangles": (x) => qr(x)[1],
  lstsq: (x) => lstsq(x, square(x)),
  triangularSolve: (x) => triangularSolve(x, x, { lower: false }),
  "rfft, real parts": (x) => rfft(x)[0],
  "rfft, imaginary parts": (x) => multiply(rfft(x)[1], 2),
  irfft: (x) => irfft([x, multiply(x, 0.5)]),
  "rfft and back": (x) => irfft(rfft(x), x.shape.at(-1)!),
  stft: (x) => stft(x, 2, 1, 2)[0],
};

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test.each(Object.entries(functions))("%s of a named size is that of a number", async (_, f) => {
    const build = ({ x }: { x: Tensor<any> }) => {
      const y = f(x);
      return { y, dx: gradients(sum(square(y)), { x }).x };
    };
    const results = [];
    for (const shape of [
      [3, 3],
      ["n", "n"],
    ]) {
      const opened = await openFunction({ x: input(shape) }, build, { backend });
      results.push(await opened({ x: matrix }));
      opened.dispose();
    }
    expectClose(results[1]!.y, results[0]!.y, 1e-6);
    expectClose(results[1]!.dx, results[0]!.dx, 1e-5);
    expect(results[0]!.dx.data.some((slope) => slope !== 0)).toBe(true);
  });

  test("matrices without an inverse are refused", async () => {
    const refused = {
      code: "SW_DATA",
      message: "a matrix that is inverted or solved for is singular: it has no inverse",
    };
    const singular = array(new Float32Array([1, 2, 2, 4]), [2, 2]);
    const inverses = await openFunction({ x: input(["n", "n"]) }, ({ x }) => ({ y: inverse(x) }), { backend });
    await expect(inverses({ x: singular })).rejects.toMatchObject(refused);
    expect((await inverses({ x: array(new Float32Array([0, 2, 4, 0]), [2, 2]) })).y.data).toEqual(
      new Float32Array([0, 0.25, 0.5, 0]),
    );
    inverses.dispose();
    const sides = { a: input(["n", "n"]), b: input(["n"]) };
    const solutions = await openFunction(sides, ({ a, b }) => ({ x: solve(a, b) }), { backend });
    await expect(solutions({ a: singular, b: ramp([2]) })).rejects.toMatchObject(refused);
    solutions.dispose();
    const slopes = await openFunction({ x: input([2, 2]) }, ({ x }) => ({ dx: gradients(det(x), [x])[0] }), {
      backend,
    });
    await expect(slopes({ x: singular })).rejects.toMatchObject(refused);
    slopes.dispose();
  });

  test("one frequency is of no samples unless they are said, and no samples have one frequency", async () => {
    const build = ({ x }: { x: Tensor<[2, "k"]> }) => {
      const y = irfft([x, x]);
      return { y, z: rfft(y)[0] };
    };
    const back = await openFunction({ x: input([2, "k"]) }, build, { backend });
    const { y, z } = await back({ x: array(new Float32Array([1, 2]), [2, 1]) });
    expect(y.shape).toEqual([2, 0]);
    expect(z).toMatchObject({ shape: [2, 1], data: new Float32Array(2) });
    back.dispose();
  });
});
