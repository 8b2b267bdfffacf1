import fc from "fast-check";
import { expect, test } from "vitest";
import {
  add,
  constant,
  constantInitializer,
  multiply,
  neg,
  square,
  subtract,
  type Tensor,
  tanh,
  variable,
} from "../../compiler/language.js";
import { eager, type GradientTape, type MutableVariable } from "../../runtime/index.js";

// Random programs of tapes, assignments and ops, beside plain JavaScript that computes everything at once: numbers, and for
// each tape the derivatives by each variable of what was made while it was open.

const variableCount = 3;

/** A tape, and derivatives by variables, as plain numbers. */
type Slopes = ReadonlyMap<GradientTape, readonly number[]>;

/** A tensor with what it must be. */
interface Known {
  readonly tensor: Tensor<[]>;
  readonly value: number;
  readonly slopes: Slopes;
}

/** What an op makes of numbers, and its derivatives by its operands. */
const unary = {
  neg: { op: neg, value: (x: number) => -x, slope: () => -1 },
  tanh: { op: tanh, value: Math.tanh, slope: (x: number) => 1 - Math.tanh(x) ** 2 },
  square: { op: square, value: (x: number) => x * x, slope: (x: number) => 2 * x },
};
const binary = {
  add: { op: add, value: (x: number, y: number) => x + y, slopes: () => [1, 1] },
  subtract: { op: subtract, value: (x: number, y: number) => x - y, slopes: () => [1, -1] },
  multiply: { op: multiply, value: (x: number, y: number) => x * y, slopes: (x: number, y: number) => [y, x] },
};

const operand = fc.nat(20);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("neg", "tanh", "square"), of: operand }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom("add", "subtract", "multiply"), of: operand, and: operand }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("assign", "assignAdd", "assignSub"), to: operand, of: operand }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("open") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("close") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("value"), of: operand }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("gradient"), of: operand, by: operand }) },
) as fc.Arbitrary<{ do: string; of: number; and: number; to: number; by: number }>;

test("values and gradients are those of computing everything at once", async () => {
  const asked = { values: 0, gradients: 0, withoutZeros: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      using tf = await eager({ backend: "reference" });
      const variables: MutableVariable<[], "float32">[] = [];
      const present: number[] = [];
      for (let i = 0; i < variableCount; i++) {
        present.push(0.5 * (i + 1));
        variables.push(tf.mutable(variable(`v${i}`, [], constantInitializer(present[i]!))));
      }
      const made: { known: Known; under: number }[] = [];
      const tapes: GradientTape[] = [];
      /** A variable as it is at this moment, or something that was made. */
      const pick = (at: number): Known => {
        const index = at % (variableCount + made.length);
        if (index >= variableCount) return made[index - variableCount]!.known;
        const unit = variables.map((_, i) => (i === index ? 1 : 0));
        const slopes = new Map(tapes.map((tape) => [tape, unit]));
        return { tensor: variables[index]!, value: present[index]!, slopes };
      };
      const make = (tensor: Tensor<[]>, value: number, parts: readonly (readonly [number, Known])[]) => {
        const by = (tape: GradientTape) =>
          variables.map((_, i) =>
            parts.reduce((sum, [slope, { slopes }]) => sum + slope * (slopes.get(tape)?.[i] ?? 0), 0),
          );
        const known = { tensor, value, slopes: new Map(tapes.map((tape) => [tape, by(tape)])) };
        // What grows large is left alone: float32 would differ.
        if (Math.abs(value) < 100) made.push({ known, under: tapes.length });
      };
      const expectNear = (tensor: Tensor<[]>, wanted: number) => {
        expect(Math.abs(tf.value(tensor).data[0]! - wanted)).toBeLessThan(2e-3 * Math.max(1, Math.abs(wanted)));
      };
      for (const { do: what, of, and, to, by } of steps) {
        if (what in unary) {
          const { op, value, slope } = unary[what as keyof typeof unary];
          const x = pick(of);
          make(op(x.tensor), value(x.value), [[slope(x.value), x]]);
        } else if (what in binary) {
          const { op, value, slopes } = binary[what as keyof typeof binary];
          const [x, y] = [pick(of), pick(and)];
          const [dx, dy] = slopes(x.value, y.value) as [number, number];
          make(op(x.tensor, y.tensor), value(x.value, y.value), [
            [dx, x],
            [dy, y],
          ]);
        } else if (what === "assign" || what === "assignAdd" || what === "assignSub") {
          const index = to % variableCount;
          const { tensor, value } = pick(of);
          const next = { assign: value, assignAdd: present[index]! + value, assignSub: present[index]! - value }[what];
          if (Math.abs(next) > 10) continue;
          variables[index]![what](tensor);
          present[index] = next;
        } else if (what === "open") tapes.push(tf.gradientTape());
        else if (what === "close") {
          tapes.pop()?.dispose();
          // What was made under the outermost tape is gone with it.
          if (tapes.length === 0) made.splice(0, made.length, ...made.filter(({ under }) => under === 0));
        } else if (what === "value") {
          asked.values++;
          const { tensor, value } = pick(of);
          expectNear(tensor, value);
        } else {
          const tape = tapes[by % Math.max(1, tapes.length)];
          const { tensor, slopes } = pick(of);
          const wanted = tape && slopes.get(tape);
          if (!wanted) continue;
          asked.gradients++;
          if (wanted.some((slope) => slope !== 0)) asked.withoutZeros++;
          tape.gradient(tensor, variables).forEach((gradient, i) => {
            expectNear(gradient, wanted[i]!);
          });
        }
      }
      variables.forEach((each, i) => {
        expectNear(add(each, constant(0)), present[i]!);
      });
    }),
    { numRuns: 1000 },
  );
  expect(asked.values).toBeGreaterThan(200);
  expect(asked.withoutZeros).toBeGreaterThan(200);
});
