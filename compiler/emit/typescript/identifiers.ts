import { visible } from "../../../src/ir/checkName.js";

/** Words that cannot name a constant in a module, and globals that generated code would hide. */
const reserved =
  `arguments as async await break case catch class const continue debugger default delete do else enum eval
export extends false finally for function get if implements import in instanceof interface let new null of package private
protected public return set static super switch this throw true try type typeof undefined var void while with yield Infinity
NaN Object Number Math Array String Record Partial Pick Readonly __proto__`.split(/\s+/);

/** Hands out identifiers, each once. */
export class Identifiers {
  readonly #taken = new Set<string>();
  /** The number from which on there may be one that is free, of texts that were asked for. */
  readonly #counts = new Map<string, number>();
  readonly #foreign: ReadonlySet<string>;

  /** @param foreign identifiers of a module that must not be hidden */
  constructor(foreign: Iterable<string>) {
    this.#foreign = new Set([...reserved, ...foreign]);
  }

  /** The identifier nearest to a text such as `"encoder/dense"`: with a number behind it, if it is taken. */
  unique(text: string): string {
    const plain = text.replaceAll(/[^\p{ID_Continue}$]+/gu, "_").replace(/^(?![\p{ID_Start}_$])/u, "_");
    const own = this.#foreign.has(plain) ? `${plain}_value` : plain;
    let name = own;
    let count = this.#counts.get(own) ?? 1;
    for (; this.#taken.has(name); count++) name = `${own}_${count}`;
    this.#counts.set(own, count);
    this.#taken.add(name);
    return name;
  }
}

/** Whether a property can be written with a dot. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/** A property of an object: `state.steps`, `state["dense/kernel"]`. */
export function property(object: string, name: string): string {
  return isIdentifier(name) ? `${object}.${name}` : `${object}[${textLiteral(name)}]`;
}

/** The key of a property in an object literal, a pattern or a type. */
export function key(name: string): string {
  // Without the brackets, this one would set what an object inherits from.
  if (name === "__proto__") return '["__proto__"]';
  return isIdentifier(name) ? name : textLiteral(name);
}

/** A text between quotes, with all in it that cannot be seen written as `\u2028`. */
export function textLiteral(text: string): string {
  return visible(JSON.stringify(text));
}
