import { Body } from "../ir/body.js";
import type { Builder } from "../ir/builder.js";
import type { Loop } from "../ir/control.js";
import { internalError, ShapewrightError } from "../ir/errors.js";
import { isOp, type Node, type OpTable } from "../ir/node.js";
import type { Operand, ResultsOpDefinition, Signature } from "../ir/op.js";
import { mustBeAlike, ran, standIn, zerosLike } from "./shared/bodies.js";
import { differentiatedLoop, recorded } from "./shared/differentiatedLoop.js";
import { noFlops } from "./shared/flops.js";
import { lowerLoop } from "./shared/lowerLoop.js";
import { trainedLoop } from "./shared/trainedLoop.js";

declare module "../ir/node.js" {
  interface OpTable {
    /**
     * Runs a body as long as a condition holds. Inputs, and the parameters of both: what is carried, and what they read besides. The
     * body's results: what is carried on, then outputs, which there are only where it is said how many rounds there are at most: their
     * stacks are as long, and zeros where there are fewer. Results: what is carried at last, then the stacks.
     */
    whileLoop: {
      readonly condition: Body;
      readonly body: Body;
      readonly carries: number;
      readonly maximumIterations?: number;
    };
  }
}

type Attributes = OpTable["whileLoop"];

function infer(inputs: readonly Operand[], { condition, body, carries, maximumIterations }: Attributes): Signature[] {
  const [answer] = condition.results;
  mustBeAlike("whileLoop: the condition's inputs", inputs, condition.parameters);
  mustBeAlike("whileLoop: the body's inputs", inputs, body.parameters);
  mustBeAlike("whileLoop: what is carried on", body.results.slice(0, carries), inputs.slice(0, carries));
  if (answer?.dtype !== "bool" || answer.rank > 0) throw internalError("whileLoop: the condition is no bool scalar");
  return body.results.map(({ shape, dtype }, i) => ({
    shape: i < carries ? shape : [maximumIterations!, ...shape],
    dtype,
  }));
}

function controlOf({ maximumIterations, ...attributes }: Attributes): Loop {
  return { kind: "loop", ...attributes, sequences: 0, length: maximumIterations, reverse: false };
}

/** A 1 for each round that runs: as an output, it tells them from those that do not. */
function ranIn(b: Builder, { attributes: { body, carries } }: Node<"whileLoop">): Node {
  const isOne = (node: Node) => isOp(node, "constant") && node.dtype === "int32" && node.rank === 0;
  return body.results.slice(carries).find((node) => isOne(node)) ?? b.scalar(1, "int32");
}

/**
 * As a scan of as many rounds as there are at most, of which those that did not run hand on what they are given.
 *
 *     h_t = ran_t ? f(h_{t-1}, k) : h_{t-1}
 */
function scanned(b: Builder, { attributes: { body, carries } }: Node<"whileLoop">): Body {
  const parameters = body.parameters.map((one) => standIn(b, one));
  const others = body.parameters.map((one) => standIn(b, one));
  const [carried, captured] = [parameters.slice(0, carries), parameters.slice(carries)];
  const ran = b.op("input", [], { shape: [], dtype: "int32" });
  const kept = [...others.slice(0, carries), ...body.results.slice(carries).map((one) => emptyLike(b, one))];
  const round = b.op("cond", [b.op("greater", [ran, b.scalar(0, "int32")]), ...parameters], {
    ifTrue: body,
    ifFalse: new Body(others, kept),
  });
  return new Body([...carried, ran, ...captured], b.results(round));
}

function emptyLike(b: Builder, one: Node): Node {
  return one.dtype === "float32"
    ? zerosLike(b, one)
    : b.op("broadcastTo", [b.scalar(0, one.dtype)], { shape: one.shape });
}

export const whileLoopOp: ResultsOpDefinition<"whileLoop"> = {
  name: "whileLoop",
  several: true,
  words: { noun: "looped" },
  control: controlOf,
  infer,
  gradient({ b, node, inputs, dys, pullBack }) {
    const { body, carries, maximumIterations: length } = node.attributes;
    if (length === undefined) {
      const message =
        "whileLoop: is differentiated only where it is known how many rounds there are at most, for what is carried into each is kept; say { maximumIterations }";
      throw new ShapewrightError("SW_GRADIENT", message, "whileLoop");
    }
    const [ran, ...history] = recorded(b, node, [ranIn(b, node), ...body.parameters.slice(0, carries)]);
    const [carried, captured] = [inputs.slice(0, carries), inputs.slice(carries)];
    const loop = { body: scanned(b, node), carries, sequences: 1, length, reverse: false };
    const found = differentiatedLoop(
      { b, dys, pullBack },
      { ...loop, inputs: [...carried, ran!, ...captured], history },
    );
    return found.toSpliced(carries, 1);
  },
  training: (context) => trainedLoop(context, controlOf(context.node.attributes)),
  tensorflow: (t, inputs, node) => lowerLoop(t, inputs, node, controlOf(node.attributes)),
  tfjs: ran,
  reference: ran,
  flops: noFlops,
};
