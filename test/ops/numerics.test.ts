import { beforeAll, describe, expect, test } from "vitest";
import { Interpreter } from "../../runtime/backends/interpreter.js";
import { loadReference } from "../../runtime/backends/reference.js";
import { tfjsMachine } from "../../runtime/backends/tfjs.js";
import { loadTfjsNode } from "../../runtime/native/index.js";
import { loadOn, testedBackends } from "../support/backends.js";
import { callWith } from "../support/computation.js";
import { cases, isRight, nameOf, problemOf } from "../support/numerics.js";

const problems = cases.map((each) => ({ ...each, problem: problemOf(each) }));

/** On TensorFlow's kernels, op by op, as generated code runs them on tfjs-node. */
const eagerly = testedBackends.includes("tensorflow") ? (["tfjs-node"] as const) : [];

describe.each(["reference", ...testedBackends, ...eagerly] as const)(
  "TensorFlow's numbers at the extremes on %s",
  (backend) => {
    beforeAll(() => void loadTfjsNode());

    const load = async (computation: (typeof problems)[number]["problem"]["computation"]) => {
      if (backend === "reference") return loadReference(computation);
      if (backend !== "tfjs-node") return loadOn(backend, computation);
      const native = loadTfjsNode();
      if (!("tf" in native)) throw new Error(native.problem);
      return new Interpreter(tfjsMachine("tensorflow", native.tf), computation);
    };

    for (const [number, { problem, ...each }] of problems.entries()) {
      const shapes = each.inputs.map(({ dtype, shape }) => `${dtype} [${shape}]`);
      test(`${number}: ${nameOf(each)} of ${shapes.join(", ")}`, async () => {
        const executable = await load(problem.computation);
        const found = callWith(executable, problem.arrays);
        executable.dispose();
        for (const [name, wanted] of Object.entries(problem.wanted)) {
          const { shape, dtype, data } = found[name]!;
          expect([dtype, ...shape], name).toEqual([wanted.dtype, ...wanted.shape]);
          expect(data.constructor, name).toBe(wanted.data.constructor);
          const wrong = [...wanted.data].flatMap((right: number, i) =>
            isRight((each.op ?? each.call)!, data[i] as number, right) ? [] : [{ name, i, got: data[i], right }],
          );
          expect(wrong).toEqual([]);
        }
      });
    }
  },
);
