import { describe, expect, test } from "vitest";
import {
  arange,
  constant,
  embedding,
  expandDims,
  gather,
  gatherNd,
  gradients,
  input,
  inTopK,
  map,
  minus,
  randomKey,
  randomUniform,
  reshape,
  reversibleEmbedding,
  scatter,
  scatterUpdate,
  segmentMax,
  segmentMin,
  segmentSum,
  square,
  sum,
  type Tensor,
  takeAlongAxis,
} from "../../compiler/language.js";
import { openFunction } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const int32 = (...values: number[]) => array(new Int32Array(values), [values.length]);
const float32 = (...values: number[]) => array(new Float32Array(values), [values.length]);

describe.each([...testedBackends, "reference" as const])("indices, on %s", (backend) => {
  const inputs = { x: input(["n"]), ids: input(["k"], "int32") };

  test("one that is out of range is refused, and nothing else is read in its place", async () => {
    const f = await openFunction(inputs, ({ x, ids }) => ({ y: gather(x, ids) }), { backend });
    expect([...(await f({ x: float32(1, 2, 3), ids: int32(2, 0, 2) })).y.data]).toEqual([3, 1, 3]);
    for (const wrong of [3, -1, 2147483647, -2147483648]) {
      const message = `gather: the index ${wrong} is no place of the axis; there are 0 to 2`;
      await expect(f({ x: float32(1, 2, 3), ids: int32(0, wrong) })).rejects.toMatchObject({
        code: "SW_DATA",
        message,
      });
    }
    expect([...(await f({ x: float32(5), ids: int32(0) })).y.data]).toEqual([5]);
    f.dispose();
  });

  test("nodes of graphs receive what their edges carry, for any number of nodes", async () => {
    const build = (inputs: {
      edges: Tensor<["edges", 2]>;
      to: Tensor<["edges"], "int32">;
      nodes: Tensor<["nodes", 2]>;
    }) => {
      const { edges, to, nodes } = inputs;
      const [count] = nodes.shape;
      const sums = segmentSum(edges, to, count);
      const flat = reshape(nodes, [-1]);
      const places = expandDims(arange("nodes"), -1);
      return {
        sums,
        slopes: gradients(sum(square(sums)), edges),
        most: segmentMax(edges, to, count),
        scattered: scatter(places, segmentMin(edges, to, "nodes"), nodes.shape),
        drawn: randomUniform(randomKey(1), flat.shape),
        rest: randomUniform(randomKey(1), [minus(10, count)]),
      };
    };
    const inputs = { edges: input(["edges", 2]), to: input(["edges"], "int32"), nodes: input(["nodes", 2]) };
    const f = await openFunction(inputs, build, { backend });
    const edges = array(new Float32Array([1, 2, 3, 4, 5, 6]), [3, 2]);
    const { sums, slopes, most, scattered, drawn, rest } = await f({
      edges,
      to: int32(1, 0, 1),
      nodes: [
        [0, 0],
        [0, 0],
      ],
    });
    // tf.math.unsorted_segment_sum([[1, 2], [3, 4], [5, 6]], [1, 0, 1], 2) and its kind
    expect([...sums.data]).toEqual([3, 4, 6, 8]);
    expect([...slopes.data]).toEqual([12, 16, 6, 8, 12, 16]);
    expect([...most.data]).toEqual([3, 4, 5, 6]);
    expect([...scattered.data]).toEqual([3, 4, 1, 2]);
    expect([drawn.shape, rest.shape]).toEqual([[4], [8]]);
    await expect(
      f({
        edges,
        to: int32(1, 0, 2),
        nodes: [
          [0, 0],
          [0, 0],
        ],
      }),
    ).rejects.toMatchObject({
      code: "SW_DATA",
    });
    f.dispose();
  });

  test.each([
    ["takeAlongAxis", (x, ids) => takeAlongAxis(x, ids)],
    ["inTopK", (x, ids) => inTopK(ids, expandDims(x, 0), 2)],
    ["gatherNd", (x, ids) => gatherNd(x, expandDims(ids, 1))],
    ["scatter", (_, ids) => scatter(expandDims(ids, 1), constant([1]), [3])],
    ["scatterUpdate", (x, ids) => scatterUpdate(x, expandDims(ids, 1), constant([1]))],
    ["segmentMax", (_, ids) => segmentMax(constant([1]), ids, 3)],
    ["segmentSum", (_, ids) => segmentSum(constant([1]), ids, 3)],
    ["embedding", (_, ids) => embedding(ids, { inputDim: 3, outputDim: 2 })],
    ["reversibleEmbedding", (_, ids) => reversibleEmbedding({ inputDim: 3, outputDim: 2 })(ids)],
  ] satisfies [string, (x: Tensor<[3]>, ids: Tensor<[1], "int32">) => Tensor<any, any>][])(
    "the error is that of the function that was called: %s",
    async (called, build) => {
      const given = { x: input([3]), ids: input([1], "int32") };
      const f = await openFunction(given, ({ x, ids }) => ({ y: build(x, ids) }), { backend });
      const message = `${called}: the index 7 is no place of the axis; there are 0 to 2`;
      await expect(f({ x: float32(1, 2, 3), ids: int32(7) })).rejects.toMatchObject({ code: "SW_DATA", message });
      f.dispose();
    },
  );

  test("so is that of a loop's body", async () => {
    const rows = await openFunction(
      inputs,
      ({ x, ids }) => ({ y: map((row) => takeAlongAxis(x, expandDims(row, 0)), ids, { axis: 0 }) }),
      { backend },
    );
    await expect(rows({ x: float32(1, 2, 3), ids: int32(0, 5) })).rejects.toMatchObject({
      message: "takeAlongAxis: the index 5 is no place of the axis; there are 0 to 2",
    });
    rows.dispose();
  });

  test("so it is where the gradient alone is wanted", async () => {
    const slope = await openFunction(inputs, ({ x, ids }) => ({ dx: gradients(sum(gather(x, ids)), { x }).x }), {
      backend,
    });
    expect([...(await slope({ x: float32(1, 2, 3), ids: int32(2, 0, 2) })).dx.data]).toEqual([1, 0, 2]);
    await expect(slope({ x: float32(1, 2, 3), ids: int32(-1) })).rejects.toMatchObject({
      message: "gather: the index -1 is no place of the axis; there are 0 to 2",
    });
    slope.dispose();
  });
});
