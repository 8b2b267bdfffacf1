import { type GroupItem, groupsAround, type Hierarchy, type Item, type NodeItem } from "./hierarchy.js";

/** What flows from one box to another within a group: the values of some nodes. */
export interface Flow {
  readonly from: Item;
  readonly to: Item;
  readonly values: Set<NodeItem>;
}

/** A value that a group reads from outside, or that is read outside of it. */
export interface Port {
  readonly value: NodeItem;
  /** The boxes of the group that read the value, or the one that gives it. */
  readonly ends: Set<Item>;
}

/** The lines of one group. */
export interface GroupFlows {
  readonly inner: Map<string, Flow>;
  readonly ins: Map<NodeItem, Port>;
  readonly outs: Map<NodeItem, Port>;
}

/** Readers from which on a scalar is not drawn going to each of them, as with the learning rate or the count of steps. */
const manyReaders = 4;

/** The lines that each group draws. Between groups, a line is drawn in the group that holds both. */
export function flowsOf({ root, groups, nodes }: Hierarchy): Map<GroupItem, GroupFlows> {
  const flows = new Map<GroupItem, GroupFlows>(
    [root, ...groups].map((group) => [group, { inner: new Map(), ins: new Map(), outs: new Map() }]),
  );
  for (const value of nodes) {
    const hidden = isEverywhere(value);
    for (const user of value.users) {
      if (!hidden || value.parent === user.parent) addFlow(value, user, flows, root);
    }
  }
  return flows;
}

/** Whether a value is a scalar that many read. */
function isEverywhere({ node, users }: NodeItem): boolean {
  return node.type.endsWith("[]") && users.length >= manyReaders;
}

function addFlow(value: NodeItem, user: NodeItem, flows: Map<GroupItem, GroupFlows>, root: GroupItem): void {
  const sources: Item[] = [value, ...groupsAround(value)];
  const targets: Item[] = [user, ...groupsAround(user)];
  // The outermost groups that hold both are of no interest: the line is drawn in the innermost of these.
  let common: GroupItem = root;
  while (sources.length > 1 && targets.length > 1 && sources.at(-1) === targets.at(-1)) {
    common = sources.pop() as GroupItem;
    targets.pop();
  }
  const from = sources.at(-1)!;
  const to = targets.at(-1)!;
  const { inner } = flows.get(common)!;
  const key = `${from.id}>${to.id}`;
  const flow = inner.get(key) ?? { from, to, values: new Set() };
  inner.set(key, flow);
  flow.values.add(value);
  for (let i = 1; i < targets.length; i++) addPort(flows.get(targets[i] as GroupItem)!.ins, value, targets[i - 1]!);
  for (let i = 1; i < sources.length; i++) addPort(flows.get(sources[i] as GroupItem)!.outs, value, sources[i - 1]!);
}

function addPort(ports: Map<NodeItem, Port>, value: NodeItem, end: Item): void {
  const port = ports.get(value) ?? { value, ends: new Set() };
  ports.set(value, port);
  port.ends.add(end);
}
