import type { DiagramGroup } from "./diagram.js";

/** Groups by their names: "stage/conv" stands in "stage", and this in its block, where it has one. */
export class Groups {
  readonly list: DiagramGroup[] = [];
  readonly #indices = new Map<string, number>();

  constructor(readonly blocks: ReadonlyMap<string, string>) {}

  indexOf(layer: string): number {
    return this.#index(`layer ${layer}`, layer, () => {
      const slash = layer.lastIndexOf("/");
      if (slash > 0) return this.indexOf(layer.slice(0, slash));
      const block = this.blocks.get(layer);
      return block === undefined ? undefined : this.#index(`block ${block}`, block, () => undefined);
    });
  }

  /** A group that is not there yet: of a name that is taken, it has the next, as "lstm/body_1" after "lstm/body". */
  unused(layer: string): number {
    let name = layer;
    for (let i = 1; this.#indices.has(`layer ${name}`); i++) name = `${layer}_${i}`;
    return this.indexOf(name);
  }

  #index(key: string, name: string, parentOf: () => number | undefined): number {
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    const parent = parentOf();
    this.list.push({ name, ...(parent !== undefined && { parent }) });
    this.#indices.set(key, this.list.length - 1);
    return this.list.length - 1;
  }
}
