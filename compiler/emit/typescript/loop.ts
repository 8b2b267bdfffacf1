import { graphOfBody, resultsRead } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { lastUses } from "../../analysis/liveness.js";
import { type Call, callOf, type Writing } from "./call.js";
import { formulaOf } from "./formula.js";
import type { Identifiers } from "./identifiers.js";
import { callStatement, comment } from "./layout.js";
import { tensorType } from "./literals.js";
import { nounOf } from "./naming.js";
import { numberExpression, plainNumbers } from "./scalars.js";

/** What loops are written with. */
export interface LoopSurroundings {
  readonly identifiers: Identifiers;
  /** Notes that a function or a type of the helper is used. */
  helper(name: string): void;
  readonly size: Writing["size"];
}

/**
 * Writes a loop as a `for`: what is carried in variables, outputs in lists that are stacked at the end.
 *
 * @param inputs its inputs, as they are written
 * @param names the names of its results; none for what nothing reads
 */
export function writeLoop(
  node: Node<"scan">,
  inputs: readonly string[],
  names: readonly (string | undefined)[],
  surroundings: LoopSurroundings,
  indent: string,
): string[] {
  const { body, carries, sequences, length, reverse } = node.attributes;
  const { identifiers, helper, size } = surroundings;
  const lines: string[] = [];
  const write = (before: string, call: Call, deeper = "") => {
    helper(call.helper);
    lines.push(...callStatement(before, call, indent + deeper));
  };
  const shapeOf = ({ shape }: Pick<Node, "shape">) => `[${shape.map(size).join(", ")}]`;
  const typeOf = (of: Parameters<typeof tensorType>[0]) => {
    helper("Tensor");
    return tensorType(of);
  };

  const parameters = body.parameters;
  const carried = parameters.slice(0, carries).map((_, i) => names[i] ?? identifiers.unique("carried"));
  const places = parameters.slice(carries, carries + sequences).map(() => identifiers.unique("place_of"));
  const lists = node
    .results!.slice(carries)
    .map((_, i) => names[carries + i] && identifiers.unique(`all_${names[carries + i]}`));
  const [step, rounds] = [identifiers.unique("step"), size(length)];
  for (const [i, name] of carried.entries()) {
    write(`let ${name}: ${typeOf(parameters[i]!)} = `, { helper: "copy", arguments: [inputs[i]!] });
  }
  for (const [i, list] of lists.entries()) {
    if (list) lines.push(`${indent}const ${list}: ${typeOf(body.results[carries + i]!)}[] = [];`);
  }
  lines.push(
    reverse
      ? `${indent}for (let ${step} = ${rounds} - 1; ${step} >= 0; ${step}--) {`
      : `${indent}for (let ${step} = 0; ${step} < ${rounds}; ${step}++) {`,
  );
  for (const [i, name] of places.entries()) {
    const given = [inputs[carries + i]!, step, shapeOf(parameters[carries + i]!)];
    write(`const ${name}: ${typeOf(parameters[carries + i]!)} = `, { helper: "place", arguments: given }, "  ");
  }
  const named = new Map(
    [...carried, ...places, ...inputs.slice(carries + sequences)].map((name, i) => [parameters[i]!, name]),
  );
  const round = writeRound(body.results, new Map(named), node, surroundings, `${indent}  `);
  lines.push(...round.lines);

  // What a round gives is its own, but for what it was given, and what it gives twice.
  const taken = new Set<Node>(parameters);
  const own = (result: Node) => {
    const isTaken = taken.has(result);
    taken.add(result);
    if (isTaken) helper("copy");
    return isTaken ? `copy(${round.value(result)})` : round.value(result);
  };
  const next = body.results.slice(0, carries).map((result) => {
    const name = identifiers.unique("next");
    lines.push(`${indent}  const ${name}: ${typeOf(result)} = ${own(result)};`);
    return name;
  });
  for (const [i, list] of lists.entries()) {
    const result = body.results[carries + i]!;
    if (list) lines.push(`${indent}  ${list}.push(${own(result)});`);
  }
  // What was carried, the places, and results that nobody takes.
  const left = [...new Set(body.results)].filter((result) => !taken.has(result)).map(round.value);
  if (carried.length + places.length + left.length > 0) {
    write("", { helper: "dispose", arguments: [...carried, ...places, ...left] }, "  ");
  }
  for (const [i, name] of carried.entries()) lines.push(`${indent}  ${name} = ${next[i]};`);
  lines.push(`${indent}}`);
  for (const [i, list] of lists.entries()) {
    if (!list) continue;
    const { dtype, shape } = node.results![carries + i]!;
    const given = [reverse ? `${list}.reverse()` : list, `[${shape.map(size).join(", ")}]`, JSON.stringify(dtype)];
    write(`const ${names[carries + i]}: ${typeOf({ dtype, shape })} = `, { helper: "stack", arguments: given });
  }
  const unread = carried.filter((_, i) => names[i] === undefined);
  if (unread.length > 0) write("", { helper: "dispose", arguments: unread });
  return lines;
}

/** The statements of one round. `names` has the parameters already; the other nodes are added. */
function writeRound(
  results: readonly Node[],
  names: Map<Node, string>,
  { attributes: { body } }: Node<"scan">,
  surroundings: LoopSurroundings,
  indent: string,
) {
  const graph = graphOfBody(body);
  const { identifiers, helper, size } = surroundings;
  const plain = plainNumbers(graph);
  const dying = lastUses(graph);
  const read = resultsRead(graph);
  const kept = new Set<Node>([...body.parameters, ...results]);
  const lines: string[] = [];
  const number = (node: Node) => numberExpression(node, size);
  const writing: Writing = { number, size, value: (node) => (plain.has(node) ? number(node) : names.get(node)!) };
  const write = (before: string, call: Call) => {
    helper(call.helper);
    lines.push(...callStatement(before, call, indent));
  };
  const nameOf = (node: Node) => {
    const name = identifiers.unique(nounOf(node));
    names.set(node, name);
    return name;
  };
  for (const node of graph.nodes) {
    if (names.has(node) || plain.has(node) || isOp(node, "result")) {
      // Written where it is read, or where its op is.
    } else if (node.results) {
      const found = new Map(read.get(node)?.map((result) => [result.attributes.index, nameOf(result)]));
      const all = node.results.map((_, i) => found.get(i));
      if (isOp(node, "scan")) lines.push(...writeLoop(node, node.inputs.map(writing.value), all, surroundings, indent));
      else {
        const list = all.map((name) => name ?? identifiers.unique("unused"));
        const unread = list.filter((_, i) => all[i] === undefined);
        helper("Tensor");
        write(`const [${list.join(", ")}]: [${node.results.map(tensorType).join(", ")}] = `, callOf(node, writing));
        if (unread.length > 0) write("", { helper: "dispose", arguments: unread });
      }
    } else {
      const formula = formulaOf(node, writing.value);
      if (formula) lines.push(...comment(formula, indent));
      helper("Tensor");
      const isNumber = node.rank === 0 && node.inputs.length > 0 && node.inputs.every((input) => plain.has(input));
      const call = isNumber ? { helper: "tensor", arguments: [`[${number(node)}]`, "[]"] } : callOf(node, writing);
      write(`const ${nameOf(node)}: ${tensorType(node)} = `, call);
    }
    const held = (dying.get(node) ?? []).filter((dead) => !kept.has(dead) && !plain.has(dead) && !dead.results);
    if (held.length > 0) write("", { helper: "dispose", arguments: held.map(writing.value) });
  }
  return { lines, value: (node: Node) => writing.value(node) };
}
