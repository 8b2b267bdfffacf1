import { internalError } from "../../../src/ir/errors.js";
import { dimNames } from "../../../src/ir/evaluate.js";
import type { Dim } from "../../../src/types/dim.js";
import { type Identifiers, key, textLiteral } from "./identifiers.js";

/** The sizes of a step's named dims: those that its inputs have, and those that are computed from them. */
export class SizeNames {
  readonly #bound: ReadonlyMap<string, string>;
  readonly #used = new Set<string>();
  readonly #computed = new Map<string, { readonly name: string; readonly statement: string }>();

  constructor(
    shapes: readonly (readonly Dim[])[],
    readonly identifiers: Identifiers,
  ) {
    const dims = new Set(shapes.flatMap((shape) => shape.filter((dim) => typeof dim === "string")));
    this.#bound = new Map([...dims].map((dim) => [dim, identifiers.unique(dim)]));
  }

  /** The expression for a size; one that is computed from others is declared once. */
  expression(dim: Dim): string {
    if (typeof dim === "number") return String(dim);
    const bound = this.#bound.get(dim);
    if (bound !== undefined) this.#used.add(dim);
    return bound ?? this.#computed.get(dim)?.name ?? this.#compute(dim);
  }

  /** The names of sizes that were used, as they are taken out of an object of all. */
  get taken(): string[] {
    return [...this.#used].map((dim) => entry(dim, this.#bound.get(dim)!));
  }

  /** The declarations of sizes that are computed. */
  get declarations(): string[] {
    return [...this.#computed.values()].map(({ statement }) => statement);
  }

  #compute(dim: string): string {
    const known = dimNames(dim);
    if (known.includes(dim)) throw internalError(`the size "${dim}" is in no input's shape`);
    const parts = known.map((part) => entry(part, this.expression(part))).join(", ");
    const name = this.identifiers.unique(dim);
    const statement = `  const ${name} = size(${textLiteral(dim)}, { ${parts} });`;
    this.#computed.set(dim, { name, statement });
    return name;
  }
}

/** An entry of an object: `batch`, `n: n_1`. */
function entry(name: string, value: string): string {
  return name === value ? name : `${key(name)}: ${value}`;
}
