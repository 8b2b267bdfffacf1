import type { ts } from "ts-morph";

/** What a name stands for, as it is at the time. */
export interface Variable {
  value: unknown;
}

/** The names of one block, and of the blocks around it. */
export class Scope {
  private readonly variables = new Map<ts.Symbol, Variable>();

  constructor(private readonly outer?: Scope) {}

  find(symbol: ts.Symbol): Variable | undefined {
    return this.variables.get(symbol) ?? this.outer?.find(symbol);
  }

  declare(symbol: ts.Symbol, value: unknown): Variable {
    const variable = { value };
    this.variables.set(symbol, variable);
    return variable;
  }

  /** The same names with the same values, which change apart from now on; each of them is told of. */
  copy(made: (variable: Variable) => unknown): Scope {
    const copied = new Scope(this.outer);
    for (const [symbol, { value }] of this.variables) made(copied.declare(symbol, value));
    return copied;
  }
}
