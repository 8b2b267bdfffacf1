import { type Kind, kinds } from "../../diagram/kinds.js";
import type { Hierarchy, Item } from "./hierarchy.js";

/** What a page's address says. */
export interface Address {
  /** The graph. */
  readonly view: string;
  /** What is selected in it; empty where nothing is. */
  readonly selected: string;
  /** Of a graph that is shown pass by pass, the stage. */
  readonly stage: number;
  /** The kinds of nodes that are left out. */
  readonly hidden: readonly Kind[];
}

/** What follows the page's address, as `#train?hide=backward,update/dense/kernel` or `#passes?pass=3`. */
export function addressOf({ view, stage, hidden }: Omit<Address, "selected">, item: Item | undefined): string {
  const settings = [
    ...(hidden.length > 0 ? [`hide=${hidden.join()}`] : []),
    ...(stage > 0 ? [`pass=${stage}`] : []),
  ].join("&");
  const start = settings === "" ? `#${view}` : `#${view}?${settings}`;
  if (item === undefined) return start;
  return `${start}/${encodeURI(item.type === "group" ? item.title : (item.node.name ?? item.id))}`;
}

/** What an address says; what is none of ours says nothing. */
export function readAddress(hash: string): Address {
  const [start = "", ...rest] = hash.slice(1).split("/");
  const [view = "", settings] = start.split("?");
  const said = new URLSearchParams(settings);
  const hidden = said.get("hide")?.split(",") ?? [];
  return {
    view,
    selected: decoded(rest.join("/")),
    stage: Number(said.get("pass")) || 0,
    hidden: kinds.filter((kind) => hidden.includes(kind)),
  };
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return "";
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
