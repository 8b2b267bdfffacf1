import { appendTo } from "../../src/ir/appendTo.js";
import { type Body, bodiesOf } from "../../src/ir/body.js";
import { finalValues, type Graph, graphOfBody, opsOf } from "../../src/ir/graph.js";
import { isOp, type Node, type OpName } from "../../src/ir/node.js";
import { hasResults, type ValueRules } from "../../src/ir/op.js";
import type { TensorRef } from "../../src/ir/tensorflow-lowering.js";
import { definitionOf } from "../../src/ops/registry.js";
import type { Dim } from "../../src/types/dim.js";
import { inPlaceRulesOf, newValueOf, updatesInPlace, variablesChanged } from "../analysis/in-place.js";
import { calledScope } from "./called-scope.js";
import { attribute, type GraphDefBuilder } from "./graph-def.js";
import { knownSizes } from "./nodes.js";
import { assignVariable } from "./variables.js";
import { TensorflowWriter } from "./writer.js";

/** Where a graph is lowered to, and what it is fed with. */
export interface Surroundings {
  readonly builder: GraphDefBuilder;
  /** The value of each input node. */
  readonly feeds: ReadonlyMap<Node, TensorRef>;
  /** The resource handle of each variable node. */
  readonly handles: ReadonlyMap<Node, TensorRef>;
  /** The size of each named dim, an int32 scalar. */
  readonly sizes: ReadonlyMap<string, TensorRef>;
  /** What reads of variables must wait for: inside a loop, the round's beginning. */
  readonly controls?: readonly TensorRef[];
  /** What the graph's ops may take for few: none, unless it is said. */
  readonly isFew?: (dims: readonly Dim[]) => boolean;
}

/** What a lowered graph leaves. */
export interface Lowered {
  readonly outputs: Readonly<Record<string, TensorRef>>;
  /** The nodes that update variables. */
  readonly updates: readonly TensorRef[];
}

/**
 * Lowers a graph to TensorFlow nodes, op by op. Every variable is read once, and gets its next value after that: in place, where an
 * optimizer's rule can be done so.
 */
export function lowerGraph(graph: Graph, surroundings: Surroundings): Lowered {
  return new Lowering(graph, surroundings).lower();
}

class Lowering {
  readonly #values: Map<Node, TensorRef>;
  /** What ops with several results give; of one that is done in place, the node that does it. */
  readonly #results = new Map<Node, readonly TensorRef[]>();
  readonly #done = new Map<Node, TensorRef>();
  readonly #inPlace;
  readonly #readers;
  /** The variables that are read as a whole, and not only from where they are. */
  readonly #wholes;
  readonly #holdsBack;
  /** What every update waits for. */
  #checked: readonly TensorRef[] = [];
  /** Where something is held back, what has been lowered, and is read by nothing that was lowered after it. */
  readonly #ends = new Set<Node>();

  constructor(
    readonly graph: Graph,
    readonly surroundings: Surroundings,
  ) {
    this.#values = new Map(surroundings.feeds);
    this.#inPlace = updatesInPlace(graph);
    this.#readers = readersOf(graph, this.#inPlace.nodes);
    this.#wholes = readAsWholes(graph, this.#inPlace.nodes);
    this.#holdsBack = opsOf(graph).has("barrier");
  }

