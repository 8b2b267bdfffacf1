import { expect, test } from "vitest";
import { histogram, input } from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

test.each([...testedBackends, "reference" as const])(
  "edges that float32 has not got apart do not descend, and what is there is counted once, on %s",
  async (backend) => {
    const f = await openFunction({ x: input(["n"]) }, ({ x }) => ({ ...histogram(x, 10) }), { backend });
    const x = Float32Array.of(2 ** 24, 2 ** 24 + 2, 2 ** 24, 2 ** 24);
    const { counts, edges } = await f({ x: array(x, [4]) });
    expect([...edges.data]).toEqual([...edges.data].sort((a, b) => a - b));
    expect([edges.data[0], edges.data.at(-1)]).toEqual([2 ** 24, 2 ** 24 + 2]);
    expect(counts.data.reduce((sum, count) => sum + count, 0)).toBe(4);
    f.dispose();
  },
);
