import { elementCount, type NdArray } from "../src/ir/array.js";
import { toElements } from "../src/ir/elements.js";
import { ShapewrightError } from "../src/ir/errors.js";
import { inWords } from "../src/ir/inWords.js";
import type { Node } from "../src/ir/node.js";
import { random } from "../src/ir/random.js";
import { isTypedArray } from "../src/ir/typed-arrays.js";
import { show } from "../src/types/show.js";

/**
 * The value that a variable starts with, drawn for its name: it does not depend on what other variables there are.
 *
 * @throws SW_VALUE when the initializer does not fill the variable with finite numbers
 */
export function initialValue(name: string, { attributes }: Node<"variable">, seed: number): NdArray {
  const { shape, dtype, initializer } = attributes;
  const values: unknown = initializer.sample(shape, random(seed, name));
  const refused = (fault: string) => {
    const message = `variable "${name}": its initializer "${initializer.name}" gave ${fault}`;
    return new ShapewrightError("SW_VALUE", message, "variable");
  };
  if (!isTypedArray(values) && !Array.isArray(values)) throw refused(`${inWords(values)}, not a Float32Array`);
  const count = elementCount(shape);
  if (values.length !== count) throw refused(`${values.length} values for ${show(shape)}, which holds ${count}`);
  const refusedAt = (value: unknown, i: number) => refused(`${inWords(value)} for element ${i}`);
  // What comes with Shapewright gives an array that nobody else has.
  const isOwn = initializer.expression !== undefined && dtype === "float32" && values instanceof Float32Array;
  const data = isOwn ? values : toElements(values, dtype, refusedAt);
  for (let i = 0; i < count; i++) if (!Number.isFinite(data[i])) throw refusedAt(data[i], i);
  return { shape: [...shape], dtype, data };
}
