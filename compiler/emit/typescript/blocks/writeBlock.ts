import type { Graph } from "../../../../src/ir/graph.js";
import { isOp, type Node } from "../../../../src/ir/node.js";
import type { InPlaceUpdates } from "../../../analysis/in-place.js";
import type { Call } from "../call.js";
import type { FunctionParts } from "../functionText.js";
import { Identifiers, textLiteral } from "../identifiers.js";
import { brokenText, filledLines, lineWidth } from "../layout.js";
import { arrayLiteral, tensorType } from "../literals.js";
import type { GradientName, StepNames } from "../naming.js";
import { disposal, nodeStatement, type StatementSurroundings } from "../nodeStatement.js";
import { Remarks } from "../remarks.js";
import { blockNames } from "./blockName.js";
import { BlockSpelling } from "./blockSpelling.js";
import { commonText } from "./commonText.js";
import { type Block, type Instance, isSmallConstant } from "./findBlocks.js";

/** What a block is written with: the step that it is a part of. */
export interface StepSurroundings extends StatementSurroundings {
  readonly graph: Graph;
  readonly users: ReadonlyMap<Node, readonly Node[]>;
  readonly inPlace: InPlaceUpdates;
  readonly names: StepNames;
  /** What has to be there at the end. */
  readonly finals: ReadonlySet<Node>;
  /** The values that nothing reads after each node. */
  readonly lastUse: ReadonlyMap<Node, readonly Node[]>;
  /** Identifiers that no constant in the function may have. */
  readonly taken: Iterable<string>;
  words(node: Node): string;
}

/** A block that is written: its function, and the statements in its place, of each instance by its first node. */
export interface WrittenBlock {
  readonly definition: FunctionParts;
  readonly calls: ReadonlyMap<Node, string[]>;
}

/**
 * Writes equal stretches of a step as one function, from the first of them. It returns what is read elsewhere of any, and frees what
 * nothing reads after it in any; what else of an instance is read no more, its call is followed by.
 *
 * @param name the function's
 * @param pass what is said of it: "forward pass"
 */
