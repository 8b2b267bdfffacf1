import { expect, test } from "vitest";
import { compile, dense, input, meanSquaredError, model, sgd } from "../../compiler/language.js";
import { computationOf } from "../../compiler/program.js";
import { type Drawn, initialValues } from "../../runtime/build/initialValues.js";
import { open } from "../../runtime/index.js";

test("exports that share a layer start with what sessions of theirs start with, whichever was built first", async () => {
  const shared = dense({ units: 3 });
  const x = () => ({ x: input(["batch", 3]) });
  const trained = { optimizer: sgd(), loss: meanSquaredError() };
  const programs = [
    compile(
      model(x(), ({ x }) => shared(dense(x, { units: 3 }))), // here it is dense_1
      trained,
    ),
    compile(
      model(x(), ({ x }) => shared(x)),
      trained,
    ), // and here dense
  ];
  for (const order of [programs, [...programs].reverse()]) {
    const drawn: Drawn = new Map();
    for (const program of order) {
      const values = initialValues(computationOf(program), drawn);
      using session = await open(program, { backend: "reference" });
      for (const [name, { data }] of values) expect([name, data]).toEqual([name, session.getWeight(name).data]);
    }
  }
});
