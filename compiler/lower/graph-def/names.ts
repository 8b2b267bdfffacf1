/** Gives out names that are unique in one graph and that TensorFlow accepts. */
export class NameTable {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  /** `wanted` itself if nothing has it yet, or `wanted_1`, `wanted_2` and so on. */
  unique(wanted: string): string {
    const base = validName(wanted);
    let count = this.#counts.get(base) ?? 0;
    let name = count === 0 ? base : `${base}_${count}`;
    while (this.#taken.has(name)) name = `${base}_${++count}`;
    this.#counts.set(base, count + 1);
    this.#taken.add(name);
    return name;
  }
}

/** What is valid as it is, as nearly every name is: a graph has tens of thousands. */
const valid = /^[A-Za-z0-9.][A-Za-z0-9_.-]*(\/[A-Za-z0-9.][A-Za-z0-9_.-]*)*$/;

/** TensorFlow's rule for names: `[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*`; we keep to fewer characters than that. */
function validName(wanted: string): string {
  if (valid.test(wanted)) return wanted;
  const parts = wanted.split("/").map((part) => part.replace(/[^A-Za-z0-9_.-]/g, "_").replace(/^[_-]+/, ""));
  return parts.filter((part) => part !== "").join("/") || "node";
}