  lower(): Lowered {
    const { nodes, outputs } = this.graph;
    for (const node of nodes)
      if (isOp(node, "variable") && this.#wholes.has(node)) this.#values.set(node, this.#read(node));
    const { late } = this.#inPlace;
    const computed = nodes.filter((node) => !isOp(node, "input") && !isOp(node, "variable"));
    const early = computed.filter((node) => !late.has(node));
    for (const node of early) this.#lowerInScope(node);
    if (this.graph.updates.size > 0) this.#checked = this.#checkedOf(early);
    // What changes variables in place waits for whoever reads them.
    for (const node of computed) if (late.has(node)) this.#lowerInScope(node);
    const updates = [...this.graph.updates].map(([variable, next]) => this.#update(variable, next));
    return {
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, this.#values.get(node)!])),
      updates: [...new Set(updates)],
    };
  }

  #read(variable: Node, after: readonly TensorRef[] = []): TensorRef {
    const { builder, handles, controls = [] } = this.surroundings;
    const dtype = { dtype: attribute.type(variable.dtype) };
    const value = builder.node("ReadVariableOp", [handles.get(variable)!], dtype, {
      controls: [...controls, ...after],
    });
    builder.sayShape(value, knownSizes(variable));
    return value;
  }

  /** After what numbers have been found to be in range: a step that fails at them leaves all variables as they were. */
  #checkedOf(nodes: readonly Node[]): readonly TensorRef[] {
    const controls = whereChecked(nodes).map((node) => this.#refsOf(node)[0]!);
    return controls.length > 1 ? [this.surroundings.builder.node("NoOp", [], {}, { outputs: 0, controls })] : controls;
  }

  #lowerInScope(node: Node): void {
    const { builder } = this.surroundings;
    const scope = node.scope && this.graph.names.get(node.scope);
    // What may fail at numbers is called so that its error can be told by the name that the user knows.
    const name = definitionOf(node.op).inRange && node.call?.name;
    const call = name && calledScope(name);
    const lower = () => (call ? builder.scope(call, () => this.#lowerNode(node)) : this.#lowerNode(node));
    if (scope) builder.scope(scope, lower);
    else lower();
    const value = this.#values.get(node);
    if (value) builder.sayShape(value, knownSizes(node));
  }

  #lowerNode(node: Node): void {
    const { builder, sizes, handles, controls = [], isFew } = this.surroundings;
    const [first] = node.inputs;
    const changed = newValueOf(node, this.#inPlace);
    if (this.#inPlace.nodes.has(node)) this.#done.set(node, this.#changeInPlace(node));
    else if (changed) {
      if (this.#readers.has(node)) this.#values.set(node, this.#read(changed, [this.#done.get(first!)!]));
    } else if (isOp(node, "result")) this.#values.set(node, this.#results.get(first!)![node.attributes.index]!);
    else {
      const definition = definitionOf(node.op);
      const before = this.#before(node);
      const inputs = node.inputs.map((input) => this.#values.get(input)!);
      const taken = takenFromVariable(node);
      if (taken) {
        const writer = new TensorflowWriter(builder, sizes, [...controls, ...before]);
        this.#values.set(node, taken(writer, inputs.with(0, handles.get(first!)!), node));
        return;
      }
      const lowerBody = (body: Body, feeds: ReadonlyMap<Node, TensorRef>) => this.#lowerBody(body, feeds);
      const writer = new TensorflowWriter(builder, sizes, before, lowerBody, isFew);
      if (hasResults(definition)) this.#results.set(node, definition.tensorflow(writer, inputs, node));
      else this.#values.set(node, definition.tensorflow(writer, inputs, node));
    }
  }

  /**
   * What a node waits for besides its inputs: a barrier, for everything before it. TensorFlow takes what is ready in an order of its
   * own, and nodes that it put off would go on holding what they read while more is computed again.
   */
  #before(node: Node): readonly TensorRef[] {
    if (!this.#holdsBack || this.#inPlace.late.has(node)) return [];
    for (const input of node.inputs) this.#ends.delete(input);
    const isBarrier = isOp(node, "barrier");
    const before = isBarrier ? [...this.#ends].map((end) => this.#refsOf(end)[0]!) : [];
    if (isBarrier) this.#ends.clear();
    this.#ends.add(node);
    return before;
  }

  #lowerBody(body: Body, feeds: ReadonlyMap<Node, TensorRef>): TensorRef[] {
    for (const [parameter, ref] of feeds) this.surroundings.builder.sayShape(ref, knownSizes(parameter));
    const { outputs } = lowerGraph(graphOfBody(body), { ...this.surroundings, feeds });
    return body.results.map((_, i) => outputs[i]!);
  }

  /**
   * An update in place waits for the read of what it changes, so that everything sees the values from before, and for those who use
   * what was read: while one of them holds it, TensorFlow would copy the variable instead.
   */
  #changeInPlace(node: Node): TensorRef {
    const { builder, sizes, handles, controls = [] } = this.surroundings;
    const changed = variablesChanged(node);
    const waits = changed.flatMap((variable) => [
      ...this.#readsOf(variable),
      ...(this.#readers.get(variable) ?? []).flatMap((user) => this.#refsOf(user)),
    ]);
    const inputs = node.inputs.map((input, i) => (i < changed.length ? handles.get(input) : this.#values.get(input))!);
    const writer = new TensorflowWriter(builder, sizes, [...controls, ...this.#checked, ...waits]);
    return inPlaceRulesOf(node)!.tensorflow(writer, inputs, node);
  }

  /** What reads a variable: as a whole, or a part of it. */
  #readsOf(variable: Node): readonly TensorRef[] {
    const whole = this.#wholes.has(variable) ? [this.#values.get(variable)!] : [];
    const parts = (this.#readers.get(variable) ?? []).filter(
      (reader) => reader.inputs[0] === variable && takenFromVariable(reader),
    );
    return [...whole, ...parts.map((part) => this.#values.get(part)!)];
  }

  #refsOf(node: Node): readonly TensorRef[] {
    return this.#results.get(node) ?? [this.#values.get(node)!];
  }

  /** The node after which a variable has its next value. */
  #update(variable: Node<"variable">, next: Node): TensorRef {
    const { builder, handles, controls = [] } = this.surroundings;
    if (newValueOf(next, this.#inPlace) === variable) return this.#done.get(next.inputs[0]!)!;
    const waits = [...controls, ...this.#checked, ...this.#readsOf(variable)];
    return assignVariable(builder, variable, handles.get(variable)!, this.#values.get(next)!, waits);
  }
}

/**
 * The nodes that fail at numbers out of range, of those that check the same numbers the first: the gradient of a gather comes late,
 * and waiting for it, all gradients would be held at one time.
 */
function whereChecked(nodes: readonly Node[]): Node[] {
  const sizes = new Map<Node, Set<Dim>>();
  return nodes.filter((node) => {
    if (bodiesOf(node).some(([, body]) => whereChecked(body.nodes).length > 0)) return true;
    const checked = definitionOf(node.op).inRange?.(node);
    if (!checked) return false;
    const known = sizes.get(checked.numbers) ?? new Set();
    sizes.set(checked.numbers, known);
    return known.size < known.add(checked.size).size;
  });
}

/** How a node takes its result from a variable where it is, if it does. */
function takenFromVariable<K extends OpName>(node: Node<K>): ValueRules<K>["tensorflow"] | undefined {
  const definition = definitionOf(node.op);
  if (hasResults(definition) || !node.inputs[0] || !isOp(node.inputs[0], "variable")) return undefined;
  return definition.fromVariable?.(node.attributes);
}

/** The variables that something reads as wholes: a node, an update of another variable, or who is given an output. */
function readAsWholes(graph: Graph, inPlace: ReadonlySet<Node>): Set<Node> {
  const wholes = new Set<Node>(finalValues(graph).filter((value) => isOp(value, "variable")));
  for (const node of graph.nodes) {
    const own = inPlace.has(node) ? variablesChanged(node).length : takenFromVariable(node) ? 1 : 0;
    for (const input of node.inputs.slice(own)) if (isOp(input, "variable")) wholes.add(input);
  }
  return wholes;
}

/** Who reads each variable, and each new value of one: nodes, updates of others and outputs, of which the last two are no nodes. */
function readersOf(graph: Graph, inPlace: ReadonlySet<Node>): Map<Node, Node[]> {
  const readers = new Map<Node, Node[]>();
  const isRead = (value: Node) => isOp(value, "variable") || isOp(value, "result");
  const readBesides = (value: Node) => {
    if (isRead(value) && !readers.has(value)) readers.set(value, []);
  };
  for (const node of graph.nodes) {
    const own = inPlace.has(node) ? variablesChanged(node).length : 0;
    for (const input of node.inputs.slice(own)) if (isRead(input)) appendTo(readers, input, node);
  }
  for (const output of finalValues({ outputs: graph.outputs, updates: new Map() })) readBesides(output);
  for (const [variable, next] of graph.updates) {
    const rule = isOp(next, "result") ? next.inputs[0]! : undefined;
    const isHome = rule && inPlace.has(rule) && rule.inputs[(next as Node<"result">).attributes.index] === variable;
    if (!isHome) readBesides(next);
  }
  return readers;
}
