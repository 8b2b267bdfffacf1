import { internalError } from "../../../src/ir/errors.js";
import { dimNames } from "../../../src/ir/evaluate.js";
import type { Node } from "../../../src/ir/node.js";
import type { Dim } from "../../../src/types/dim.js";
import { type Identifiers, key, textLiteral } from "./identifiers.js";
import { callStatement } from "./layout.js";
import { literal } from "./literals.js";

/** The sizes of a step's named dims: those that its inputs have, and those that are computed from them. */
export class SizeNames {
  readonly #bound: ReadonlyMap<string, string>;
  readonly #used = new Set<string>();
  readonly #computed = new Map<string, { readonly name: string; readonly statement: string }>();

  constructor(
    readonly inputs: ReadonlyMap<Node, string>,
    readonly identifiers: Identifiers,
  ) {
    const dims = new Set([...inputs.keys()].flatMap(({ shape }) => shape.filter((dim) => typeof dim === "string")));
    this.#bound = new Map([...dims].map((dim) => [dim, identifiers.unique(dim)]));
  }

  /** The expression for a size; one that is computed from others is declared once. */
  expression(dim: Dim): string {
    if (typeof dim === "number") return String(dim);
    const bound = this.#bound.get(dim);
    if (bound !== undefined) this.#used.add(dim);
    return bound ?? this.#computed.get(dim)?.name ?? this.#compute(dim);
  }

  /**
   * What a step begins with: sizes that were used are bound to those of the inputs, which are checked; others are computed from them.
   *
   * @param helper notes that a function of the helper is used
   */
  statements(helper: (name: string) => void): string[] {
    const expected = [...this.inputs].map(
      ([{ shape, dtype }, name]) => `${key(name)}: [${name}, ${literal([...shape])}, "${dtype}"]`,
    );
    const taken = [...this.#used].map((dim) => entry(dim, this.#bound.get(dim)!));
    const before = taken.length === 0 ? "" : `const { ${taken.join(", ")} } = `;
    const call = { helper: "bindSizes", arguments: [`{ ${expected.join(", ")} }`] };
    helper(call.helper);
    if (this.#computed.size > 0) helper("size");
    return [...callStatement(before, call, "  "), ...[...this.#computed.values()].map(({ statement }) => statement)];
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
