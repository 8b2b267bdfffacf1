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
    const [value, again] = [initialValue(name, variable, 0), initialValue(name, variable, 0)];
    if (value.data.every((element: number, i: number) => element === again.data[i])) return [name, value] as const;
    const { initializer } = variable.attributes;
    throw new ShapewrightError(
      "SW_VALUE",
      `variable "${name}": its initializer "${initializer.name}" gives other values each time, so that no build would be ` +
        "like the one before; draw from the generator that sample() is given",
      "variable",
    );
  });
  return new Map(values);
}
