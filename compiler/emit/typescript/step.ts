import { type Graph, resultsRead } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { hasTrait } from "../../../src/ops/registry.js";
import type { Dim } from "../../../src/types/dim.js";
import { newValueOf, updatesInPlace, variablesChanged } from "../../analysis/in-place.js";
import { lastUses } from "../../analysis/liveness.js";
import { fusePortableActivations } from "../../passes/fuseActivations.js";
import { plainUpdates } from "../../passes/plainUpdates.js";
import { rewrite } from "../../passes/rewrite.js";
import { type Call, callOf } from "./call.js";
import { Identifiers, key, textLiteral } from "./identifiers.js";
import { callStatement } from "./layout.js";
import { literal, tensorType } from "./literals.js";
import { nameStep } from "./naming.js";
import { Remarks } from "./remarks.js";
import { writeResults } from "./results.js";
import { returnNumbers, returnTensors } from "./returned.js";
import { plainNumbers } from "./scalars.js";
import { sectionsOf } from "./sections.js";
import { SizeNames } from "./sizes.js";
import { Spelling } from "./spelling.js";
import { updateLegend } from "./updateLegend.js";
import { gradientFor, operandsOf, type Update, updatesOf, variablesKept, variablesLeftOut } from "./updates.js";

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

class StepWriter {
  readonly #helpers = new Set<string>();
  readonly #lines: string[] = [];
  readonly #identifiers: Identifiers;
  readonly #sizes: SizeNames;
  readonly #inputs = new Map<Node, string>();
  readonly #inPlace;
  readonly #results;
  readonly #sections;
  readonly #names;
  readonly #plain;
  readonly #spelling: Spelling;
  /** The constants that hold settings of optimizers' rules, by op and settings. */
  readonly #settings = new Map<string, string>();
  /** What parts that stand in other files are written with. */
  readonly #surroundings;

