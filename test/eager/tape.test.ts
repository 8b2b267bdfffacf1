import { describe, expect, test } from "vitest";
import {
  add,
  cast,
  constant,
  constantInitializer,
  customGradient,
  dot,
  exp,
  gradients,
  input,
  mean,
  multiply,
  neg,
  ones,
  relu,
  square,
  stopGradient,
  subtract,
  sum,
  type Tensor,
  tanh,
  variable,
} from "../../compiler/language.js";
import { referenceMachine } from "../../runtime/backends/reference.js";
import { Eager } from "../../runtime/eager/eager.js";
import { eager } from "../../runtime/index.js";
import type { NdArray } from "../../src/ir/array.js";
import { testedBackends } from "../support/backends.js";

const numbers = ({ data }: NdArray) => [...data];

async function scalars(...starts: number[]) {
  const tf = await eager({ backend: "reference" });
  return { tf, variables: starts.map((start, i) => tf.mutable(variable(`v${i}`, [], constantInitializer(start)))) };
}

describe.each([...testedBackends, "reference" as const])("on %s", (backend) => {
  test("gradients of y = Σ relu(x · W + b)² by one variable, a list, a record", async () => {
    using tf = await eager({ backend });
    const W = tf.mutable(variable("W", [2, 2], ones()));
    const b = tf.mutable(variable("b", [2], constantInitializer(-1)));
    W.assign(
      constant([
        [1, -1],
        [2, 0.5],
      ]),
    );
    const x = constant([[3, 1]]);
    using tape = tf.gradientTape();
    const h = relu(add(dot(x, W), b)); // x · W + b = [4, -3.5]
    const y = sum(square(h));
    expect(tf.value(y).data[0]).toBe(16);
    // dy/dh = 2h = [8, 0]; dW = xᵀ · dh, db = dh, dx = dh · Wᵀ
    expect(numbers(tf.value(tape.gradient(y, W)))).toEqual([24, 0, 8, 0]);
    const [dW, db] = tape.gradient(y, [W, b]);
    expect([numbers(tf.value(dW)), numbers(tf.value(db))]).toEqual([
      [24, 0, 8, 0],
      [8, 0],
    ]);
    const all = tape.gradient(y, { b, x, h });
    expect(numbers(tf.value(all.b))).toEqual([8, 0]);
    expect(numbers(tf.value(all.x))).toEqual([8, 16]);
    expect(numbers(tf.value(all.h))).toEqual([8, 0]);
    expect(tf.value(all.x).shape).toEqual([1, 2]);
  });
});

describe("a variable is read where an op takes it", () => {
  test("what was made before an assignment keeps the value from before, and so does its gradient", async () => {
    const { tf, variables } = await scalars(3);
    const [v] = variables as [(typeof variables)[0]];
    using tape = tf.gradientTape();
    const y = square(v);
    v.assign(constant(10));
    const dy = tape.gradient(y, v);
    v.assignAdd(constant(1));
    expect([tf.value(y).data[0], tf.value(dy).data[0], v.value().data[0]]).toEqual([9, 6, 11]);
  });

  // TensorFlow 2.21 gives 14 for the same program.
  test("a variable that is assigned while the tape is open counts with both its values", async () => {
    const { tf, variables } = await scalars(3);
    const [v] = variables as [(typeof variables)[0]];
    using tape = tf.gradientTape();
    const y = square(v);
    v.assign(constant(4));
    const z = add(y, square(v));
    expect(tf.value(tape.gradient(z, v)).data[0]).toBe(14);
  });

  test("outside of tapes too, for as long as something may ask", async () => {
    const { tf, variables } = await scalars(3);
    const [v] = variables as [(typeof variables)[0]];
    const y = square(v);
    v.assign(constant(4));
    v.assign(constant(5));
    expect(tf.value(y).data[0]).toBe(9);
    expect(tf.value(square(v)).data[0]).toBe(25);
  });

  test("an assignment may depend on the variable, and subtract and add are in place", async () => {
    const { variables } = await scalars(3);
    const [v] = variables as [(typeof variables)[0]];
    v.assign(multiply(v, v));
    v.assignSub(constant(2));
    v.assignAdd(v);
    expect(v.value()).toEqual({ shape: [], dtype: "float32", data: new Float32Array([14]) });
  });
});

