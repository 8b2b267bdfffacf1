import type { Hierarchy, Item } from "./hierarchy.js";

/** What follows the page's address: the graph, and what is selected in it, as `#train/dense/kernel`. */
export function addressOf(view: string, item: Item | undefined): string {
  if (item === undefined) return `#${view}`;
  return `#${view}/${encodeURI(item.type === "group" ? item.title : (item.node.name ?? item.id))}`;
}

/** The graph that an address names, and what it says is selected. */
export function readAddress(hash: string): { readonly view: string; readonly selected: string } {
  const [view = "", ...rest] = hash.slice(1).split("/");
  try {
    return { view, selected: decodeURI(rest.join("/")) };
  } catch {
    // No address of ours.
    return { view, selected: "" };
  }
}

/** What an address calls so: a layer, a node of that name, or one of that number. */
export function itemCalled(text: string, { groups, nodes, items }: Hierarchy): Item | undefined {
  if (text === "") return undefined;
  const group = groups.find((one) => one.title === text && one.parent?.children.includes(one));
  return (
    group ??
    nodes.find(({ node, layer, title }) => node.name === text || (title === text && layer === text)) ??
    items.get(text)
  );
}
