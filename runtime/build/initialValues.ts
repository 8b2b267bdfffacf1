import { initialValue } from "../../compiler/initialValue.js";
import type { Computation } from "../../compiler/program.js";
import type { NdArray } from "../../src/ir/array.js";
import { ShapewrightError } from "../../src/ir/errors.js";

/**
 * The values that variables have in a session that is opened with no other seed.
 *
 * @throws SW_VALUE when an initializer gives no values that fit, or gives others each time
 */
export function initialValues({ variables }: Computation): Map<string, NdArray> {
  const values = [...variables].map(([name, variable]) => {
    const { initializer } = variable.attributes;
    const value = initialValue(name, variable, 0);
    // What generated code draws by the same expression is the same each time; of a user's own it has to be seen.
    if (initializer.expression !== undefined) return [name, value] as const;
    const again = initialValue(name, variable, 0);
    if (value.data.every((element: number, i: number) => element === again.data[i])) return [name, value] as const;
    throw new ShapewrightError(
      "SW_VALUE",
      `variable "${name}": its initializer "${initializer.name}" gives other values each time, so that no build would be ` +
        "like the one before; draw from the generator that sample() is given",
      "variable",
    );
  });
  return new Map(values);
}
