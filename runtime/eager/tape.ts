import { filled } from "../../compiler/autodiff/filled.js";
import { pullBack } from "../../compiler/autodiff/pullBack.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import { type CheckFloat, type CheckFloats, type CheckLike, checkFloat, checkLike } from "../../src/ir/like.js";
import { isOp, type Node, nodeOf } from "../../src/ir/node.js";
import { refuse } from "../../src/ir/refuse.js";
import { arrangeLike, type Like, type Structure, tensorsOf } from "../../src/ir/structure.js";
import type { ShapeOf, TensorLike } from "../../src/ir/tensor.js";
import { builder as b } from "../../src/ops/builder.js";
import { show } from "../../src/types/show.js";
import type { Scope } from "./scopes.js";
import type { Values } from "./values.js";
import { versionedIn } from "./variable.js";

/**
 * Records what is made while it is open, and gives gradients of it. What was made before is a constant to it. Made by
 * `gradientTape` of an eager session.
 *
 * Gradients are tensors that are made while they are asked for: a tape that is open then, this one too, records them, and
 * gives their gradients in turn. They are computed from the values that the forward pass left: nothing is computed twice.
 */
export class GradientTape {
  readonly #values: Values<unknown>;
  readonly #scope: Scope;
  #disposed = false;

  /** @internal */
  constructor(values: Values<unknown>) {
    this.#values = values;
    this.#scope = values.openScope();
  }

  /**
   * The gradients of a tensor with respect to a variable or tensor, a list or a record of them. It may be asked for as often as
   * one likes. A variable that was assigned while the tape was open counts with all its values, as in TensorFlow.
   *
   * @param y made while the tape was open, float32. Of what is no scalar the sum's gradient is taken, as in TensorFlow
   * @param sources float32; any tensors, which need not be watched. One that y does not depend on gets zeros
   * @param outputGradient the gradient of y to start from, of y's shape: ones unless said otherwise
   * @returns tensors in the places of the sources, of the same shapes
   * @throws SW_GRADIENT when the tape did not record y, or an op on the way has no gradient; SW_DTYPE when y or a source is
   * not float32; SW_SESSION after dispose()
   * @example
   * const tf = await eager();
   * const W = tf.mutable(variable("W", [3], ones()));
   * using tape = tf.gradientTape();
   * const { W: dW } = tape.gradient(sum(square(W)), { W }); // Tensor<[3], "float32">: 2 · W
   */
  gradient<const Y extends TensorLike, const W extends Structure, const U extends TensorLike = TensorLike>(
    y: Y & CheckFloat<"gradient", Y>,
    sources: W & CheckFloats<"gradient", W>,
    outputGradient?: U & CheckLike<"gradient", "output gradient", ShapeOf<Y>, U>,
  ): Like<W> {
    if (this.#disposed) throw new ShapewrightError("SW_SESSION", "gradient: the tape has been disposed", "gradient");
    const output = nodeOf(y, "gradient");
    refuse("SW_DTYPE", "gradient", checkFloat("gradient", output));
    const wanted = tensorsOf(sources as Structure, "gradient").map(([, source]) => this.#nodesOf(source as TensorLike));
    this.#checkRecorded(output);
    const start = outputGradient ? nodeOf(outputGradient, "gradient") : filled(1, output.shape);
    refuse("SW_SHAPE", "gradient", checkLike("gradient", "output gradient", output.shape, start));
    const through = (node: Node) => node.serial > this.#scope.start;
    const nodes = wanted.flat();
    const found = pullBack([output], [start], nodes, { through });
    const gradients = new Map(nodes.map((node, i) => [node, found[i]]));
    const totals = wanted.map((versions) => {
      const shares = versions.flatMap((node) => gradients.get(node) ?? []);
      return shares.length > 0
        ? shares.reduce((sum, share) => b.op("add", [sum, share]))
        : filled(0, versions[0]!.shape);
    });
    return arrangeLike(sources as W, totals);
  }

  /** Frees the values that were computed of what it recorded. A tape within another hands them over to it. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#values.closeScope(this.#scope);
  }

  /** `using tape = tf.gradientTape()` disposes of it where its block ends. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** The nodes of a source: of a variable, those of every value that it has had since the tape was opened. */
  #nodesOf(source: TensorLike): Node[] {
    const nodes = versionedIn(source)?.nodesSince(this.#scope.start) ?? [nodeOf(source)];
    for (const node of nodes) refuse("SW_DTYPE", "gradient", checkFloat("gradient", node));
    return nodes;
  }

  #checkRecorded(node: Node): void {
    if (node.serial > this.#scope.start || isOp(node, "variable")) return;
    const message = `gradient: ${node.op} ${show(node.shape)} was made before the tape was opened, so the tape did not record it; make it while the tape is open`;
    throw new ShapewrightError("SW_GRADIENT", message, "gradient");
  }
}
