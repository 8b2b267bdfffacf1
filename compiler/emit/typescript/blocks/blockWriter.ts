import { isOp, type Node } from "../../../../src/ir/node.js";
import { functionText } from "../functionText.js";
import { Identifiers } from "../identifiers.js";
import { brokenText, filledLines, lineWidth } from "../layout.js";
import { tensorType } from "../literals.js";
import { docComment } from "../module.js";
import type { GradientName, StepNames } from "../naming.js";
import { disposal, nodeStatement, type StatementSurroundings } from "../nodeStatement.js";
import { Remarks } from "../remarks.js";
import type { StepSurroundings } from "../step-surroundings.js";
import { blockCall } from "./blockCall.js";
import { blockName, blockNames, instanceNames } from "./blockName.js";
import { BlockParameters } from "./blockParameters.js";
import { BlockSpelling } from "./blockSpelling.js";
import { commonText } from "./commonText.js";
import type { Block, Instance } from "./findBlocks.js";
import { Template } from "./template.js";

/** What the function of a block is called by. */
export interface BlockNames {
  readonly function: string;
  /** That of the interface of what it gives, if this is several tensors. */
  readonly type: string;
  /** What is said of it: "forward pass". */
  readonly pass: string;
  /** What the names of what it gives begin with: "d_" of gradients. */
  readonly prefix: string;
}

/**
 * Writes equal stretches of a step as one function, from the first of them. It returns what is read elsewhere of any, and frees what
 * nothing reads after it in any; what else of an instance is read no more, its call is followed by.
 */
export class BlockWriter {
  readonly instances: readonly Instance[];
  readonly #template: Template;
  readonly #spelling: BlockSpelling;
  readonly #parameters: BlockParameters;
  readonly #returned: readonly Node[];
  readonly #freed: readonly Node[];
  /** What holds several results of each instance. */
  readonly #objects = new Map<Instance, string>();

