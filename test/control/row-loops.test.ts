import { describe, expect, test } from "vitest";
import {
  adam,
  add,
  broadcastTo,
  compile,
  constant,
  dense,
  gradients,
  greater,
  gru,
  input,
  lstm,
  maximum,
  mean,
  meanSquaredError,
  model,
  multiply,
  relu,
  scan,
  select,
  simpleRnn,
  square,
  sum,
  type Tensor,
  tanh,
} from "../../compiler/language.js";
import { lowerPrograms } from "../../compiler/lower/lowerProgram.js";
import { retarget } from "../../compiler/pipeline.js";
import { computationOf } from "../../compiler/program.js";
import { openFunction } from "../../runtime/index.js";
import { generate } from "../../src/ir/array.js";
import type { OpTable } from "../../src/ir/node.js";
import { rowProgramOf } from "../../src/ops/shared/rowProgram.js";
import { testedBackends } from "../support/backends.js";

type Sequences = Tensor<["batch", "time", 5]>;
type Mask = Tensor<["batch", "time"], "bool">;

/** A step with a choice, and what kernels of TensorFlow's would be many for. */
const ownCell = (x: Sequences) =>
  scan(x, broadcastTo(constant(0), ["batch", 5]), (carry, place) => {
    const kept = tanh(add(multiply(carry, 0.5), place));
    const next = select(greater(place, 0), kept, maximum(carry, multiply(place, place)));
    return { carry: next, output: multiply(next, place) };
  }).outputs;

// Widths that do not fill vectors, and batches that do not fill tiles.
const networks: Readonly<Record<string, (x: Sequences, mask: Mask) => Tensor<any>>> = {
  lstm: (x, mask) => lstm(x, { units: 37, mask, returnSequences: true }),
  "lstm, backwards": (x) => lstm(x, { units: 16, goBackwards: true, returnSequences: true }),
  gru: (x, mask) => gru(x, { units: 19, mask }),
  "gru, reset before": (x) => gru(x, { units: 24, resetAfter: false, returnSequences: true }),
  "simpleRnn with relu": (x) => simpleRnn(x, { units: 9, activation: relu }),
  "a cell of one's own": ownCell,
};

describe.runIf(testedBackends.includes("tensorflow"))(
  "on native TensorFlow, by our own kernel where it is there",
  () => {
    test.each(Object.entries(networks))(
      "%s is as by the reference kernels, with derivatives of two orders",
      async (_, f) => {
        const [x, mask] = [
          generate([11, 7, 5], "float32", (i) => Math.sin(i * 1.7)),
          generate([11, 7], "bool", (i) => ((i * 7) % 5 > 1 ? 1 : 0)),
        ];
        const results = async (backend: "tensorflow" | "reference") => {
          const given = { x: input(["batch", "time", 5]), mask: input(["batch", "time"], "bool") };
          const run = await openFunction(
            given,
            ({ x, mask }) => {
              const y = f(x, mask);
              const { x: dx } = gradients(add(mean(square(y)), sum(multiply(y, 0.1))) as Tensor<[]>, { x });
              return { y, dx, ddx: gradients(sum(square(dx)), { x }).x };
            },
            { backend },
          );
          const found = await run({ x, mask });
          run.dispose();
          return found;
        };
        const [found, wanted] = [await results("tensorflow"), await results("reference")];
        for (const name of ["y", "dx", "ddx"] as const) {
          expect(found[name].shape).toEqual(wanted[name].shape);
          for (const [i, value] of wanted[name].data.entries()) expect(found[name].data[i], name).toBeCloseTo(value, 5);
        }
      },
    );
  },
);

test("loops of a recurrent network are nodes of our own kernel, forward and backward, only where that is there", () => {
  const net = model({ x: input(["batch", 6, 3]) }, ({ x }) => dense(lstm(x, { units: 4 }), { units: 1 }));
  const program = compile(net, { optimizer: adam(), loss: meanSquaredError() });
  const computation = retarget(computationOf(program), "tensorflow");
  const count = ({ node }: { node: { op: string }[] }) => node.filter(({ op }) => op === "ShapewrightRowLoop").length;
  expect(count(lowerPrograms([computation]).graph)).toBe(0);
  const scans = program.train.nodes.filter(({ op }) => op === "scan");
  expect(scans.map(({ attributes }) => rowProgramOf({ kind: "loop", ...(attributes as OpTable["scan"]) }))).toEqual([
    expect.anything(),
    expect.anything(),
  ]);
  expect(count(lowerPrograms([computation], { hasOwnKernels: true }).graph)).toBeGreaterThan(0);
});
