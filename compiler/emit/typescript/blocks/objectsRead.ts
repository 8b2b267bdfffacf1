import { appendTo } from "../../../../src/ir/appendTo.js";
import type { Node } from "../../../../src/ir/node.js";
import type { Template } from "./template.js";

/** A value that a function of a block has given beside others: where it is read. */
export interface Field {
  /** The constant that holds what the function gave, its interface, and what its block is called. */
  readonly object: string;
  readonly type: string;
  readonly block: string;
  readonly property: string;
}

/** What a function of a block reads of what another gave: in each instance, fields of one object. */
export interface ObjectRead {
  /** Of the template's externals, those that are fields of it. */
  readonly externals: readonly Node[];
  /** The object in each instance. */
  readonly objects: readonly string[];
  readonly type: string;
  /** What the block is called that gave it. */
  readonly block: string;
}

/** The objects that a block reads: those of which every instance reads the same fields, and more than one. */
export function objectsRead({ externals, alike }: Template, fields: ReadonlyMap<Node, Field>): ObjectRead[] {
  const read = new Map<string, Node[]>();
  for (const external of externals) {
    const key = keyOf(alike(external).map((node) => fields.get(node)));
    if (key !== undefined) appendTo(read, key, external);
  }
  return [...read.values()].flatMap((group) => {
    if (group.length < 2) return [];
    const found = alike(group[0]!).map((node) => fields.get(node)!);
    const { type, block } = found[0]!;
    return [{ externals: group, objects: found.map(({ object }) => object), type, block }];
  });
}

/** The same for fields of the same objects; none, where they are not the same field of each. */
function keyOf(found: readonly (Field | undefined)[]): string | undefined {
  const [first] = found;
  const isSame = first && found.every((one) => one?.type === first.type && one.property === first.property);
  return isSame ? found.map((one) => one!.object).join() : undefined;
}