  /** Names all that is in it, and says by which fields the step reads what it gives. */
  constructor(
    { instances }: Block,
    readonly names: BlockNames,
    readonly step: StepSurroundings,
  ) {
    this.instances = instances;
    this.#template = new Template(instances);
    this.#spelling = new BlockSpelling(step.plain, new Identifiers([...step.taken, "weights"]));
    this.#parameters = new BlockParameters(this.#template, this.#spelling, step);
    const { nodes, externals, alike } = this.#template;
    for (const node of nodes) {
      if (!node.results) this.#spelling.name(node, commonText(alike(node).map(step.identifier)));
    }
    this.#parameters.nameNumbers();
    const within = instances.map((instance) => new Set(instance.nodes));
    const isReadOutside = (one: Node, i: number) =>
      step.finals.has(one) || step.users.get(one)!.some((user) => !within[i]!.has(user));
    this.#returned = nodes.filter((node) => !node.results && alike(node).some(isReadOutside));
    this.#freed = externals.filter((node) => this.#isFreedWithin(node));
    if (this.#returned.length > 1) this.#nameObjects();
  }

  /** The function, behind the interface of what it gives. */
  definition(): string[] {
    const statements = this.#statements();
    const { names } = this;
    if (this.#spelling.sizes.size > 0) this.step.helper("Size");
    const [first] = this.#returned;
    const returnType = this.#returned.length > 1 ? names.type : first ? tensorType(first) : "void";
    const text = functionText({
      documentation: this.#documentation(),
      isExported: false,
      name: names.function,
      parameters: this.#parameters.declarations(),
      returnType,
      statements,
    });
    return this.#returned.length > 1 ? [this.#interfaceText(), text] : [text];
  }

  /** The call for an instance, and what is freed behind it. */
  call(instance: Instance): string[] {
    const { step } = this;
    const here = (node: Node) => this.#template.in(instance, node);
    const results = this.#returned.map(here);
    const left = new Set([...instance.nodes, ...this.#freed.map(here)]);
    for (const result of results) left.delete(result);
    const dying = instance.nodes.flatMap((node) => step.lastUse.get(node) ?? []).filter((value) => !left.has(value));
    const name = this.#objects.get(instance) ?? results.map(step.identifier)[0];
    const before = name === undefined ? "" : `const ${name} = `;
    return [...blockCall(before, this.names.function, this.#parameters.given(instance)), ...disposal(dying, step)];
  }

  #nameObjects(): void {
    const { graph, identifiers, fields } = this.step;
    const { prefix } = this.names;
    const block = blockName(this.instances, graph);
    // Gradients are called after what the forward pass of their block gave.
    const ownNames = (prefix !== "" && this.#parameters.objects) || instanceNames(this.instances, graph);
    for (const [i, instance] of this.instances.entries()) {
      const object = identifiers.unique(`${prefix}${ownNames[i]}`);
      this.#objects.set(instance, object);
      for (const node of this.#returned) {
        const property = this.#spelling.identifier(node);
        fields.set(this.#template.in(instance, node), { object, type: this.names.type, block, property });
      }
    }
  }

  #documentation(): string[] {
    const { graph } = this.step;
    const first = `The ${this.names.pass} of ${this.instances.length} equal blocks: ${blockNames(this.instances, graph)}.`;
    const freed = this.#parameters.inWords(this.#freed);
    const texts = freed.length === 0 ? [first] : [first, `It frees ${freed.join(", ")}.`];
    const start = " *";
    return texts.flatMap((text) => brokenText(text, start).map((line) => line.slice(start.length + 1)));
  }

  #interfaceText(): string {
    const properties = this.#returned.map(
      (node) => `  readonly ${this.#spelling.identifier(node)}: ${tensorType(node)};`,
    );
    const head = [docComment([`What \`${this.names.function}\` gives.`]), `interface ${this.names.type} {`];
    return [...head, ...properties, "}"].join("\n");
  }

  #statements(): string[] {
    const { step } = this;
    const spelling = this.#spelling;
    const [returned, freed] = [new Set(this.#returned), new Set(this.#freed)];
    const own: StatementSurroundings = {
      ...step,
      identifiers: spelling.identifiers,
      writing: spelling,
      identifier: spelling.identifier,
      tensor: spelling.tensor,
      isHeld: (node) => freed.has(node) || (this.#template.computes(node) && step.isHeld(node) && !returned.has(node)),
    };
    const { nodes } = this.#template;
    const remarks = new Remarks(nodes, { ...step, names: this.#namesWithin(), words: spelling.words });
    const lines: string[] = [];
    let before: Node | undefined;
    for (const node of nodes) {
      if (before !== undefined && before.scope !== node.scope) lines.push("");
      if (!isOp(node, "result")) lines.push(...remarks.on(node), ...nodeStatement(node, own));
      lines.push(...disposal(step.lastUse.get(node) ?? [], own));
      before = node;
    }
    return [...lines, ...this.#end()];
  }

  #end(): string[] {
    const values = this.#returned.map(this.#spelling.identifier);
    if (values.length === 0) return [];
    const line = values.length === 1 ? `  return ${values[0]};` : `  return { ${values.join(", ")} };`;
    return ["", ...(line.length <= lineWidth ? [line] : ["  return {", ...filledLines(values, "    "), "  };"])];
  }

  /** The step's names of gradients, as they are called here. */
  #namesWithin(): StepNames {
    const { names, words } = this.step;
    const { nodes, alike } = this.#template;
    const localized = (given: ReadonlyMap<Node, GradientName>) =>
      new Map(nodes.filter((node) => given.has(node)).map((node) => [node, this.#gradientWithin(node, given)]));
    for (const node of nodes) {
      const original = names.again.get(node);
      if (original && !this.#spelling.isNamed(original)) {
        const originals = alike(node).map((one) => words(names.again.get(one) ?? original));
        this.#spelling.nameInWords(original, commonText(originals));
      }
    }
    return {
      identifier: new Map(),
      gradient: localized(names.gradient),
      next: localized(names.next),
      again: names.again,
    };
  }

  #gradientWithin(node: Node, given: ReadonlyMap<Node, GradientName>): GradientName {
    const { of } = given.get(node)!;
    const all = this.#template.alike(node).map((one) => given.get(one) ?? given.get(node)!);
    const isNamed = this.#spelling.isNamed(of);
    const words = isNamed ? this.#spelling.identifier(of) : commonText(all.map((one) => one.words));
    return { of, identifier: words, words: isOp(of, "variable") ? words.replaceAll("/", "_") : words };
  }

  /** Whether nothing reads it after the same statement of each instance. */
  #isFreedWithin(node: Node): boolean {
    const { lastUse, isHeld } = this.step;
    const deaths = this.#template.alike(node).map((one, i) => {
      const { nodes } = this.instances[i]!;
      return isHeld(one) ? nodes.findIndex((user) => lastUse.get(user)?.includes(one)) : -1;
    });
    return deaths[0]! >= 0 && new Set(deaths).size === 1;
  }
}
