import type { Graph } from "../../../src/ir/graph.js";
import { isOp, type Node } from "../../../src/ir/node.js";
import type { Dim } from "../../../src/types/dim.js";
import { type InPlaceUpdates, newValueOf } from "../../analysis/in-place.js";
import type { Field } from "./blocks/objectsRead.js";
import type { Writing } from "./call.js";
import { property } from "./identifiers.js";
import type { StepNames } from "./naming.js";
import { numberExpression } from "./scalars.js";

/** What the nodes of a step are called where they are read. */
export class Spelling implements Writing {
  #isStateUsed = false;
  /** What functions of blocks give beside others. */
  readonly fields = new Map<Node, Field>();

  constructor(
    readonly graph: Graph,
    readonly names: StepNames,
    readonly inPlace: InPlaceUpdates,
    /** The scalars that are numbers. */
    readonly plain: ReadonlySet<Node>,
    /** The parameter that holds the variables. */
    readonly parameter: string,
    readonly size: (dim: Dim) => string,
  ) {}

  readonly value = (node: Node): string => (this.plain.has(node) ? this.number(node) : this.tensor(node));

  readonly number = (node: Node): string => numberExpression(node, this.size);

  readonly tensor = (node: Node): string => {
    const variable = this.#variableOf(node);
    return variable ? property(this.state(), this.graph.names.get(variable)!) : this.#named(node);
  };

  readonly identifier = (node: Node): string => this.names.identifier.get(node)!;

  /** What a node is called in a remark. */
  readonly words = (node: Node): string => {
    const variable = this.#variableOf(node);
    if (variable) return this.graph.names.get(variable)!;
    return this.plain.has(node) ? this.number(node) : this.#named(node);
  };

  /** The same without the object that a function of a block gave it in. */
  readonly label = (node: Node): string => (this.fields.has(node) ? this.identifier(node) : this.words(node));

  /** Whether a node is a tensor that the function makes. */
  readonly isHeld = (node: Node): boolean => {
    if (isOp(node, "input") || isOp(node, "variable") || this.plain.has(node)) return false;
    return !node.results && !newValueOf(node, this.inPlace);
  };

  /** The parameter that holds the variables, to be used. */
  state(): string {
    this.#isStateUsed = true;
    return this.parameter;
  }

  /** The same as it is declared: with "_" before it, where nothing of it is used. */
  get declaredState(): string {
    return this.#isStateUsed ? this.parameter : `_${this.parameter}`;
  }

  #named(node: Node): string {
    const field = this.fields.get(node);
    return field ? `${field.object}.${field.property}` : this.identifier(node);
  }

  #variableOf(node: Node): Node | undefined {
    return isOp(node, "variable") ? node : newValueOf(node, this.inPlace);
  }
}
