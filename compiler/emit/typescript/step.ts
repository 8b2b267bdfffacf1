import { type Graph, resultsRead } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import { hasTrait } from "../../../src/ops/registry.js";
import { newValueOf, updatesInPlace, variablesChanged } from "../../analysis/in-place.js";
import { lastUses } from "../../analysis/liveness.js";
import { fusePortableActivations } from "../../passes/fuseActivations.js";
import { plainUpdates } from "../../passes/plainUpdates.js";
import { rewrite } from "../../passes/rewrite.js";
import { type Call, callOf, type Writing } from "./call.js";
import { formulaOf } from "./formula.js";
import { Identifiers, key, property, textLiteral } from "./identifiers.js";
import { callStatement, comment } from "./layout.js";
import { literal, tensorType } from "./literals.js";
import { writeLoop } from "./loop.js";
import { nameStep } from "./naming.js";
import { numberExpression, plainNumbers } from "./scalars.js";
import { sectionsOf } from "./sections.js";
import { SizeNames } from "./sizes.js";

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
  #isStateUsed = false;

  constructor(
    readonly graph: Graph,
    readonly options: StepOptions,
  ) {
    this.#identifiers = new Identifiers([...options.taken, options.state, `_${options.state}`]);
    for (const [name, node] of options.inputs) this.#inputs.set(node, this.#identifiers.unique(name));
    const shapes = [...this.#inputs.keys()].map(({ shape }) => shape);
    this.#sizes = new SizeNames(shapes, this.#identifiers);
    this.#inPlace = updatesInPlace(graph);
    this.#results = resultsRead(graph);
    this.#sections = sectionsOf(graph, this.#inPlace);
    this.#names = nameStep(graph, this.#sections, this.#identifiers, this.#inputs, this.#inPlace);
    this.#plain = plainNumbers(graph);
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
      for (const node of nodes) this.#writeNode(node, lastUse.get(node) ?? []);
    }
    this.#writeAssignments();
    const result = this.#writeResult();
    return {
      state: this.#isStateUsed ? this.options.state : `_${this.options.state}`,
      parameters: [...this.#inputs].map(([node, name]) => `${name}: ${this.#tensorType(node)}`),
      returnType: result,
      statements: [...this.#writeSizes(), ...this.#lines],
      helpers: this.#helpers,
    };
  }

  readonly #writing: Writing = {
    value: (node) => (this.#plain.has(node) ? this.#number(node) : this.#value(node)),
    number: (node) => this.#number(node),
    size: (dim) => this.#sizes.expression(dim),
  };

  #value(node: Node): string {
    const variable = isOp(node, "variable") ? node : newValueOf(node, this.#inPlace);
    if (variable) return property(this.#state(), this.graph.names.get(variable)!);
    return this.#names.identifier.get(node)!;
  }

  #state(): string {
    this.#isStateUsed = true;
    return this.options.state;
  }

  #number(node: Node): string {
    return numberExpression(node, this.#writing.size);
  }

  #writeSizes(): string[] {
    this.#helper("bindSizes");
    if (this.#sizes.declarations.length > 0) this.#helper("size");
    const expected = [...this.#inputs].map(
      ([{ shape, dtype }, name]) => `${key(name)}: [${name}, ${literal([...shape])}, "${dtype}"]`,
    );
    const { taken, declarations } = this.#sizes;
    const before = taken.length === 0 ? "" : `const { ${taken.join(", ")} } = `;
    const call = { helper: "bindSizes", arguments: [`{ ${expected.join(", ")} }`] };
    return [...callStatement(before, call, "  "), ...declarations];
  }

  #writeNode(node: Node, dying: readonly Node[]): void {
    // Results are written where their op is.
    if (!isOp(node, "result")) {
      this.#lines.push(...this.#remarks(node));
      if (this.#inPlace.nodes.has(node)) this.#writeInPlace(node);
      else if (node.results) this.#writeResults(node);
      else
        this.#writeCall(`const ${this.#names.identifier.get(node)}: ${this.#tensorType(node)} = `, this.#callOf(node));
    }
    this.#dispose(dying);
  }

  #writeCall(before: string, call: Call): void {
    this.#helper(call.helper);
    this.#lines.push(...callStatement(before, call, "  "));
  }

  /** Disposes those of some values that this function made. */
  #dispose(values: readonly Node[]): void {
    const held = values.filter((value) => this.#isHeld(value)).map((value) => this.#value(value));
    if (held.length > 0) this.#writeCall("", { helper: "dispose", arguments: held });
  }

  /** One constant for each result; one that nothing reads is freed at once. */
  #writeResults(node: Node): void {
    const read = new Map(this.#results.get(node)!.map((result) => [result.attributes.index, result]));
    if (isOp(node, "scan")) {
      const names = node.results!.map((_, i) => (read.has(i) ? this.#names.identifier.get(read.get(i)!) : undefined));
      const surroundings = {
        identifiers: this.#identifiers,
        size: this.#writing.size,
        helper: (name: string) => this.#helper(name),
      };
      this.#lines.push(...writeLoop(node, node.inputs.map(this.#writing.value), names, surroundings, "  "));
      return;
    }
    const unread: string[] = [];
    const names = node.results!.map((_, index) => {
      const result = read.get(index);
      if (result) return this.#names.identifier.get(result)!;
      unread.push(this.#identifiers.unique("unused"));
      return unread.at(-1)!;
    });
    this.#helper("Tensor");
    const types = node.results!.map(tensorType);
    this.#writeCall(`const [${names.join(", ")}]: [${types.join(", ")}] = `, callOf(node, this.#writing));
    if (unread.length > 0) this.#writeCall("", { helper: "dispose", arguments: unread });
  }

  /** Scalars that cannot stay numbers become tensors. */
  #callOf(node: Node) {
    const isNumber = node.rank === 0 && node.inputs.length > 0 && node.inputs.every((input) => this.#plain.has(input));
    if (isNumber) return { helper: "tensor", arguments: [`[${this.#number(node)}]`, "[]"] };
    return callOf(node, this.#writing);
  }

  #writeInPlace(node: Node): void {
    const changed = variablesChanged(node);
    const names = changed.map((variable) => textLiteral(this.graph.names.get(variable)!));
    const { helper, arguments: given } = callOf(node, this.#writing);
    const operands = given.slice(changed.length);
    this.#writeCall("", { helper, arguments: [this.#state(), `[${names.join(", ")}]`, ...operands] });
  }

  /** Gives variables their next values, but those that have been changed in place. */
  #writeAssignments(): void {
    const assigned = [...this.graph.updates].filter(([, next]) => !newValueOf(next, this.#inPlace));
    if (assigned.length === 0) return;
    const entries = assigned.map(([variable, next]) => `${key(this.graph.names.get(variable)!)}: ${this.#value(next)}`);
    this.#writeCall("", { helper: "assign", arguments: [this.#state(), `{ ${entries.join(", ")} }`] });
    const outputs = new Set(Object.values(this.graph.outputs));
    this.#dispose([...new Set(assigned.map(([, next]) => next))].filter((next) => !outputs.has(next)));
  }

  #remarks(node: Node): string[] {
    const formula = formulaOf(node, (input) => this.#words(input));
    if (this.#inPlace.nodes.has(node)) {
      const variable = this.graph.names.get(node.inputs[0]!);
      return formula ? comment(`${variable}: ${formula}`, "  ") : [];
    }
    if (node.part !== "backward") return formula ? comment(formula, "  ") : [];
    const original = this.#names.again.get(node);
    if (original && isOp(node, "barrier")) return [];
    if (original) return comment(`${this.#words(original)} again, rather than kept: ${formula ?? node.op}`, "  ");
    const own = this.#names.gradient.get(node);
    const next = own ? undefined : this.#names.next.get(node);
    const of = own
      ? `Gradient of loss with respect to ${own.words}`
      : next
        ? `Towards the gradient of loss with respect to ${next.words}`
        : "For the update";
    return comment(formula ? `${of}: ${formula}` : of, "  ");
  }

  #words(node: Node): string {
    const variable = isOp(node, "variable") ? node : newValueOf(node, this.#inPlace);
    if (variable) return this.graph.names.get(variable)!;
    return this.#plain.has(node) ? this.#number(node) : this.#names.identifier.get(node)!;
  }

  #writeResult(): string {
    const outputs = Object.entries(this.graph.outputs);
    if (this.options.returns === "tensors") return this.#writeTensors(outputs);
    this.#helper("take");
    this.#lines.push("");
    // Outputs that are one node are read once.
    const read = new Map<Node, string>();
    const seen = new Set<Node>();
    for (const [, node] of outputs) {
      if (read.has(node) || !seen.has(node)) {
        seen.add(node);
        continue;
      }
      const name = this.#identifiers.unique(`${this.#value(node)}_value`);
      this.#lines.push(`  const ${name} = take(${this.#value(node)});`);
      read.set(node, name);
    }
    const entries = outputs.map(([name, node]) => `${key(name)}: ${read.get(node) ?? `take(${this.#value(node)})`}`);
    this.#lines.push(`  return { ${entries.join(", ")} };`);
    return "Report";
  }

  #writeTensors(outputs: readonly [string, Node][]): string {
    const given = new Set<Node>();
    const tensors = outputs.map(([name, node]) => {
      const own = this.#isHeld(node) && !given.has(node);
      given.add(node);
      return [name, own ? this.#value(node) : this.#copy(node), this.#tensorType(node)] as const;
    });
    if (outputs.length === 1 && outputs[0]![0] === "output") {
      this.#lines.push(`  return ${tensors[0]![1]};`);
      return tensors[0]![2];
    }
    this.#lines.push("  return {", ...tensors.map(([name, value]) => `    ${key(name)}: ${value},`), "  };");
    return `{ ${tensors.map(([name, , type]) => `${key(name)}: ${type}`).join("; ")} }`;
  }

  /** An input or a variable belongs to the caller: what is returned is a tensor of its own. */
  #copy(output: Node): string {
    this.#helper("reshape");
    return `reshape(${this.#value(output)}, { shape: [${output.shape.map(this.#writing.size).join(", ")}] })`;
  }

  /** Whether a node is a tensor that this function makes. */
  #isHeld(node: Node): boolean {
    if (isOp(node, "input") || isOp(node, "variable") || this.#plain.has(node)) return false;
    return !node.results && !newValueOf(node, this.#inPlace);
  }

  #tensorType(node: Node): string {
    this.#helper("Tensor");
    return tensorType(node);
  }

  #helper(name: string): void {
    this.#helpers.add(name);
  }
}
