import { expect, test } from "vitest";
import {
  clip,
  constant,
  gradients,
  hardShrink,
  hardTanh,
  input,
  max,
  maximum,
  maxPool1d,
  median,
  min,
  minimum,
  multiply,
  reshape,
  segmentMax,
  segmentMin,
  softShrink,
  sum,
  type Tensor,
  threshold,
  topK,
  triu,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { testedBackends } from "../support/backends.js";

type Vector = Tensor<[4]>;

/**
 * What lets gradients through in some places, of x = 2, -1, 9, 0.5: 1 where it does. relu's own mask, which hardSigmoid has too, is not among them: its kernel is a
 * product, which is taken where the gradient is finite short of an overflow.
 */
const masks: Readonly<Record<string, [f: (x: Vector) => Tensor<any>, open: number[]]>> = {
  clip: [(x) => clip(x, 0, 5), [1, 0, 0, 1]],
  "maximum and minimum": [(x) => minimum(maximum(x, 0), 5), [1, 0, 0, 1]],
  hardTanh: [(x) => hardTanh(x), [0, 1, 0, 1]],
  hardShrink: [(x) => hardShrink(x, 1.5), [1, 0, 1, 0]],
  softShrink: [(x) => softShrink(x, 1.5), [1, 0, 1, 0]],
  threshold: [(x) => threshold(x, 1, 7), [1, 0, 1, 0]],
  triu: [(x) => reshape(triu(reshape(x, [2, 2])), [4]), [1, 1, 0, 1]],
};

/** What chooses one of several, of the same x: what of an infinite gradient comes to each. */
const choices: Readonly<Record<string, [f: (x: Vector) => Tensor<any>, wanted: number[]]>> = {
  max: [(x) => max(x), [0, 0, Infinity, 0]],
  min: [(x) => min(reshape(x, [2, 2]), { axis: 1 }), [0, Infinity, 0, Infinity]],
  median: [(x) => median(topK(x, 3).values), [Infinity, 0, 0, 0]],
  segmentMax: [(x) => segmentMax(x, constant([0, 0, 1, 1], "int32"), 2), [Infinity, 0, Infinity, 0]],
  segmentMin: [(x) => segmentMin(x, constant([0, 0, 1, 1], "int32"), 2), [0, Infinity, 0, Infinity]],
  maxPool1d: [(x) => maxPool1d(reshape(x, [1, 4, 1]), { poolSize: 2 }), [Infinity, 0, Infinity, 0]],
};

const x = [2, -1, 9, 0.5];

test.each([...testedBackends, "reference" as const])(
  "what is closed lets no infinity through, on %s",
  async (backend) => {
    const f = await openFunction(
      { x: input([4]), ten: input([]) },
      ({ x, ten }) => {
        const far = multiply(constant(3e38), ten);
        const masked = Object.entries(masks).map(([name, [f, open]]) => {
          const dy = multiply(constant(open.map((one) => (one ? 0.2 : 3e38))), ten);
          return [name, gradients(sum(multiply(f(x), dy) as Vector), x)] as const;
        });
        const chosen = Object.entries(choices).map(([name, [f]]) => [
          name,
          gradients(sum(multiply(f(x), far) as Vector), x),
        ]);
        return Object.fromEntries([...masked, ...chosen]) as Record<string, Vector>;
      },
      { backend },
    );
    const found = await f({ x, ten: 10 });
    f.dispose();
    const numbers = Object.entries(found).map(([name, { data }]) => [name, [...data].map((value) => value + 0)]);
    expect(Object.fromEntries(numbers)).toEqual({
      ...Object.fromEntries(Object.entries(masks).map(([name, [, open]]) => [name, open.map((one) => 2 * one)])),
      ...Object.fromEntries(Object.entries(choices).map(([name, [, wanted]]) => [name, wanted])),
    });
  },
);