export function writeBlock({ instances }: Block, name: string, pass: string, step: StepSurroundings): WrittenBlock {
  const { graph, names, lastUse, writing } = step;
  const [template] = instances as [Instance];
  const places = new Map(template.nodes.map((node, place) => [node, place]));
  const within = instances.map(({ nodes }) => new Set(nodes));
  const spelling = new BlockSpelling(step.plain, new Identifiers(step.taken));
  /** The nodes that have the place of one of the template, in every instance. */
  const alike = (node: Node): readonly Node[] => {
    const place = places.get(node);
    if (place !== undefined) return instances.map(({ nodes }) => nodes[place]!);
    const external = template.externals.indexOf(node);
    return external < 0 ? [] : instances.map(({ externals }) => externals[external]!);
  };
  const isVariable = (node: Node) => alike(node).some((one) => isOp(one, "variable"));

  const tensors = template.externals.filter((node) => !isVariable(node));
  const variables = template.externals.filter(isVariable);
  for (const node of [...tensors, ...variables]) spelling.name(node, commonText(alike(node).map(step.words)));
  for (const node of template.nodes)
    if (!node.results) spelling.name(node, commonText(alike(node).map(step.identifier)));
  const numbers = template.nodes.filter(hasItsOwnNumbers);
  for (const node of numbers) spelling.nameNumbers(node);

  const returned = template.nodes.filter((node) => !node.results && isReadOutside(node));
  const freed = template.externals.filter(isFreedWithin);
  const own: StatementSurroundings = {
    ...step,
    identifiers: spelling.identifiers,
    writing: spelling,
    identifier: spelling.identifier,
    tensor: spelling.tensor,
    isHeld: (node) => freed.includes(node) || (places.has(node) && step.isHeld(node) && !returned.includes(node)),
  };
  const statements = writeStatements();
  const sizes = [...spelling.sizes];
  if (sizes.length > 0) step.helper("Size");
  const definition: FunctionParts = {
    documentation: documentation(),
    isExported: false,
    name,
    parameters: [
      ...[...tensors, ...variables].map(labelled),
      ...numbers.map((node) => `${spelling.numbers(node)}: readonly number[]`),
      ...sizes.map(([dim, size]) => `${size}: Size<${textLiteral(dim)}>`),
    ],
    returnType: returned.length === 1 ? tensorType(returned[0]!) : returned.map(labelled),
    statements,
  };
  return { definition, calls: new Map(instances.map((instance) => [instance.nodes[0]!, call(instance)])) };

  function labelled(node: Node): string {
    return `${spelling.identifier(node)}: ${tensorType(node)}`;
  }

  function documentation(): string[] {
    const first = `The ${pass} of ${instances.length} equal blocks: ${blockNames(instances, graph)}.`;
    const texts = freed.length === 0 ? [first] : [first, `It frees ${freed.map(spelling.identifier).join(", ")}.`];
    const start = " *";
    return texts.flatMap((text) => brokenText(text, start).map((line) => line.slice(start.length + 1)));
  }

  function writeStatements(): string[] {
    const remarks = new Remarks(template.nodes, { ...step, names: namesWithin(), words: spelling.words });
    const lines: string[] = [];
    let before: Node | undefined;
    for (const node of template.nodes) {
      if (before !== undefined && before.scope !== node.scope) lines.push("");
      if (!isOp(node, "result")) lines.push(...remarks.on(node), ...nodeStatement(node, own));
      lines.push(...disposal(lastUse.get(node) ?? [], own));
      before = node;
    }
    const values = returned.map(spelling.identifier);
    const line = values.length === 1 ? `  return ${values[0]};` : `  return [${values.join(", ")}];`;
    if (line.length <= lineWidth) return [...lines, "", line];
    return [...lines, "", "  return [", ...filledLines(values, "    "), "  ];"];
  }

  /** The step's names of gradients, as they are called here. */
  function namesWithin(): StepNames {
    const localized = (given: ReadonlyMap<Node, GradientName>) => {
      const found = new Map<Node, GradientName>();
      for (const node of template.nodes) {
        if (given.has(node)) found.set(node, gradientWithin(node, given));
      }
      return found;
    };
    for (const node of template.nodes) {
      const original = names.again.get(node);
      if (original && !spelling.isNamed(original)) {
        const originals = alike(node).map((one) => step.words(names.again.get(one) ?? original));
        spelling.nameInWords(original, commonText(originals));
      }
    }
    return {
      identifier: new Map(),
      gradient: localized(names.gradient),
      next: localized(names.next),
      again: names.again,
    };
  }

  function gradientWithin(node: Node, given: ReadonlyMap<Node, GradientName>): GradientName {
    const { of } = given.get(node)!;
    const all = alike(node).map((one) => given.get(one) ?? given.get(node)!);
    const words = spelling.isNamed(of) ? spelling.identifier(of) : commonText(all.map((one) => one.words));
    return { of, identifier: words, words: isOp(of, "variable") ? words.replaceAll("/", "_") : words };
  }

  function hasItsOwnNumbers(node: Node): boolean {
    if (!isSmallConstant(node)) return false;
    return new Set(alike(node).map((one) => arrayLiteral((one as Node<"constant">).attributes.value))).size > 1;
  }

  function isReadOutside(node: Node): boolean {
    const place = places.get(node)!;
    return instances.some(({ nodes }, i) => isReadBesides(nodes[place]!, within[i]!));
  }

  function isReadBesides(node: Node, nodes: ReadonlySet<Node>): boolean {
    return step.finals.has(node) || step.users.get(node)!.some((user) => !nodes.has(user));
  }

  /** Whether nothing reads it after the same statement of each instance. */
  function isFreedWithin(node: Node): boolean {
    const deaths = alike(node).map((one, i) => {
      const { nodes } = instances[i]!;
      return step.isHeld(one) ? nodes.findIndex((user) => lastUse.get(user)?.includes(one)) : -1;
    });
    return deaths[0]! >= 0 && new Set(deaths).size === 1;
  }

  function call({ nodes, externals }: Instance): string[] {
    const external = (node: Node) => externals[template.externals.indexOf(node)]!;
    const here = (node: Node) => nodes[places.get(node)!]!;
    const given = [
      ...[...tensors, ...variables].map((node) => writing.value(external(node))),
      ...numbers.map((node) => arrayLiteral((here(node) as Node<"constant">).attributes.value)),
      ...sizes.map(([dim]) => writing.size(dim)),
    ];
    const results = returned.map(here);
    const names = results.map(step.identifier);
    const left = new Set([...nodes, ...freed.map(external)]);
    for (const result of results) left.delete(result);
    const dying = nodes.flatMap((node) => lastUse.get(node) ?? []).filter((value) => !left.has(value));
    return [...assignedCall(names, { helper: name, arguments: given }), ...disposal(dying, step)];
  }
}

/** A call whose results are called by names: on one line where it fits, else with as many of them in a line as it holds. */
function assignedCall(names: readonly string[], { helper, arguments: given }: Call): string[] {
  const results = names.length === 1 ? names[0]! : `[${names.join(", ")}]`;
  const start = names.length === 0 ? "  " : `  const ${results} = `;
  const line = `${start}${helper}(${given.join(", ")});`;
  if (line.length <= lineWidth) return [line];
  const end = [...filledLines(given, "    "), "  );"];
  if (`${start}${helper}(`.length <= lineWidth) return [`${start}${helper}(`, ...end];
  return ["  const [", ...filledLines(names, "    "), `  ] = ${helper}(`, ...end];
}
