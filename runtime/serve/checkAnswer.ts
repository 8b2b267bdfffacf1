import { type DimSizes, sizesOf, total } from "../../compiler/analysis/sizes.js";
import { elementCount } from "../../src/ir/array.js";
import { isDimName } from "../../src/ir/evaluate.js";
import type { InputArrays } from "../data/samples.js";
import { refused } from "../data/toArray.js";
import type { Served } from "./served.js";

/** How many numbers an answer has at most: of more, with up to 25 characters each, JavaScript may have no text. */
export const mostNumbers = 2 ** 24;

/**
 * Looks at how large the answer to checked inputs will be, before it is computed.
 *
 * @throws SW_DATA where it is too large
 */
export function checkAnswer({ inputs, outputs }: Pick<Served, "inputs" | "outputs">, given: InputArrays): void {
  const sizes: DimSizes = new Map(
    [...inputs].flatMap(([name, { shape }]) =>
      shape.flatMap((dim, axis) =>
        typeof dim === "string" && isDimName(dim) ? [[dim, given[name]!.shape[axis] as number] as const] : [],
      ),
    ),
  );
  const numbers = total([...outputs.values()], ({ shape }) => elementCount(sizesOf(shape, sizes)));
  if (numbers <= mostNumbers) return;
  throw refused(
    `the answer would have ${numbers} numbers, but has at most ${mostNumbers}; ask for fewer samples at once`,
  );
}
