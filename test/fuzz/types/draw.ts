import fc from "fast-check";
import { type Drawn, mostly, some } from "./arguments.js";
import { descriptions } from "./descriptions.js";
import { type Odd, type Program, programOf } from "./program.js";

/** Numbers that seldom belong where they stand, and what belongs nowhere. */
const odd: Drawn<Odd> = fc.record({
  place: fc.nat(3),
  text: fc.oneof(
    some("0", "-1", "1.5", "2.5", "-3", "-0.5", "1e21", "NaN"),
    some("null", '"wrong"', "true", "[]", "{}", "[1, 2]"),
  ),
});

const hiding: Drawn<readonly number[]> = mostly(
  fc.constant<number[]>([]),
  fc.array(fc.nat(19), { minLength: 12, maxLength: 12 }),
  3,
);

/** Programs that call a function: most with everything seen, and nothing odd in them. */
const programs = (name: string): Drawn<Program> => {
  const described = descriptions[name];
  if (!described) throw new Error(`${name} has no description; there are ${Object.keys(descriptions).join(", ")}`);
  const drawn = fc.tuple(described, hiding, mostly(fc.constant(undefined), odd, 6));
  return fc.noBias(drawn.map(([call, hiding, odd]) => programOf(name, call, hiding, odd)));
};

/** Where fast-check begins for a function, so that each has programs of its own. */
function seedOf(seed: number, name: string): number {
  return [...name].reduce((mixed, letter) => (Math.imul(mixed, 31) + letter.charCodeAt(0)) | 0, seed);
}

/** So many programs of a function: the same for the same seed. */
export function draw(name: string, seed: number, count: number): Program[] {
  return fc.sample(programs(name), { seed: seedOf(seed, name), numRuns: count });
}

/** The smallest program of those that fail as the one with this number does. */
export async function shrink(
  name: string,
  seed: number,
  index: number,
  fails: (program: Program) => Promise<boolean>,
): Promise<Program | undefined> {
  const property = fc.asyncProperty(programs(name), async (program) => !(await fails(program)));
  const found = await fc.check(property, { seed: seedOf(seed, name), path: `${index}`, numRuns: index + 1 });
  return found.counterexample?.[0];
}
