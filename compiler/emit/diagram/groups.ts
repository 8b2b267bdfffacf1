import type { Blocks } from "./blocks.js";
import type { DiagramGroup } from "./diagram.js";

/** Groups by their names: "stage/conv" stands in "stage", this in its block, where it has one, and equal blocks in one group. */
export class Groups {
  readonly list: DiagramGroup[] = [];
  readonly #indices = new Map<string, number>();

  constructor(readonly blocks: Blocks) {}

  indexOf(layer: string): number {
    return this.#index(`layer ${layer}`, layer, () => {
      const slash = layer.lastIndexOf("/");
      if (slash > 0) return this.indexOf(layer.slice(0, slash));
      const block = this.blocks.of.get(layer);
      if (block === undefined) return this.#repeated(layer);
      return this.#index(`block ${block}`, block, () => this.#repeated(block));
    });
  }

  /** A group that is not there yet: of a name that is taken, it has the next, as "lstm/body_1" after "lstm/body". */
  unused(layer: string): number {
    let name = layer;
    for (let i = 1; this.#indices.has(`layer ${name}`); i++) name = `${layer}_${i}`;
    return this.indexOf(name);
  }

  /** The group of all blocks that are equal to one and stand beside it. */
  #repeated(block: string): number | undefined {
    const all = this.blocks.repeated.get(block);
    return all && this.#index(`all ${all.name}`, all.name, () => undefined, all.times);
  }

  #index(key: string, name: string, parentOf: () => number | undefined, times?: number): number {
    const known = this.#indices.get(key);
    if (known !== undefined) return known;
    const parent = parentOf();
    this.list.push({ name, ...(parent !== undefined && { parent }), ...(times !== undefined && { times }) });
    this.#indices.set(key, this.list.length - 1);
    return this.list.length - 1;
  }
}
