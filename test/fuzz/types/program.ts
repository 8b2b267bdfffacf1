import type { DType } from "../../../src/ir/dtype.js";
import type { Dim } from "../../../src/types/dim.js";

/** A small program: what it declares, and the call that is asked about. Read by compilers, and run. */
export interface Program {
  /** The function that it calls. */
  readonly op: string;
  readonly declarations: readonly Declaration[];
  /** What it returns. */
  readonly result: string;
  /** Do the types see all sizes and options? Else they may know less than what runs. */
  readonly seen: boolean;
  /**
   * What stands in it that belongs nowhere: nothing, a number, one of which the types say nothing, or no number at all. NaN and
   * infinite numbers are of the type `number`; others stand where the range is not in the types.
   */
  readonly odd: "nothing" | "number" | "untold" | "kind";
}

interface Declaration {
  readonly name: string;
  readonly type?: string;
  readonly value: string;
}

/** A value that stands where one is asked for, whatever that was. */
export interface Odd {
  /** At which of a program's values. */
  readonly place: number;
  readonly text: string;
}

/** An argument, written into a program. Nothing where it is left out. */
export type Argument = (scope: Scope) => string | undefined;

/** What is written while a program is. */
export class Scope {
  readonly declarations: Declaration[] = [];
  seen = true;
  odd: Program["odd"] = "nothing";
  #values = 0;
  #hidden = 0;

  /**
   * @param hiding from 0 to 19 for each thing that the types may not see: from 15 on they do not
   * @param wrong a value that is put in
   */
  constructor(
    readonly hiding: readonly number[],
    readonly wrong: Odd | undefined,
  ) {}

  /** Is the next thing hidden from the types? */
  hides(from = 15): boolean {
    const hidden = (this.hiding[this.#hidden++] ?? 0) >= from;
    if (hidden) this.seen = false;
    return hidden;
  }

  declare(prefix: string, value: string, type?: string): string {
    const name = `${prefix}${this.declarations.length}`;
    this.declarations.push({ name, value, ...(type !== undefined && { type }) });
    return name;
  }

  /** A value's text, or that of one that does not belong there. */
  value(text: string | undefined): string | undefined {
    if (this.#values++ !== this.wrong?.place) return text;
    this.odd = oddityOf(this.wrong.text);
    return this.wrong.text;
  }
}

function oddityOf(text: string): Program["odd"] {
  if (text === "NaN" || text === "Infinity") return "untold";
  return Number.isNaN(Number(text)) ? "kind" : "number";
}

/** A program of a call. */
export function programOf(op: string, call: Argument, hiding: readonly number[], wrong: Odd | undefined): Program {
  const scope = new Scope(hiding, wrong);
  const result = call(scope) ?? "undefined";
  return { op, declarations: scope.declarations, result, seen: scope.seen, odd: scope.odd };
}

/** The program as a function to be exported, in TypeScript. */
export function sourceOf({ declarations, result }: Program, name: string): string {
  const lines = declarations.map(
    ({ name, type, value }) => `  const ${name}${type === undefined ? "" : `: ${type}`} = ${value};`,
  );
  return [`export function ${name}() {`, ...lines, `  return ${result};`, "}"].join("\n");
}

/** The program as the body of a function, in JavaScript. */
export function bodyOf({ declarations, result }: Program): string {
  return [...declarations.map(({ name, value }) => `const ${name} = ${value};`), `return ${result};`].join("\n");
}

/** A value as text. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`;
  return value === undefined || typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** A tensor's declaration: an input, or where a size is calculated, zeros of that shape. */
export function tensorText(shape: readonly Dim[], dtype: DType): string {
  const isCalculated = shape.some((dim) => typeof dim === "string" && !/^\w+$/.test(dim));
  const suffix = dtype === "float32" ? "" : `, "${dtype}"`;
  if (isCalculated) return `broadcastTo(constant(${dtype === "bool" ? "false" : 0}${suffix}), ${textOf(shape)})`;
  return `input(${textOf(shape)}${suffix})`;
}
