import { checkKind } from "../../compiler/checkKind.js";
import { initialValue } from "../../compiler/initialValue.js";
import { unfoldProduct } from "../../compiler/passes/unfoldTransposes.js";
import type { Inputs } from "../../compiler/program.js";
import type { DType } from "../../src/ir/dtype.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { isOp, type Node, nodeOf } from "../../src/ir/node.js";
import { checkOption, required } from "../../src/ir/options.js";
import { refuse } from "../../src/ir/refuse.js";
import type { Tensor, TensorLike } from "../../src/ir/tensor.js";
import type { Model, Outputs } from "../../src/model.js";
import { anOptimizer, type Optimizer } from "../../src/optimizers/optimizer.js";
import type { Shape } from "../../src/types/dim.js";
import { show } from "../../src/types/show.js";
import type { BackendName } from "../backends/backend.js";
import type { Machine } from "../backends/machine.js";
import type { ArrayOf } from "../data/data.js";
import { checkOpenOptions, type OpenOptions } from "../load.js";
import { machineFor } from "./machineFor.js";
import { type EagerModel, eagerModel } from "./model.js";
import { EagerOptimizer } from "./optimizer.js";
import { GradientTape } from "./tape.js";
import { Values } from "./values.js";
import { type MutableVariable, VersionedVariable } from "./variable.js";

/**
 * Tensors with values, op by op, as TensorFlow has them when nothing is compiled: mutable variables, gradient tapes, host
 * control flow. Made by `eager`. The ops are the language's own: a tensor that depends on constants and mutable variables
 * alone has a value, which is computed when it is asked for, once. `gradients`, `jvp`, `jacobian` and the like work here too.
 * For speed there are compiled sessions.
 */
export class Eager {
  readonly #values: Values<unknown>;
  readonly #seed: number;
  readonly #variables = new Map<Node, MutableVariable>();

  /** @internal */
  constructor(machine: Machine<unknown>, seed: number) {
    const portable = machine.backend === "wasm" || machine.backend === "cpu";
    this.#values = new Values(machine, portable ? (node) => unfoldProduct(node) ?? node : undefined);
    this.#seed = seed;
  }

  /** The backend that computes. */
  get backend(): BackendName {
    return this.#values.machine.backend;
  }

  /**
   * Gives a variable of the graph a value that can be changed. It starts as in a compiled session of the same seed. The same
   * variable gives the same mutable one. What is compiled is not changed by it: there a variable is the graph's own, and
   * starts with its initial value.
   *
   * @param variable what `variable(name, shape, initializer)` made
   * @throws SW_VALUE when it is no variable
   * @example
   * const tf = await eager();
   * const W = tf.mutable(variable("W", [784, 10], glorotUniform())); // MutableVariable<[784, 10], "float32">
   * W.assign(multiply(W, 0.5));
   */
  mutable<const S extends Shape, D extends DType>(variable: Tensor<S, D>): MutableVariable<S, D> {
    const node = nodeOf(variable);
    if (!isOp(node, "variable")) {
      const message = `mutable: takes what variable(name, shape, initializer) makes, got ${node.op} ${show(node.shape)}`;
      throw new ShapewrightError("SW_VALUE", message, "mutable");
    }
    return this.#mutable(node, node.attributes.name) as MutableVariable<S, D>;
  }

  /**
   * The value of a tensor: what is not known yet of it is computed now.
   *
   * @throws SW_SESSION when it depends on an input, on a variable that was not made mutable here, or on what was freed
   * @example
   * const tf = await eager();
   * tf.value(add(constant([1, 2]), 1)).data; // Float32Array [2, 3]
   */
  value<T extends TensorLike>(tensor: T): ArrayOf<T> {
    return this.#values.read(nodeOf(tensor)) as ArrayOf<T>;
  }

  /**
   * Opens a tape: it records what is made from now on, and gives gradients of it. What is computed of it is freed when the
   * tape is disposed, at the end of the block with `using`, else by `dispose()`.
   *
   * @example
   * const tf = await eager();
   * const w = tf.mutable(variable("w", [3], ones()));
   * using tape = tf.gradientTape();
   * w.assignSub(multiply(0.1, tape.gradient(sum(square(w)), w)));
   */
  gradientTape(): GradientTape {
    return new GradientTape(this.#values);
  }

  /**
   * A model with mutable variables, to be called with tensors. One that has several outputs gives them by their names.
   *
   * @example
   * const tf = await eager();
   * const net = tf.model(digits);
   * const logits = net({ image: constant(testX) }); // Tensor<[number, 10], "float32">
   */
  model<I extends Inputs, O extends Outputs>(model: Model<I, O>): EagerModel<I, O> {
    refuse("SW_VALUE", "model", checkKind("model", model, "model"));
    return eagerModel(model, this.#seed, (node, name) => this.#mutable(node, name));
  }

  /** An optimizer, which keeps what it needs for each variable that it is applied to. */
  optimizer(optimizer: Optimizer): EagerOptimizer {
    checkOption("optimizer", "what is given", optimizer, required(anOptimizer));
    return new EagerOptimizer(this.#values, optimizer);
  }

  /** How many values are held: of variables, of what tapes recorded, and of what was made outside of tapes and is still in use. */
  memory(): { readonly numTensors: number } {
    return { numTensors: this.#values.count };
  }

  /** Frees everything. It cannot be used after that; a second call does nothing. */
  dispose(): void {
    this.#values.dispose();
  }

  /** `using tf = await eager()` disposes of it where its block ends. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #mutable(node: Node<"variable">, name: string): MutableVariable {
    const known = this.#variables.get(node);
    if (known) return known;
    const initial = this.#values.machine.fromHost(initialValue(name, node, this.#seed));
    const made = new VersionedVariable(this.#values, name, node, initial) as unknown as MutableVariable;
    this.#variables.set(node, made);
    return made;
  }
}

/**
 * Starts eager computation on a backend.
 *
 * @param options as those of `open`
 * @throws SW_BACKEND when the backend asked for is not there
 * @example
 * const tf = await eager();
 * const w = tf.mutable(variable("w", [2], ones()));
 * for (let step = 0; step < 100; step++) {
 *   using tape = tf.gradientTape();
 *   const loss = sum(square(subtract(w, constant([3, -1]))));
 *   w.assignSub(multiply(0.1, tape.gradient(loss, w)));
 * }
 * w.value().data; // Float32Array [3, -1], nearly
 */
export async function eager(options: OpenOptions = {}): Promise<Eager> {
  checkOpenOptions("eager", options);
  return new Eager(await machineFor(options), options.seed ?? 0);
}