  constructor(
    readonly graph: Graph,
    readonly options: StepOptions,
  ) {
    this.#identifiers = new Identifiers([...options.taken, options.state, `_${options.state}`]);
    for (const [name, node] of options.inputs) this.#inputs.set(node, this.#identifiers.unique(name));
    this.#sizes = new SizeNames(this.#inputs, this.#identifiers);
    this.#inPlace = updatesInPlace(graph);
    this.#results = resultsRead(graph);
    this.#sections = sectionsOf(graph, this.#inPlace);
    this.#names = nameStep(graph, this.#sections, this.#identifiers, this.#inputs, this.#inPlace);
    this.#plain = plainNumbers(graph);
    const size = (dim: Dim) => this.#sizes.expression(dim);
    this.#spelling = new Spelling(graph, this.#names, this.#inPlace, this.#plain, options.state, size);
    const { words, identifier, tensor, isHeld } = this.#spelling;
    this.#surroundings = {
      graph,
      inPlace: this.#inPlace,
      names: this.#names,
      identifiers: this.#identifiers,
      writing: this.#spelling,
      helper: (name: string) => this.#helper(name),
      words,
      identifier,
      tensor,
      isHeld,
    };
  }

  write(): Step {
    const { forward, loss, state, backward, update } = this.#sections;
    const order = [...forward, ...loss, ...state, ...backward, ...update];
    const lastUse = lastUses({ ...this.graph, nodes: order });
    const titles = {
      forward: "Forward",
      loss: "Loss and metrics",
      state: "State of layers",
      backward: "Backward",
      update: "Update",
    };
    for (const [section, title] of Object.entries(titles)) {
      const nodes = this.#sections[section as keyof typeof titles].filter((node) => !this.#plain.has(node));
      if (nodes.length === 0) continue;
      if (update.length + loss.length > 0) this.#lines.push("", `  // ${title}`);
      this.#writeSection(nodes, lastUse);
    }
    this.#writeAssignments();
    const returnType = this.#writeEnd();
    return {
      state: this.#spelling.declaredState,
      parameters: [...this.#inputs].map(([node, name]) => `${name}: ${this.#tensorType(node)}`),
      returnType,
      statements: [...this.#sizes.statements((name) => this.#helper(name)), ...this.#lines],
      helpers: this.#helpers,
      leftOut: variablesLeftOut(this.#inPlace.nodes),
    };
  }

  /** With an empty line between layers, and what is said of the optimizer once above its first call. */
  #writeSection(nodes: readonly Node[], lastUse: ReadonlyMap<Node, readonly Node[]>): void {
    const rules = nodes.filter((node) => this.#inPlace.nodes.has(node));
    const remarks = new Remarks(nodes, this.#surroundings);
    const updates = updatesOf(this.graph, nodes, this.#inPlace.nodes, (node) => this.#plain.has(node));
    const updateAt = new Map(updates.map((update) => [update.rules[0]!, update]));
    const inUpdate = new Set(updates.flatMap(({ rules: own }) => own));
    let before: Node | undefined;
    for (const node of nodes) {
      if (before !== undefined && before.scope !== node.scope && before.part !== "update") this.#lines.push("");
      if (node === rules[0]) {
        const calls = rules.filter((rule) => !inUpdate.has(rule) || updateAt.has(rule));
        this.#writeLegend(rules, calls, before !== undefined);
      }
      const update = updateAt.get(node);
      if (update) this.#writeUpdate(update, lastUse);
      else if (!inUpdate.has(node)) this.#writeNode(node, remarks, lastUse.get(node) ?? []);
      before = node;
    }
  }

  /** The optimizer's formulas, and its settings where several calls have the same. */
  #writeLegend(rules: readonly Node[], calls: readonly Node[], isSetApart: boolean): void {
    if (isSetApart) this.#lines.push("");
    this.#lines.push(...updateLegend(rules));
    const before = new Set<string>();
    for (const { op, attributes } of calls) {
      const settings = literal(attributes);
      if (before.has(`${op} ${settings}`) && !this.#settings.has(`${op} ${settings}`) && settings !== "{}") {
        const name = this.#identifiers.unique(`${op.replace("apply", "").toLowerCase()}_settings`);
        this.#settings.set(`${op} ${settings}`, name);
        this.#lines.push(`  const ${name} = ${settings};`);
      }
      before.add(`${op} ${settings}`);
    }
  }

  #writeNode(node: Node, remarks: Remarks, dying: readonly Node[]): void {
    // Results are written where their op is.
    if (!isOp(node, "result")) {
      this.#lines.push(...remarks.on(node));
      if (this.#inPlace.nodes.has(node)) this.#writeInPlace(node);
      else if (node.results) this.#lines.push(...writeResults(node, this.#results.get(node)!, this.#surroundings));
      else
        this.#writeCall(`const ${this.#spelling.identifier(node)}: ${this.#tensorType(node)} = `, this.#callOf(node));
    }
    this.#dispose(dying);
  }

  #writeCall(before: string, call: Call): void {
    this.#helper(call.helper);
    this.#lines.push(...callStatement(before, call, "  "));
  }

  /** Disposes those of some values that this function made. */
  #dispose(values: readonly Node[]): void {
    const held = values.filter(this.#spelling.isHeld).map(this.#spelling.tensor);
    if (held.length > 0) this.#writeCall("", { helper: "dispose", arguments: held });
  }

  /** Scalars that cannot stay numbers become tensors. */
  #callOf(node: Node) {
    const isNumber = node.rank === 0 && node.inputs.length > 0 && node.inputs.every((input) => this.#plain.has(input));
    if (isNumber) return { helper: "tensor", arguments: [`[${this.#spelling.number(node)}]`, "[]"] };
    return callOf(node, this.#spelling);
  }

  #writeInPlace(node: Node): void {
    const names = variablesKept(node).map((variable) => textLiteral(this.graph.names.get(variable)!));
    const operands = operandsOf(node).map(this.#spelling.value);
    const given = [this.#spelling.state(), `[${names.join(", ")}]`, ...operands, ...this.#settingsOf(node)];
    this.#writeCall("", { helper: node.op, arguments: given });
  }

  /** One rule for several weights: their gradients by the weights' names, then the call. */
  #writeUpdate({ rules, slots }: Update, lastUse: ReadonlyMap<Node, readonly Node[]>): void {
    const [first] = rules;
    const gradients = this.#identifiers.unique("gradients");
    const entries = rules.map((rule) => {
      const [weight] = variablesChanged(rule);
      return `    ${key(this.graph.names.get(weight!)!)}: ${this.#spelling.value(gradientFor(rule))},`;
    });
    this.#lines.push(`  const ${gradients} = {`, ...entries, "  };");
    const scalars = operandsOf(first!).slice(0, -1).map(this.#spelling.value);
    const slotNames = `[${slots.map(textLiteral).join(", ")}]`;
    this.#helper(first!.op);
    const given = [this.#spelling.state(), gradients, slotNames, ...scalars, ...this.#settingsOf(first!)];
    this.#lines.push(...callStatement("", { helper: `${first!.op}.each`, arguments: given }, "  "));
    const dying = new Set(rules.flatMap((rule) => lastUse.get(rule) ?? []).filter(this.#spelling.isHeld));
    if (rules.every((rule) => dying.has(gradientFor(rule)))) {
      this.#writeCall("", { helper: "disposeAll", arguments: [gradients] });
      for (const rule of rules) dying.delete(gradientFor(rule));
    }
    this.#dispose([...dying]);
  }

  /** The settings of a rule, by their name where they have one. */
  #settingsOf({ op, attributes }: Node): string[] {
    const settings = literal(attributes);
    return settings === "{}" ? [] : [this.#settings.get(`${op} ${settings}`) ?? settings];
  }

  /** Gives variables their next values, but those that have been changed in place. */
  #writeAssignments(): void {
    const assigned = [...this.graph.updates].filter(([, next]) => !newValueOf(next, this.#inPlace));
    if (assigned.length === 0) return;
    const entries = assigned.map(
      ([variable, next]) => `${key(this.graph.names.get(variable)!)}: ${this.#spelling.tensor(next)}`,
    );
    this.#writeCall("", { helper: "assign", arguments: [this.#spelling.state(), `{ ${entries.join(", ")} }`] });
    const outputs = new Set(Object.values(this.graph.outputs));
    this.#dispose([...new Set(assigned.map(([, next]) => next))].filter((next) => !outputs.has(next)));
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
