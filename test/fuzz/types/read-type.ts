import type { Result } from "./outcome.js";

/** A type as a declaration file writes it, as a result. What it can't read stays as it is: such a type isn't easily read by people either. */
export function readType(text: string): Result {
  const reader = new Reader(text);
  const result = reader.type();
  return reader.isAtEnd() ? result : { text };
}

/** Types with a name that says enough by itself. */
const named: readonly (readonly [RegExp, (of: string) => Result])[] = [
  [/\s*(?:import\("shapewright"\)\.)?Key\b/y, () => readType('Tensor<[2], "int32">')],
  [
    /\s*(?:import\("shapewright"\)\.)?LstmState<(\[[^\]]*\]|any)>/y,
    (of) => readType(`{ readonly hidden: Tensor<${of}, "float32">; readonly cell: Tensor<${of}, "float32">; }`),
  ],
];

class Reader {
  #at = 0;

  constructor(readonly text: string) {}

  isAtEnd(): boolean {
    return this.#next(/\s*$/y) !== undefined;
  }

  type(): Result {
    const read = this.#single();
    return this.#next(/\s*\[\]/y) ? { text: `${JSON.stringify(read)}[]` } : read;
  }

  #single(): Result {
    if (this.#next(/\s*Tensor</y)) {
      const shape = this.#next(/\s*any\b/y) ? ("any rank" as const) : this.#shape();
      if (!shape) return { text: this.text };
      const dtype = this.#next(/\s*,\s*"(\w+)"\s*>/y) ?? (this.#next(/\s*,\s*any\s*>/y) ? "?" : undefined);
      if (dtype === undefined) return { text: this.text };
      return { shape, dtype };
    }
    if (this.#next(/\s*\[/y)) {
      const items: Result[] = [];
      while (!this.#next(/\s*\]/y)) {
        this.#next(/\s*\w+:/y); // the item's name
        items.push(this.type());
        if (!this.#next(/\s*,/y) && !/^\s*\]/.test(this.text.slice(this.#at))) return { text: this.text };
      }
      return items;
    }
    if (this.#next(/\s*\{/y)) {
      const fields: Record<string, Result> = {};
      while (!this.#next(/\s*\}/y)) {
        const name = this.#next(/\s*(?:readonly )?(\w+):/y);
        if (name === undefined) return { text: this.text };
        fields[name] = this.type();
        this.#next(/\s*;/y);
      }
      return { fields };
    }
    for (const [pattern, read] of named) {
      const dims = this.#next(pattern);
      if (dims !== undefined) return read(dims);
    }
    return { text: this.#next(/\s*([^;\]}]+)/y) ?? this.text };
  }

  #shape(): (number | string)[] | undefined {
    if (!this.#next(/\s*\[/y)) return undefined;
    const dims: (number | string)[] = [];
    while (!this.#next(/\s*\]/y)) {
      const name = this.#next(/\s*"([^"]*)"/y);
      const number = name ?? this.#next(/\s*(\d+)/y);
      const unknown = number ?? this.#next(/\s*(number|string|any|Dim)\b/y);
      if (unknown === undefined) return undefined;
      dims.push(name ?? (number !== undefined ? Number(number) : "?"));
      this.#next(/\s*,/y);
    }
    return dims;
  }

  /** What a pattern finds here: its group, or the whole. */
  #next(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.#at = pattern.lastIndex;
    return match[1] ?? match[0];
  }
}
