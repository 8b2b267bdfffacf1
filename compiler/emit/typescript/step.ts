import { finalValues, type Graph, resultsRead, usersOf } from "../../../src/ir/graph.js";
import { isOp, type Node, type Scope } from "../../../src/ir/node.js";
import { hasTrait } from "../../../src/ops/registry.js";
import type { Dim } from "../../../src/types/dim.js";
import { newValueOf, updatesInPlace } from "../../analysis/in-place.js";
import { lastUses } from "../../analysis/liveness.js";
import { fusePortableActivations } from "../../passes/fuseActivations.js";
import { plainUpdates } from "../../passes/plainUpdates.js";
import { rewrite } from "../../passes/rewrite.js";
import { blockName } from "./blocks/blockName.js";
import { BlockWriter } from "./blocks/blockWriter.js";
import { type Block, findBlocks, type Instance } from "./blocks/findBlocks.js";
import { Identifiers, key } from "./identifiers.js";
import { callStatement } from "./layout.js";
import { tensorType } from "./literals.js";
import { nameStep } from "./naming.js";
import { disposal, nodeStatement } from "./nodeStatement.js";
import { Remarks } from "./remarks.js";
import { returnNumbers, returnTensors } from "./returned.js";
import { numberExpression, plainNumbers } from "./scalars.js";
import { type Sections, sectionsOf } from "./sections.js";
import { SizeNames } from "./sizes.js";
import { Spelling } from "./spelling.js";
import type { StepSurroundings } from "./step-surroundings.js";
import { variablesLeftOut } from "./updates.js";
import { UpdateWriter } from "./updateWriter.js";

/** A function to write: a graph, and what it is called with. */
export interface StepOptions {
  /** What is fed by its names, in the order of the parameters. */
  readonly inputs: ReadonlyMap<string, Node>;
  /** The parameter that holds the variables. */
  readonly state: string;
  /** What the function returns: the numbers of its outputs, as a `Report`; or its outputs as tensors, by names where there are several. */
  readonly returns: "numbers" | "tensors";
  /** Identifiers that are in use in the module. */
  readonly taken: Iterable<string>;
  /** Those of the module's functions, to which blocks' are added. */
  readonly functions: Identifiers;
  /** Whether the graph trains, or gives what the model does in prediction. */
  readonly pass: "training" | "prediction";
}

/** A function, in parts. */
export interface Step {
  /** What holds the variables, by the name that it is called with: with "_" before it, where nothing of it is used. */
  readonly state: string;
  /** The others, each with its type. */
  readonly parameters: readonly string[];
  readonly returnType: string;
  readonly statements: readonly string[];
  /** The helper's functions and types that it uses. */
  readonly helpers: ReadonlySet<string>;
  /** The functions that it calls, of blocks that come several times, with their interfaces. */
  readonly blocks: readonly string[];
  /** Variables that the optimizer writes and that nothing reads: the state has none of them. */
  readonly leftOut: ReadonlySet<Node>;
}

/** Writes a graph as statements, one for each node. */
export function writeStep(original: Graph, options: StepOptions): Step {
  // In what is written out, what acts in training alone is nothing at all outside of it.
  const graph = rewrite(plainUpdates.run(fusePortableActivations.run(original)), (node) =>
    hasTrait(node, "trainingOnly") ? node.inputs[0] : undefined,
  );
  return new StepWriter(graph, options).write();
}

/** What each section is headed by, in their order. */
const titles: Readonly<Record<keyof Sections, string>> = {
  forward: "Forward",
  loss: "Loss and metrics",
  state: "State of layers",
  backward: "Backward",
  update: "Update",
};

