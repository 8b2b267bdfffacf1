import { initialValue } from "../../compiler/initialValue.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { Node } from "../../src/ir/node.js";

/**
 * What variables start with, by these: a model's are those of programs that train it, and are drawn once. Of a layer that stands under another
 * name in another model, other numbers are drawn.
 */
export type Drawn = Map<Node<"variable">, { readonly name: string; readonly value: NdArray }>;

/**
 * The values that variables have in a session that is opened with no other seed.
 *
 * @param drawn those that are known already; those that were not are added
 * @throws SW_VALUE when an initializer gives no values that fit, or gives others each time
 */
export function initialValues({ variables }: Computation, drawn: Drawn): Map<string, NdArray> {
  const values = [...variables].map(([name, variable]) => {
    const known = drawn.get(variable);
    const value = known?.name === name ? known.value : drawReproducible(name, variable);
    drawn.set(variable, { name, value });
    return [name, value] as const;
  });
  return new Map(values);
}

/** What generated code draws by the same expression is the same each time; of a user's own it has to be seen. */
function drawReproducible(name: string, variable: Node<"variable">): NdArray {
  const { initializer } = variable.attributes;
  const value = initialValue(name, variable, 0);
  if (initializer.expression !== undefined) return value;
  const again = initialValue(name, variable, 0);
  if (value.data.every((element: number, i: number) => element === again.data[i])) return value;
  throw new ShapewrightError(
    "SW_VALUE",
    `variable "${name}": its initializer "${initializer.name}" gives other values each time, so that no build would be ` +
      "like the one before; draw from the generator that sample() is given",
    "variable",
  );
}
