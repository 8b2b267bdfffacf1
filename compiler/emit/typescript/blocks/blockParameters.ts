import { isOp, type Node } from "../../../../src/ir/node.js";
import { textLiteral } from "../identifiers.js";
import { arrayLiteral, tensorType } from "../literals.js";
import type { StepSurroundings } from "../step-surroundings.js";
import type { Argument } from "./blockCall.js";
import type { BlockSpelling } from "./blockSpelling.js";
import { commonText } from "./commonText.js";
import { type Instance, isSmallConstant } from "./findBlocks.js";
import { type ObjectRead, objectsRead } from "./objectsRead.js";
import type { Template } from "./template.js";

/**
 * What a block's function is called with: tensors, what other functions gave for the same block, the weights by their names, the
 * numbers that are not the same in all instances, sizes.
 */
export class BlockParameters {
  readonly #objects: readonly (ObjectRead & { readonly name: string })[];
  readonly #tensors: readonly Node[];
  readonly #weights: readonly Node[];
  readonly #numbers: readonly Node[];

  /** Names them. */
  constructor(
    readonly template: Template,
    readonly spelling: BlockSpelling,
    readonly step: StepSurroundings,
  ) {
    const { externals, alike } = template;
    this.#objects = objectsRead(template, step.fields).map((read) => ({
      ...read,
      name: spelling.identifiers.unique(read.block),
    }));
    for (const { name, externals: fields } of this.#objects) {
      for (const node of fields) spelling.nameField(name, node, step.fields.get(node)!.property);
    }
    // What all instances read of the state, such as the count of steps, is none of a block's own.
    const isWeight = (node: Node) => alike(node).every((one) => isOp(one, "variable")) && new Set(alike(node)).size > 1;
    const isLoose = (node: Node) => !spelling.isNamed(node);
    this.#tensors = externals.filter((node) => isLoose(node) && !isWeight(node));
    this.#weights = externals.filter(isWeight);
    const common = (node: Node) => commonText(alike(node).map(step.label));
    for (const node of this.#tensors) spelling.name(node, commonText(alike(node).map(step.label), "x"));
    if (this.#weights.length === 1) spelling.name(this.#weights[0]!, common(this.#weights[0]!));
    else for (const node of this.#weights) spelling.nameWithin("weights", node, common(node));
    this.#numbers = template.nodes.filter((node) => this.#hasItsOwnNumbers(node));
  }

  /** Of each instance, what another function gave for it first of all; none, where nothing is read so. */
  get objects(): readonly string[] | undefined {
    return this.#objects[0]?.objects;
  }

  /** Names the numbers, once their constants have names. */
  nameNumbers(): void {
    for (const node of this.#numbers) this.spelling.nameNumbers(node);
  }

  /** What some of them are called: of an object of which nearly all is meant, it with what else is in it. */
  inWords(some: readonly Node[]): string[] {
    const within = this.#objects.flatMap(({ name, externals }) => {
      const meant = externals.filter((node) => some.includes(node));
      if (meant.length < 4) return meant.map(this.spelling.tensor);
      const others = externals.filter((node) => !meant.includes(node)).map(this.spelling.identifier);
      return [`what it reads of ${name}${others.length > 0 ? ` but ${others.join(", ")}` : ""}`];
    });
    const fields = new Set(this.#objects.flatMap(({ externals }) => externals));
    return [...some.filter((node) => !fields.has(node)).map(this.spelling.tensor), ...within];
  }

  /** Each with its type. */
  declarations(): string[] {
    const { spelling } = this;
    const labelled = (node: Node) => `${spelling.identifier(node)}: ${tensorType(node)}`;
    const weights = this.#weights.map(labelled);
    const properties = weights.map((one) => `    readonly ${one};`);
    return [
      ...this.#tensors.map(labelled),
      ...this.#objects.map(({ name, type }) => `${name}: ${type}`),
      ...(weights.length > 1 ? [["weights: {", ...properties, "  }"].join("\n")] : weights),
      ...this.#numbers.map((node) => `${spelling.numbers(node)}: readonly number[]`),
      ...this.#sizes.map(([dim, size]) => `${size}: Size<${textLiteral(dim)}>`),
    ];
  }

  /** What they are in an instance. */
  given(instance: Instance): Argument[] {
    const { template, spelling, step } = this;
    const { value, size } = step.writing;
    const here = (node: Node) => template.in(instance, node);
    const place = template.instances.indexOf(instance);
    const entries = this.#weights.map((node) => `${spelling.identifier(node)}: ${value(here(node))}`);
    return [
      ...this.#tensors.map((node) => value(here(node))),
      ...this.#objects.map(({ objects }) => objects[place]!),
      ...(entries.length > 1 ? [entries] : this.#weights.map((node) => value(here(node)))),
      ...this.#numbers.map((node) => arrayLiteral((here(node) as Node<"constant">).attributes.value)),
      ...this.#sizes.map(([dim]) => size(dim)),
    ];
  }

  get #sizes(): readonly (readonly [string, string])[] {
    return [...this.spelling.sizes];
  }

  #hasItsOwnNumbers(node: Node): boolean {
    if (!isSmallConstant(node)) return false;
    const texts = this.template.alike(node).map((one) => arrayLiteral((one as Node<"constant">).attributes.value));
    return new Set(texts).size > 1;
  }
}
