import { elementCount, type NdArray } from "../src/ir/array.js";
import { allocate } from "../src/ir/dtype.js";
import { ShapewrightError } from "../src/ir/errors.js";
import type { Node } from "../src/ir/node.js";
import { random } from "../src/ir/random.js";
import { show } from "../src/types/show.js";

/**
 * The value that a variable starts with, drawn for its name: it does not depend on what other variables there are.
 *
 * @throws SW_VALUE when the initializer does not fill the variable with finite numbers
 */
export function initialValue(name: string, { attributes }: Node<"variable">, seed: number): NdArray {
  const { shape, dtype, initializer } = attributes;
  const values = initializer.sample(shape, random(seed, name));
  const refuse = (what: string) => {
    const message = `variable "${name}": its initializer "${initializer.name}" gave ${what}`;
    throw new ShapewrightError("SW_VALUE", message, "variable");
  };
  const count = elementCount(shape);
  if (values.length !== count) refuse(`${values.length} values for ${show(shape)}, which holds ${count}`);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) refuse(`${values[wrong]} for element ${wrong}`);
  const data = allocate(dtype, count);
  data.set(values);
  return { shape: [...shape], dtype, data };
}
