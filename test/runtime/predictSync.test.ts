import { tensor } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { compile, dense, input, meanSquaredError, model, multiply, sgd } from "../../compiler/language.js";
import { open, openTogether } from "../../runtime/index.js";
import { array } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const line = model({ x: input(["batch", 2]) }, ({ x }) => dense(x, { units: 1, useBias: false }));
const program = compile(line, { optimizer: sgd(), loss: meanSquaredError() });

test.each([...testedBackends, "reference"] as const)(
  "on %s it gives at once what predict promises",
  async (backend) => {
    const session = await open(program, { backend });
    await session.setWeight("dense/kernel", [[2], [-1]]);
    expect(session.predictSync({ x: [[1, 2]] })).toEqual(array(new Float32Array([0]), [1, 1]));
    const x = array(
      Float32Array.from({ length: 10 }, (_, i) => i),
      [5, 2],
    );
    const outputs = array(new Float32Array([-1, 1, 3, 5, 7]), [5, 1]);
    expect(session.predictSync({ x }, { batchSize: 2 })).toEqual(outputs);
    expect(await session.predict({ x })).toEqual(outputs);
    // More samples than a kernel for few of them takes.
    const many = array(
      Float32Array.from({ length: 80 }, (_, i) => i % 10),
      [40, 2],
    );
    const each = Float32Array.from({ length: 40 }, (_, i) => outputs.data[i % 5]!);
    expect(session.predictSync({ x: many }, { batchSize: 40 })).toEqual(array(each, [40, 1]));
    expect(session.predictSync({ x: many }, { batchSize: 16 })).toEqual(array(each, [40, 1]));
    session.dispose();
  },
);

test("several outputs have their names", async () => {
  const both = model({ x: input(["batch", 2]) }, ({ x }) => {
    const once = dense(x, { units: 1 });
    return { once, twice: multiply(once, 2) };
  });
  const session = await open(compile(both, { optimizer: sgd(), loss: { once: meanSquaredError() } }), {
    backend: "reference",
  });
  await session.setWeight("dense/kernel", [[2], [-1]]);
  const { once, twice } = session.predictSync({ x: [[1, 3]] });
  expect([[...once.data], [...twice.data]]).toEqual([[-1], [-2]]);
});

test("it is refused what predict is, and what has to be waited for", async () => {
  const [session, other] = await openTogether(
    [program, compile(line, { optimizer: sgd(), loss: meanSquaredError() })],
    { backend: "cpu" },
  );
  const untyped = (inputs: unknown, options?: object) => () => session.predictSync(inputs as never, options);
  const refused = (code: string, message: string) => expect.objectContaining({ code, message });
  expect(untyped({ x: [[1, 2, 3]] })).toThrow(refused("SW_DATA", "x: takes [batch, 2], got [1, 3]"));
  expect(untyped({ x: [[1, NaN]] })).toThrow(refused("SW_DATA", "x: element [0, 1] is NaN"));
  expect(untyped({ y: [[1, 2]] })).toThrow(refused("SW_NAME", 'no input is named "y"; there are "x"'));
  expect(untyped({ x: [[1, 2]] }, { batchSize: 0 })).toThrow(
    refused("SW_VALUE", "predictSync: batchSize is 0, but must be a positive integer"),
  );
  const waits = "predictSync: a tfjs tensor has to be waited for; call predict, or give what its data() gives";
  expect(untyped({ x: tensor([[1, 2]]) })).toThrow(refused("SW_DATA", waits));

  const fitted = other.fit({ x: [[1, 2]] }, [[1]], { verbose: "silent" });
  expect(untyped({ x: [[1, 2]] })).toThrow(
    refused(
      "SW_SESSION",
      "predictSync: fit is under way on a session that shares its variables; await it before you call predictSync",
    ),
  );
  await fitted;
  expect(untyped({ x: [[1, 2]] })).not.toThrow();
  session.dispose();
  expect(untyped({ x: [[1, 2]] })).toThrow(refused("SW_SESSION", "the session has been disposed; open() another"));
  other.dispose();
});