/** A function's name as one of a type: `BlockForward`. */
function inPascalCase(name: string): string {
  return name.replaceAll(/(?:^|_+)(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
}

class StepWriter {
  readonly #helpers = new Set<string>();
  readonly #lines: string[] = [];
  readonly #blocks: string[] = [];
  /** The block that each layer is of. */
  readonly #blockOf = new Map<Scope, Instance>();
  readonly #identifiers: Identifiers;
  readonly #sizes: SizeNames;
  readonly #inputs = new Map<Node, string>();
  readonly #sections: Sections;
  readonly #spelling: Spelling;
  /** What parts that stand in other files are written with. */
  readonly #surroundings: StepSurroundings;

  constructor(
    readonly graph: Graph,
    readonly options: StepOptions,
  ) {
    this.#identifiers = new Identifiers([...options.taken, options.state, `_${options.state}`]);
    for (const [name, node] of options.inputs) this.#inputs.set(node, this.#identifiers.unique(name));
    this.#sizes = new SizeNames(this.#inputs, this.#identifiers);
    const inPlace = updatesInPlace(graph);
    const users = usersOf(graph);
    this.#sections = sectionsOf(graph, inPlace);
    const names = nameStep(graph, this.#sections, this.#identifiers, this.#inputs, inPlace, users);
    const plain = plainNumbers(graph);
    const size = (dim: Dim) => this.#sizes.expression(dim);
    this.#spelling = new Spelling(graph, names, inPlace, plain, options.state, size);
    const { words, label, identifier, tensor, isHeld, fields } = this.#spelling;
    this.#surroundings = {
      graph,
      users,
      inPlace,
      names,
      plain,
      results: resultsRead(graph),
      finals: new Set(finalValues(graph)),
      lastUse: lastUses({
        ...graph,
        nodes: Object.keys(titles).flatMap((title) => this.#sections[title as keyof Sections]),
      }),
      fields,
      taken: options.taken,
      identifiers: this.#identifiers,
      writing: this.#spelling,
      helper: (name: string) => this.#helper(name),
      words,
      label,
      identifier,
      tensor,
      isHeld,
    };
  }

  write(): Step {
    const isTitled = this.#sections.update.length + this.#sections.loss.length > 0;
    for (const [section, title] of Object.entries(titles) as [keyof Sections, string][]) {
      const nodes = this.#sections[section].filter((node) => !this.#surroundings.plain.has(node));
      if (nodes.length === 0) continue;
      this.#lines.push("", ...(isTitled ? [`  // ${title}`] : []));
      if (section === "update") this.#writeUpdates(nodes);
      else this.#writeSection(nodes, section);
    }
    this.#writeAssignments();
    const returnType = this.#writeEnd();
    return {
      state: this.#spelling.declaredState,
      parameters: [...this.#inputs].map(([node, name]) => `${name}: ${this.#tensorType(node)}`),
      returnType,
      statements: [...this.#sizes.statements((name) => this.#helper(name)), ...this.#lines],
      helpers: this.#helpers,
      blocks: this.#blocks,
      leftOut: variablesLeftOut(this.#surroundings.inPlace.nodes),
    };
  }

  /** With an empty line between layers. What comes several times is a function of its own. */
  #writeSection(nodes: readonly Node[], section: keyof Sections): void {
    const calls = this.#callsOfBlocks(nodes, section);
    const inBlocks = new Set([...calls.values()].flatMap(({ instead }) => instead));
    let others: Node[] = [];
    for (const node of nodes) {
      const call = calls.get(node);
      if (call) {
        this.#writeNodes(others);
        others = [];
        if (![`  // ${titles[section]}`, ""].includes(this.#lines.at(-1)!)) this.#lines.push("");
        this.#lines.push(...call.statements);
      } else if (!inBlocks.has(node)) {
        // An empty line behind a call, and what follows.
        if (others.length === 0 && node !== nodes[0]) this.#lines.push("");
        others.push(node);
      }
    }
    this.#writeNodes(others);
  }

  #writeNodes(nodes: readonly Node[]): void {
    const remarks = new Remarks(nodes, this.#surroundings);
    let before: Node | undefined;
    for (const node of nodes) {
      if (before !== undefined && before.scope !== node.scope && before.part !== "update") this.#lines.push("");
      this.#writeNode(node, remarks);
      before = node;
    }
  }

  /** Results are written where their op is. */
  #writeNode(node: Node, remarks: Remarks): void {
    if (!isOp(node, "result")) this.#lines.push(...remarks.on(node), ...nodeStatement(node, this.#surroundings));
    this.#lines.push(...disposal(this.#surroundings.lastUse.get(node) ?? [], this.#surroundings));
  }

  /** The calls that stand in place of blocks, by their first nodes. */
  #callsOfBlocks(nodes: readonly Node[], section: keyof Sections) {
    const { results, plain } = this.#surroundings;
    const blocks = findBlocks(nodes, {
      // The sizes that it is made of are asked for where it is written.
      numberOf: (node) => (plain.has(node) ? numberExpression(node, String) : undefined),
      resultsOf: (node) => results.get(node) ?? [],
      blockOf: ({ scope }) => scope && this.#blockOf.get(scope),
    });
    for (const instance of blocks.flatMap(({ instances }) => instances)) {
      for (const { scope } of instance.nodes) if (scope) this.#blockOf.set(scope, instance);
    }
    const writers = blocks.map((block) => this.#blockWriter(block, section));
    this.#blocks.push(...writers.flatMap((writer) => writer.definition()));
    return new Map(
      writers.flatMap((writer) =>
        writer.instances.map((instance) => {
          const { nodes: instead } = instance;
          return [instead[0]!, { statements: writer.call(instance), instead }];
        }),
      ),
    );
  }

  #blockWriter(block: Block, section: keyof Sections): BlockWriter {
    const [ending, pass] = this.#passOf(section);
    const name = this.#functionName(`${blockName(block.instances, this.graph)}${ending}`);
    const type = this.options.functions.unique(inPascalCase(name));
    const prefix = section === "backward" ? "d_" : "";
    return new BlockWriter(block, { function: name, type, pass, prefix }, this.#surroundings);
  }

  #passOf(section: keyof Sections): [ending: string, words: string] {
    if (section === "forward")
      return this.options.pass === "training" ? ["_forward", "forward pass"] : ["", "prediction"];
    return [`_${section}`, { loss: "loss", state: "state", backward: "backward pass", update: "update" }[section]];
  }

  /** One that nothing else in the module has, and no constant of the step. */
  #functionName(text: string): string {
    for (;;) {
      const name = this.options.functions.unique(text);
      if (this.#identifiers.unique(name) === name) return name;
    }
  }

  #writeUpdates(nodes: readonly Node[]): void {
    const { inPlace } = this.#surroundings;
    const start = nodes.findIndex((node) => inPlace.nodes.has(node));
    const plainly = start < 0 ? nodes : nodes.slice(0, start);
    this.#writeNodes(plainly);
    if (start < 0) return;
    const remarks = new Remarks(nodes, this.#surroundings);
    const updates = new UpdateWriter(nodes, this.#surroundings, () => this.#spelling.state());
    if (start > 0) this.#lines.push("");
    this.#lines.push(...updates.legend());
    for (const node of nodes.slice(start)) {
      if (inPlace.nodes.has(node)) this.#lines.push(...updates.statements(node));
      else this.#writeNode(node, remarks);
    }
  }

  /** Gives variables their next values, but those that have been changed in place. */
  #writeAssignments(): void {
    const assigned = [...this.graph.updates].filter(([, next]) => !newValueOf(next, this.#surroundings.inPlace));
    if (assigned.length === 0) return;
    const entries = assigned.map(
      ([variable, next]) => `${key(this.graph.names.get(variable)!)}: ${this.#spelling.tensor(next)}`,
    );
    this.#helper("assign");
    const call = { helper: "assign", arguments: [this.#spelling.state(), `{ ${entries.join(", ")} }`] };
    const outputs = new Set(Object.values(this.graph.outputs));
    const values = [...new Set(assigned.map(([, next]) => next))].filter((next) => !outputs.has(next));
    this.#lines.push(...callStatement("", call, "  "), ...disposal(values, this.#surroundings));
  }

  #writeEnd(): string {
    const write = this.options.returns === "tensors" ? returnTensors : returnNumbers;
    const { type, statements } = write(Object.entries(this.graph.outputs), this.#surroundings);
    this.#lines.push(...statements);
    return type;
  }

  #tensorType(node: Node): string {
    this.#helper("Tensor");
    return tensorType(node);
  }

  #helper(name: string): void {
    this.#helpers.add(name);
  }
}
