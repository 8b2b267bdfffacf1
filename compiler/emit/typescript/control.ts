import type { Body } from "../../../src/ir/body.js";
import type { Choice, Control, Loop } from "../../../src/ir/control.js";
import { graphOfBody, resultsRead } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { controlOf } from "../../../src/ops/registry.js";
import { lastUses } from "../../analysis/liveness.js";
import { type Call, callOf, type Writing } from "./call.js";
import { formulaOf } from "./formula.js";
import type { Identifiers } from "./identifiers.js";
import { callStatement, comment, resultsStatement } from "./layout.js";
import { tensorType } from "./literals.js";
import { nounOf } from "./naming.js";
import { numberExpression, plainNumbers } from "./scalars.js";

/** What bodies are written with. */
export interface BodySurroundings {
  readonly identifiers: Identifiers;
  /** Notes that a function or a type of the helper is used. */
  helper(name: string): void;
  readonly size: Writing["size"];
}

/** A node to write, with what it reads and gives. */
interface Written {
  readonly node: Node;
  /** Its inputs, as they are written. */
  readonly inputs: readonly string[];
  /** The names of its results; none for what nothing reads. */
  readonly names: readonly (string | undefined)[];
  readonly surroundings: BodySurroundings;
  readonly indent: string;
}

/** Writes a node that runs bodies: a loop as a `for` or a `while`, a choice as an `if`. */
export function writeControl(control: Control, written: Written): string[] {
  return control.kind === "loop" ? writeLoop(control, written) : writeChoice(control, written);
}

/** Writes a loop: what is carried in variables, outputs in lists that are stacked at the end. */
function writeLoop(loop: Loop, { node, inputs, names, surroundings, indent }: Written): string[] {
  const { body, condition, carries, sequences, reverse } = loop;
  const { identifiers, size } = surroundings;
  const lines: string[] = [];
  const { write, typeOf } = statements(lines, surroundings);
  const shapeOf = ({ shape }: Pick<Node, "shape">) => `[${shape.map(size).join(", ")}]`;

  const parameters = body.parameters;
  const carried = parameters.slice(0, carries).map((_, i) => names[i] ?? identifiers.unique("carried"));
  const places = parameters.slice(carries, carries + sequences).map(() => identifiers.unique("place_of"));
  const captured = inputs.slice(carries + sequences);
  const lists = node
    .results!.slice(carries)
    .map((_, i) => names[carries + i] && identifiers.unique(`all_${names[carries + i]}`));
  for (const [i, name] of carried.entries()) {
    write(`let ${name}: ${typeOf(parameters[i]!)} = `, { helper: "copy", arguments: [inputs[i]!] }, indent);
  }
  for (const [i, list] of lists.entries()) {
    if (list) lines.push(`${indent}const ${list}: ${typeOf(body.results[carries + i]!)}[] = [];`);
  }
  const inner = `${indent}  `;
  const step = condition ? "" : identifiers.unique("step");
  lines.push(`${indent}${headOf(loop, step, size)}`);
  if (condition) {
    const given = new Map([...carried, ...captured].map((name, i) => [condition.parameters[i]!, name]));
    const asked = writeBody(condition, given, surroundings, inner);
    const [answer] = condition.results;
    const follows = identifiers.unique("follows");
    lines.push(...asked.lines);
    write(`const ${follows} = `, { helper: "isTrue", arguments: [asked.value(answer!)] }, inner);
    if (!given.has(answer!)) write("", { helper: "dispose", arguments: [asked.value(answer!)] }, inner);
    lines.push(`${inner}if (!${follows}) break;`);
  }
  for (const [i, name] of places.entries()) {
    const given = [inputs[carries + i]!, step, shapeOf(parameters[carries + i]!)];
    write(`const ${name}: ${typeOf(parameters[carries + i]!)} = `, { helper: "place", arguments: given }, inner);
  }
  const named = new Map([...carried, ...places, ...captured].map((name, i) => [parameters[i]!, name]));
  const round = writeBody(body, named, surroundings, inner);
  lines.push(...round.lines);

  const next = body.results.slice(0, carries).map((result) => {
    const name = identifiers.unique("next");
    lines.push(`${inner}const ${name}: ${typeOf(result)} = ${round.take(result)};`);
    return name;
  });
  for (const [i, list] of lists.entries()) {
    if (list) lines.push(`${inner}${list}.push(${round.take(body.results[carries + i]!)});`);
  }
  const left = [...carried, ...places, ...round.left()];
  if (left.length > 0) write("", { helper: "dispose", arguments: left }, inner);
  for (const [i, name] of carried.entries()) lines.push(`${inner}${name} = ${next[i]};`);
  lines.push(`${indent}}`);
  for (const [i, list] of lists.entries()) {
    if (!list) continue;
    const { dtype, shape } = node.results![carries + i]!;
    const given = [reverse ? `${list}.reverse()` : list, shapeOf({ shape }), JSON.stringify(dtype)];
    write(`const ${names[carries + i]}: ${typeOf({ dtype, shape })} = `, { helper: "stack", arguments: given }, indent);
  }
  const unread = carried.filter((_, i) => names[i] === undefined);
  if (unread.length > 0) write("", { helper: "dispose", arguments: unread }, indent);
  return lines;
}