describe("a tape records what is made while it is open", () => {
  // TensorFlow 2.21 gives 16 for the same program with x = 4: h is a constant to the tape.
  test("what was made before is a constant", async () => {
    const { tf, variables } = await scalars(4);
    const [v] = variables as [(typeof variables)[0]];
    const h = square(v);
    using tape = tf.gradientTape();
    expect(tf.value(tape.gradient(multiply(h, v), v)).data[0]).toBe(16);
  });

  test("host control flow is followed as it went", async () => {
    const { tf, variables } = await scalars(1.5);
    const [v] = variables as [(typeof variables)[0]];
    using tape = tf.gradientTape();
    let y: Tensor<[]> = v;
    while (tf.value(y).data[0]! < 100) y = multiply(y, y);
    // 1.5 → 2.25 → 5.0625 → 25.6 → 656.8 = v¹⁶
    expect(tf.value(y).data[0]).toBeCloseTo(1.5 ** 16, 2);
    expect(tf.value(tape.gradient(y, v)).data[0]).toBeCloseTo(16 * 1.5 ** 15, 1);
  });

  test("nested tapes give second derivatives, and so does one tape asked twice", async () => {
    const { tf, variables } = await scalars(2);
    const [v] = variables as [(typeof variables)[0]];
    using outer = tf.gradientTape();
    let slope: Tensor<[]>;
    {
      using inner = tf.gradientTape();
      slope = inner.gradient(multiply(v, square(v)), v);
    }
    // v³: 3v², 6v, 6
    const second = outer.gradient(slope, v);
    expect([tf.value(slope).data[0], tf.value(second).data[0]]).toEqual([12, 12]);
    expect(tf.value(outer.gradient(second, v)).data[0]).toBe(6);
  });

  test("the graph's gradients work on eager tensors, in a tape and out of it", async () => {
    const { tf, variables } = await scalars(2);
    const [v] = variables as [(typeof variables)[0]];
    expect(tf.value(gradients(square(v), v)).data[0]).toBe(4);
  });

  test("of what is no scalar the sum's gradient is taken, or that of a weighted sum", async () => {
    using tf = await eager({ backend: "reference" });
    const v = tf.mutable(variable("v", [3], ones()));
    using tape = tf.gradientTape();
    const y = multiply(square(v), constant([1, 2, 3]));
    expect(numbers(tf.value(tape.gradient(y, v)))).toEqual([2, 4, 6]);
    expect(numbers(tf.value(tape.gradient(y, v, constant([1, 0, -1]))))).toEqual([2, 0, -6]);
  });

  test("stopGradient and custom gradients are respected; what is not connected has zeros", async () => {
    using tf = await eager({ backend: "reference" });
    const [v, w] = [tf.mutable(variable("v", [2], ones())), tf.mutable(variable("w", [3], ones()))];
    using tape = tf.gradientTape();
    const y = sum(multiply(v, stopGradient(exp(v))));
    expect(numbers(tf.value(tape.gradient(y, v)))).toEqual([Math.fround(Math.E), Math.fround(Math.E)]);
    expect(tf.value(tape.gradient(y, { w }).w)).toEqual({ shape: [3], dtype: "float32", data: new Float32Array(3) });
    const reversed = customGradient(v, tanh, ({ dy }) => neg(dy));
    expect(numbers(tf.value(tape.gradient(sum(reversed), v)))).toEqual([-1, -1]);
  });

  test("a variable's derivative by itself is one", async () => {
    const { tf, variables } = await scalars(7);
    const [v] = variables as [(typeof variables)[0]];
    using tape = tf.gradientTape();
    expect(tf.value(tape.gradient(v, v)).data[0]).toBe(1);
  });
});

