import type { Node } from "../../../src/ir/node.js";
import { variablesChanged } from "../../analysis/in-place.js";
import { key, textLiteral } from "./identifiers.js";
import { callStatement } from "./layout.js";
import { literal } from "./literals.js";
import { disposal } from "./nodeStatement.js";
import type { StepSurroundings } from "./step-surroundings.js";
import { updateLegend } from "./updateLegend.js";
import { gradientFor, operandsOf, type Update, updatesOf, variablesKept } from "./updates.js";

/** Writes the optimizer's rules that are done in place. */
export class UpdateWriter {
  readonly #rules: readonly Node[];
  /** What one call does, by the first of its rules. */
  readonly #updates: ReadonlyMap<Node, Update>;
  readonly #inUpdates: ReadonlySet<Node>;
  /** The constants that hold settings of several calls, by op and settings. */
  readonly #settings = new Map<string, string>();

  /**
   * @param nodes the section's
   * @param state gives the parameter that holds the variables
   */
  constructor(
    nodes: readonly Node[],
    readonly step: StepSurroundings,
    readonly state: () => string,
  ) {
    const { graph, inPlace, plain } = step;
    this.#rules = nodes.filter((node) => inPlace.nodes.has(node));
    const updates = updatesOf(graph, nodes, inPlace.nodes, (node) => plain.has(node));
    this.#updates = new Map(updates.map((update) => [update.rules[0]!, update]));
    this.#inUpdates = new Set(updates.flatMap(({ rules }) => rules));
  }

  /** The formulas, once for all, and settings that several calls have. */
  legend(): string[] {
    const calls = this.#rules.filter((rule) => !this.#inUpdates.has(rule) || this.#updates.has(rule));
    const lines = updateLegend(this.#rules);
    const before = new Set<string>();
    for (const { op, attributes } of calls) {
      const settings = literal(attributes);
      if (before.has(`${op} ${settings}`) && !this.#settings.has(`${op} ${settings}`) && settings !== "{}") {
        const name = this.step.identifiers.unique(`${op.replace("apply", "").toLowerCase()}_settings`);
        this.#settings.set(`${op} ${settings}`, name);
        lines.push(`  const ${name} = ${settings};`);
      }
      before.add(`${op} ${settings}`);
    }
    return lines;
  }

  /** What stands for a rule: nothing, where the call of another does what it does. */
  statements(rule: Node): string[] {
    const update = this.#updates.get(rule);
    if (update) return this.#each(update);
    return this.#inUpdates.has(rule) ? [] : this.#one(rule);
  }

  #one(rule: Node): string[] {
    const { graph, writing, lastUse, helper } = this.step;
    const names = variablesKept(rule).map((variable) => textLiteral(graph.names.get(variable)!));
    const operands = operandsOf(rule).map((operand) => writing.value(operand));
    const given = [this.state(), `[${names.join(", ")}]`, ...operands, ...this.#settingsOf(rule)];
    helper(rule.op);
    const call = callStatement("", { helper: rule.op, arguments: given }, "  ");
    return [...call, ...disposal(lastUse.get(rule) ?? [], this.step)];
  }

  /** One rule for several weights: their gradients by the weights' names, then the call. */
  #each({ rules, slots }: Update): string[] {
    const { graph, identifiers, writing, lastUse, isHeld, helper } = this.step;
    const [first] = rules;
    const gradients = identifiers.unique("gradients");
    const entries = rules.map((rule) => {
      const [weight] = variablesChanged(rule);
      return `    ${key(graph.names.get(weight!)!)}: ${writing.value(gradientFor(rule))},`;
    });
    const scalars = operandsOf(first!)
      .slice(0, -1)
      .map((scalar) => writing.value(scalar));
    const slotNames = `[${slots.map(textLiteral).join(", ")}]`;
    const given = [this.state(), gradients, slotNames, ...scalars, ...this.#settingsOf(first!)];
    helper(first!.op);
    const lines = [
      `  const ${gradients} = {`,
      ...entries,
      "  };",
      ...callStatement("", { helper: `${first!.op}.each`, arguments: given }, "  "),
    ];
    const dying = new Set(rules.flatMap((rule) => lastUse.get(rule) ?? []).filter((value) => isHeld(value)));
    if (rules.every((rule) => dying.has(gradientFor(rule)))) {
      helper("disposeAll");
      lines.push(`  disposeAll(${gradients});`);
      for (const rule of rules) dying.delete(gradientFor(rule));
    }
    return [...lines, ...disposal([...dying], this.step)];
  }

  /** The settings of a rule, by their name where they have one. */
  #settingsOf({ op, attributes }: Node): string[] {
    const settings = literal(attributes);
    return settings === "{}" ? [] : [this.#settings.get(`${op} ${settings}`) ?? settings];
  }
}