function headOf({ condition, length, reverse }: Loop, step: string, size: Writing["size"]): string {
  if (condition) return "while (true) {";
  const rounds = size(length!);
  return reverse
    ? `for (let ${step} = ${rounds} - 1; ${step} >= 0; ${step}--) {`
    : `for (let ${step} = 0; ${step} < ${rounds}; ${step}++) {`;
}

/** Writes a choice: its results are variables that one of the two ways sets. */
function writeChoice(
  { ifTrue, ifFalse }: Choice,
  { node, inputs: [predicate, ...inputs], names, surroundings, indent }: Written,
): string[] {
  const lines: string[] = [];
  const { typeOf, write } = statements(lines, surroundings);
  for (const [i, name] of names.entries()) if (name) lines.push(`${indent}let ${name}: ${typeOf(node.results![i]!)};`);
  const way = (body: Body) => {
    const given = new Map(inputs.map((name, i) => [body.parameters[i]!, name]));
    const inner = `${indent}  `;
    const written = writeBody(body, given, surroundings, inner);
    lines.push(...written.lines);
    for (const [i, name] of names.entries()) {
      if (name) lines.push(`${inner}${name} = ${written.take(body.results[i]!)};`);
    }
    const left = written.left();
    if (left.length > 0) write("", { helper: "dispose", arguments: left }, inner);
  };
  surroundings.helper("isTrue");
  lines.push(`${indent}if (isTrue(${predicate})) {`);
  way(ifTrue);
  lines.push(`${indent}} else {`);
  way(ifFalse);
  lines.push(`${indent}}`);
  return lines;
}

/** What writes statements to a list, and notes which helpers they use. */
function statements(lines: string[], { helper }: BodySurroundings) {
  return {
    write(before: string, call: Call, indent: string) {
      helper(call.helper);
      lines.push(...callStatement(before, call, indent));
    },
    typeOf(of: Parameters<typeof tensorType>[0]) {
      helper("Tensor");
      return tensorType(of);
    },
  };
}

/** The statements of a body; `given` has what its parameters are called. */
function writeBody(body: Body, given: ReadonlyMap<Node, string>, surroundings: BodySurroundings, indent: string) {
  const { results } = body;
  const graph = graphOfBody(body);
  const { identifiers, helper, size } = surroundings;
  const names = new Map(given);
  const plain = plainNumbers(graph);
  const dying = lastUses(graph);
  const read = resultsRead(graph);
  const kept = new Set<Node>([...body.parameters, ...results]);
  const lines: string[] = [];
  const number = (node: Node) => numberExpression(node, size);
  const value = (node: Node) => (plain.has(node) ? number(node) : names.get(node)!);
  const writing: Writing = { number, size, value };
  const { write: writeAt } = statements(lines, surroundings);
  const write = (before: string, call: Call) => writeAt(before, call, indent);
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
      const control = controlOf(node);
      if (control) {
        const inputs = node.inputs.map(value);
        lines.push(...writeControl(control, { node, inputs, names: all, surroundings, indent }));
      } else {
        const list = all.map((name) => name ?? identifiers.unique("unused"));
        const unread = list.filter((_, i) => all[i] === undefined);
        const call = callOf(node, writing);
        for (const name of ["Tensor", call.helper]) helper(name);
        lines.push(...resultsStatement(list, node.results.map(tensorType), call, indent));
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
  const taken = new Set<Node>(body.parameters);
  return {
    lines,
    value,
    /** A result for its reader to own: what the body was given, and what is taken twice, is copied. */
    take(result: Node): string {
      const isTaken = taken.has(result);
      taken.add(result);
      if (isTaken) helper("copy");
      return isTaken ? `copy(${value(result)})` : value(result);
    },
    /** The results that nobody took. */
    left: () => [...new Set(results)].filter((result) => !taken.has(result)).map(value),
  };
}