describe("values", () => {
  /** Counts what is run, by op. */
  function counting() {
    const runs: string[] = [];
    const machine = {
      ...referenceMachine,
      run: (...call: Parameters<typeof referenceMachine.run>) => {
        runs.push(call[0].name);
        return referenceMachine.run(...call);
      },
    };
    return { runs, tf: new Eager(machine as never, 0) };
  }

  test("are computed once: the backward pass takes the forward pass's", () => {
    const { runs, tf } = counting();
    const v = tf.mutable(variable("v", [3], ones()));
    using tape = tf.gradientTape();
    const y = mean(tanh(exp(v)));
    expect(runs).toEqual([]);
    tf.value(y);
    tf.value(y);
    expect(runs).toEqual(["exp", "tanh", "mean"]);
    tf.value(tape.gradient(y, v));
    expect(runs.filter((op) => ["exp", "tanh", "mean"].includes(op))).toEqual(["exp", "tanh", "mean"]);
  });

  test("are freed with the tape, but not what was made before it, nor what an outer tape may need", () => {
    const { tf } = counting();
    const v = tf.mutable(variable("v", [3], ones()));
    const before = exp(v);
    const outer = tf.gradientTape();
    const inner = tf.gradientTape();
    const y = sum(multiply(before, v));
    tf.value(y);
    // v, before, their product, y
    expect(tf.memory()).toEqual({ numTensors: 4 });
    inner.dispose();
    expect(tf.memory()).toEqual({ numTensors: 4 });
    outer.dispose();
    outer.dispose();
    expect(tf.memory()).toEqual({ numTensors: 2 });
    expect(tf.value(before).data[0]).toBeCloseTo(Math.E, 6);
    expect(() => tf.value(y)).toThrow(
      "the value of sum [] was freed with the tape that was open when it was made; ask for it before the tape is disposed",
    );
    tf.dispose();
    expect(tf.memory()).toEqual({ numTensors: 0 });
  });

  test("of a variable are freed when nothing can ask for them any more", () => {
    const { tf } = counting();
    const v = tf.mutable(variable("v", [], ones()));
    const tape = tf.gradientTape();
    const y = square(v);
    v.assign(constant(2));
    v.assign(constant(3));
    // Of the three, the one that y uses and the present one; the two constants are the tape's.
    const kept = tf.memory().numTensors;
    tape.dispose();
    expect(kept).toBeGreaterThan(1);
    expect(tf.memory()).toEqual({ numTensors: 1 });
    expect(() => tf.value(y)).toThrow(
      'an earlier value of the variable "v" was freed with the tape that used it; ask for what depends on it before the tape is disposed',
    );
  });
});

describe("refused", () => {
  test("what a tape did not record, and a tape that was disposed", async () => {
    const { tf, variables } = await scalars(1);
    const [v] = variables as [(typeof variables)[0]];
    const before = square(v);
    const tape = tf.gradientTape();
    expect(() => tape.gradient(before, v)).toThrow(
      "gradient: square [] was made before the tape was opened, so the tape did not record it; make it while the tape is open",
    );
    tape.dispose();
    expect(() => tape.gradient(square(v), v)).toThrow("gradient: the tape has been disposed");
  });

  test("inputs, the graph's own variables, named dims, and another session's variables", async () => {
    const { tf } = await scalars();
    const other = await eager({ backend: "reference" });
    const W = variable("W", [2], ones());
    expect(() => tf.value(square(input(["batch", 2])))).toThrow(
      "an input [batch, 2] has no value; call model() on a model, or start from constant()",
    );
    expect(() => tf.value(square(W))).toThrow('the variable "W" has no value here; use what mutable() made of it');
    expect(() => tf.value(square(other.mutable(W)))).toThrow('the variable "W" has no value here');
    expect(() => tf.value(add(constant([1]), broadcastToBatch()))).toThrow(
      'broadcastTo: [batch] has the named dim "batch"; eager tensors have sizes: write a number',
    );
    expect(() => tf.mutable(square(W))).toThrow(
      "mutable: takes what variable(name, shape, initializer) makes, got square [2]",
    );
  });

  function broadcastToBatch() {
    return multiply(constant(1), gradients(sum(input(["batch"])), { x: input(["batch"]) }).x);
  }

  test("integers, wrong shapes, and use after dispose", async () => {
    const { tf, variables } = await scalars(1);
    const [v] = variables as [(typeof variables)[0]];
    const count = cast(constant([1, 2]), "int32");
    using tape = tf.gradientTape();
    expect(() => tape.gradient(count as never, v)).toThrow("gradient: differentiates float32 tensors, got int32 [2]");
    expect(() => tape.gradient(square(v), { count } as never)).toThrow(
      "gradient: differentiates float32 tensors, got int32 [2]",
    );
    expect(() => v.assign(constant([1, 2]) as never)).toThrow(
      "assign: the value of [] must be float32 [], got float32 [2]",
    );
    expect(v.value().data[0]).toBe(1);
    const y = subtract(v, constant(1));
    tf.dispose();
    expect(() => tf.value(y)).toThrow("the eager session has been disposed; make another with eager()");
    expect(() => v.assign(constant(2))).toThrow("the eager session has been disposed; make another with eager()");
    expect(() => tf.gradientTape()).toThrow("the eager session has been disposed; make another with eager()");
  });

  test("a backend that is none", async () => {
    await expect(eager({ backend: "gpu" as never })).rejects.toThrow('eager: no backend is named "gpu"');
  });
});
