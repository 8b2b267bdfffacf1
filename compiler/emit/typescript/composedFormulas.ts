import { bodiesOf } from "../../../src/ir/body.js";
import type { Graph } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { definitionOf } from "../../../src/ops/registry.js";
import { formulaOf } from "./formula.js";

/** A formula of one statement, or of several of which only the last is read elsewhere. */
export interface ComposedFormula {
  /** The node that it gives. */
  readonly of: Node;
  readonly text: string;
  /** How many statements it covers. */
  readonly statements: number;
}

/** How tightly a text holds together: sums, products, powers and roots, what needs no brackets anywhere. */
const [loose, sum, product, power, atom] = [0, 1, 2, 3, 4] as const;

/** What is said of the operand next to it alone: x²² would be read as x to the 22nd. */
const raises = /[√^²⁺⁻ᵀ]/;

interface Written {
  readonly text: string;
  readonly level: number;
}

interface Part extends Written {
  /** How many statements it covers: the node's own, and those right before it. */
  readonly statements: number;
}

/** The longest text that is put within another. */
const longest = 70;

/**
 * What a section's statements compute, as a mathematician writes it: statements of one layer whose value only the next one
 * reads are one formula. Each stands at the first statement that it covers; the others that it covers have none.
 *
 * @param name what a node is called
 * @param isApart whether a node's value has a name that a reader should see, so that it stands in no other's formula
 */
export function composedFormulas(
  graph: Graph,
  nodes: readonly Node[],
  name: (node: Node) => string,
  isApart: (node: Node) => boolean,
  users: ReadonlyMap<Node, readonly Node[]>,
): { readonly starts: ReadonlyMap<Node, ComposedFormula>; readonly covered: ReadonlySet<Node> } {
  const outputs = new Set([...Object.values(graph.outputs), ...graph.updates.values()]);
  const parts = new Map<Node, Part>();
  const roots = new Set<Node>();
  const places = new Map(nodes.map((node, place) => [node, place]));

  for (const node of nodes) {
    if (!isWritten(node)) {
      roots.add(node);
      continue;
    }
    parts.set(node, partOf(node));
    if (!mayStandWithin(node)) roots.add(node);
  }
  const starts = new Map<Node, ComposedFormula>();
  const covered = new Set<Node>();
  for (const node of roots) {
    const part = parts.get(node);
    const isComposed = part !== undefined && (part.statements > 1 || node.part === "backward");
    const text = isComposed ? part.text : formulaOf(node, name);
    if (text === undefined) continue;
    const statements = part?.statements ?? 1;
    const last = places.get(node)!;
    const own = nodes.slice(last + 1 - statements, last + 1);
    starts.set(own[0]!, { of: node, text, statements });
    for (const one of own) covered.add(one);
  }
  return { starts, covered };

  function mayStandWithin(node: Node): boolean {
    const [user, ...others] = users.get(node) ?? [];
    if (user === undefined || others.length > 0 || outputs.has(node) || isApart(node)) return false;
    if (parts.get(node)!.text.length > longest || !places.has(user) || !isWritten(user)) return false;
    return user.scope === node.scope && (node.scope !== undefined || user.call === node.call);
  }

  /** The statements of a formula stand one after another: an operand that others stand behind is told by its name. */
  function partOf(node: Node): Part {
    let start = places.get(node)!;
    const within = new Set<Node>();
    const byPlace = [...new Set(node.inputs)].sort((a, b) => (places.get(b) ?? -1) - (places.get(a) ?? -1));
    for (const input of byPlace) {
      const part = parts.get(input);
      if (part === undefined || roots.has(input)) continue;
      if (places.get(input) === start - 1) {
        within.add(input);
        start -= part.statements;
      } else roots.add(input);
    }
    const operands = node.inputs.map((input) =>
      within.has(input) ? parts.get(input)! : { text: name(input), level: levelOf(name(input)) },
    );
    return { ...written(node, operands), statements: places.get(node)! - start + 1 };
  }
}

/** What one node computes, by the names of what it reads; none of what hands its operand on, or is written by itself. */
export function formulaOfOne(node: Node, name: (node: Node) => string): string | undefined {
  if (node.inputs.length === 0 || isOp(node, "result") || bodiesOf(node).length > 0) return undefined;
  if (node.results) return formulaOf(node, name);
  const operands = node.inputs.map((input) => ({ text: name(input), level: levelOf(name(input)) }));
  const { text } = written(node, operands);
  return operands.some((one) => one.text === text) ? undefined : text;
}

/** Whether a node is written as a call that gives its one value. */
function isWritten(node: Node): boolean {
  return !node.results && !isOp(node, "result") && bodiesOf(node).length === 0;
}

function written(node: Node, operands: readonly Written[]): Written {
  const { sign, term, formula } = definitionOf(node.op).words ?? {};
  if (sign !== undefined) {
    const level = "+-".includes(sign) ? sum : product;
    const [left, right] = operands.map(({ text, level: own }, i) => {
      const least = i === 1 && "-/".includes(sign) ? level + 1 : level;
      return own < least ? `(${text})` : text;
    });
    return { text: `${left} ${sign.replace("*", "·")} ${right}`, level };
  }
  const write = term ?? formula;
  if (write === undefined || write === "call") {
    return { text: `${node.op}(${operands.map(({ text }) => text).join(", ")})`, level: atom };
  }
  const writeOf = (texts: string[]) => write(texts, node.attributes);
  const least = raises.test(writeOf(operands.map(() => "x"))) ? atom : power;
  const text = writeOf(operands.map((one) => (one.level < least ? `(${one.text})` : one.text)));
  // What hands its operand on as it is.
  const same = operands.find((one) => text === one.text || text === `(${one.text})`);
  return { text: same?.text ?? text, level: same?.level ?? levelOf(text) };
}

/** Loose, where there is a space outside of brackets or a sign at the start; a power, where it begins or ends as one. */
function levelOf(text: string): number {
  let depth = 0;
  for (const character of text) {
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === " " && depth === 0) return loose;
  }
  if (text.startsWith("-")) return loose;
  return text.startsWith("√") || /[²¹⁺ᵀ]$/.test(text) ? power : atom;
}
