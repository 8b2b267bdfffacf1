import { directionsOf } from "../../compiler/autodiff/directions.js";
import { initialValue } from "../../compiler/initialValue.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { CheckAllLike } from "../../src/ir/like.js";
import type { Node } from "../../src/ir/node.js";
import { arrangeLike, type Structure, tensorsOf } from "../../src/ir/structure.js";
import { builder as b } from "../../src/ops/builder.js";
import { optimizerState } from "../../src/optimizerState.js";
import { constrainedValues } from "../../src/optimizers/constrainedValues.js";
import {
  type KeptVariable,
  keptNode,
  nextValuesOf,
  rateAt,
  scheduleState,
  slotsFor,
  stateOf,
} from "../../src/optimizers/given-optimizer.js";
import type { Optimizer, StepContext } from "../../src/optimizers/optimizer.js";
import { type KeptScalars, learningRateOf, setLearningRate } from "../fit/learning-rate.js";
import type { Values } from "./values.js";
import { type VariableStructure, VersionedVariable, versionedIn } from "./variable.js";

type Variable = VersionedVariable<unknown>;

/** An optimizer with what it keeps for each variable. Made by `optimizer` of an eager session. */
export class EagerOptimizer {
  readonly #values: Values<unknown>;
  readonly #optimizer: Optimizer;
  readonly #slots = new Map<Variable, ReadonlyMap<string, Variable>>();
  readonly #steps: Variable;
  readonly #state: ReadonlyMap<string, Variable>;
  readonly #scheduleState: ReadonlyMap<string, Variable>;

  /** @internal */
  constructor(values: Values<unknown>, optimizer: Optimizer) {
    this.#values = values;
    this.#optimizer = optimizer;
    this.#steps = this.#keep(`${optimizerState}steps`, { shape: [], dtype: "int32", start: 0 });
    this.#state = this.#keepAll(optimizerState, stateOf("optimizer", optimizer));
    this.#scheduleState = this.#keepAll(optimizerState, scheduleState("optimizer", optimizer));
  }

  /**
   * Takes a step: changes variables by their gradients.
   *
   * @param gradients in the places of the variables, of their shapes, as `gradient` of a tape gives them
   * @param variables a mutable variable, a list or a record of them
   * @throws SW_SHAPE when a gradient is not of its variable's shape, SW_NAME when one is missing or a variable is not mutable
   * @example
   * const tf = await eager();
   * const w = tf.mutable(variable("w", [3], ones()));
   * const optimizer = tf.optimizer(adam());
   * using tape = tf.gradientTape();
   * optimizer.apply(tape.gradient(sum(square(w)), w), w);
   */
  apply<const V extends VariableStructure, const G extends Structure>(
    gradients: G & CheckAllLike<"apply", "gradient", V, G>,
    variables: V,
  ): void {
    const all = tensorsOf(variables as Structure, "apply").map(([place, tensor]) => {
      const variable = versionedIn(tensor as Structure);
      if (variable) return variable;
      const message = `apply: ${place ? `"${place}"` : "what was given"} is no mutable variable; make it one with mutable()`;
      throw new ShapewrightError("SW_NAME", message, "apply");
    });
    const presents = arrangeLike<Structure>(
      variables,
      all.map(({ present }) => present),
    );
    const directions = directionsOf("apply", "gradient", presents, gradients);
    const parameters = all.map((variable, i) => ({
      variable,
      slots: this.#slotsOf(variable),
      gradient: directions[i]!,
    }));
    const kept = [
      this.#steps,
      ...this.#state.values(),
      ...parameters.flatMap(({ variable, slots }) => [variable, ...slots.values()]),
    ];
    const byNode = new Map(kept.map((one) => [one.present, one]));
    // Everything is computed before anything is changed: a gradient may depend on any variable.
    const changed: Variable[] = [];
    const values = this.#values.ownOf(() => {
      const stepped = nextValuesOf("apply", this.#optimizer, this.#contextFor(parameters));
      const next = [...constrainedValues("apply", stepped), this.#nextStep()];
      return next.map(([node, value]) => {
        changed.push(byNode.get(node)!);
        return value;
      });
    });
    for (const [i, variable] of changed.entries()) variable.write(values[i]);
  }

  /**
   * The learning rate of the next step. It can be set, unless the optimizer's follows a schedule.
   *
   * @throws SW_VALUE when a rate is set that is none, or where the optimizer's follows a schedule
   */
  get learningRate(): number {
    return learningRateOf(this.#optimizer, this.#scalars);
  }

  set learningRate(value: number) {
    setLearningRate(this.#optimizer, this.#scalars, value);
  }

  get #scalars(): KeptScalars {
    const kept = [this.#steps, ...this.#scheduleState.values()];
    const named = (name: string) => kept.find((one) => one.name === name)!;
    return {
      read: (name) => named(name).value().data[0]!,
      write: (name, value) => named(name).write(this.#values.machine.fromHost(value)),
    };
  }

  #contextFor(
    parameters: readonly { variable: Variable; slots: ReadonlyMap<string, Variable>; gradient: Node }[],
  ): StepContext {
    const learningRate = rateAt("apply", b, this.#optimizer, this.#steps.present, presents(this.#scheduleState));
    return {
      b,
      parameters: parameters.map(({ variable, slots, gradient }) => ({
        name: variable.name,
        variable: variable.present,
        slots: presents(slots),
        gradient,
        learningRate,
      })),
      steps: this.#steps.present,
      state: presents(this.#state),
    };
  }

  #nextStep(): readonly [Node<"variable">, Node] {
    const { present } = this.#steps;
    return [present, b.op("add", [present, b.scalar(1, "int32")])];
  }

  #slotsOf(variable: Variable): ReadonlyMap<string, Variable> {
    const known = this.#slots.get(variable);
    if (known) return known;
    const slots = slotsFor("apply", this.#optimizer, variable.name, variable.variable.attributes.shape);
    const kept = this.#keepAll(`${optimizerState}${variable.name}/`, slots);
    this.#slots.set(variable, kept);
    return kept;
  }

  #keepAll(prefix: string, wanted: Readonly<Record<string, KeptVariable>>): ReadonlyMap<string, Variable> {
    return new Map(Object.entries(wanted).map(([name, kept]) => [name, this.#keep(`${prefix}${name}`, kept)]));
  }

  #keep(name: string, variable: KeptVariable): Variable {
    const node = keptNode(name, variable);
    return new VersionedVariable(this.#values, name, node, this.#values.machine.fromHost(initialValue(name, node, 0)));
  }
}

/** The nodes of variables' present values, by the variables' names. */
function presents(variables: ReadonlyMap<string, Variable>): Record<string, Node<"variable">> {
  return Object.fromEntries([...variables].map(([name, variable]) => [name, variable.present]));
}
