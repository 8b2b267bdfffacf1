import type { Node } from "../ir/node.js";
import type { CheckPositiveInt32 } from "../ir/option-checks.js";
import { callback, checkOption, checkOptions, positiveInt32, required } from "../ir/options.js";
import { arrangeLike, placesOf } from "../ir/structure.js";
import type { TensorLike } from "../ir/tensor.js";
import { builder as b } from "../ops/builder.js";
import { type CheckAnswer, checkAnswer } from "./answer.js";
import { closeAllOver, standInsFor } from "./closeOver.js";
import { checkInitial, checkTree, returnedTensor } from "./returned.js";
import { type CheckAlike, nodesAlike, type Tree } from "./trees.js";

const rounds = { op: "whileLoop", by: "the body gives" } as const;

/** Options of `whileLoop`. */
export interface WhileLoopOptions<N extends number = number> {
  /**
   * How many rounds there are at most: after as many the loop ends, whatever the condition says. Where it is said, the loop can be
   * differentiated: memory for so many rounds is set aside then. Else there is no bound.
   */
  readonly maximumIterations?: N & CheckPositiveInt32<"whileLoop", "maximumIterations", N>;
}

/**
 * A loop within the graph that runs as long as a condition holds, which is asked before each round. How many rounds there are depends
 * on numbers; where it does not, `scan` and `foriLoop` say more.
 *
 * Both functions are called once, to see what they compute. They may use tensors and variables from outside.
 *
 * @param condition whether another round follows, of what is carried: a bool scalar
 * @param body computes from what is carried what is carried on, of the same shapes and dtypes
 * @param initial what is carried into the first round: a tensor, or a record of them
 * @returns what is carried at last
 * @throws SW_SHAPE when the body carries on what is not like the carry, or the condition is no scalar, SW_DTYPE when it is not bool; SW_VALUE when
 *   a function returns no tensors; SW_GRADIENT when it is differentiated without `maximumIterations`
 * @example
 * const x = input([8]);
 * const isLong = (v: Tensor<[8]>) => greater(norm(v), 1);
 * const short = whileLoop(isLong, (v) => multiply(v, 0.5), x, { maximumIterations: 50 }); // Tensor<[8], "float32">
 */
export function whileLoop<const C extends Tree, P extends TensorLike, Z extends Tree, const N extends number = number>(
  condition: ((carry: C) => P) & CheckAnswer<"whileLoop", "the condition", "bool", P>,
  body: ((carry: C) => Z) & CheckAlike<typeof rounds, C, Z>,
  initial: C,
  options: WhileLoopOptions<N> = {},
): C {
  checkOption("whileLoop", "the condition", condition, required(callback));
  checkOption("whileLoop", "the body", body, required(callback));
  checkOptions<WhileLoopOptions>("whileLoop", options, { maximumIterations: positiveInt32 });
  checkInitial("whileLoop", initial);
  const { maximumIterations } = options;
  const start = placesOf(initial, "whileLoop").map(([, node]) => node);
  const bound = maximumIterations === undefined ? [] : [b.scalar(0, "int32")];
  const given = () => standInsFor([...bound, ...start]);
  const carriedBy = (parameters: readonly Node[]) => arrangeLike<C>(initial, parameters.slice(bound.length));

  const asked = given();
  const answer = returnedTensor("whileLoop", "the condition", (condition as (carry: C) => P)(carriedBy(asked)));
  checkAnswer("whileLoop", "the condition", "bool", answer);
  const isBelow = bound.map(() => b.op("less", [asked[0]!, b.scalar(maximumIterations!, "int32")]));
  const follows = isBelow.reduce((holds, below) => b.op("logicalAnd", [holds, below]), answer);

  const carried = given();
  const next = nodesAlike(
    rounds,
    initial,
    checkTree("whileLoop", "the body", (body as (carry: C) => Z)(carriedBy(carried))),
  );
  const count = bound.map(() => b.op("add", [carried[0]!, b.scalar(1, "int32")]));
  // For the gradient: a 1 for each round, and what is carried into it. Where nothing reads them, they go away.
  const outputs = bound.flatMap((_, i) => [b.scalar(1, "int32"), ...carried.slice(i + 1)]);
  const { bodies, captured } = closeAllOver([
    { parameters: asked, results: [follows] },
    { parameters: carried, results: [...count, ...next, ...outputs] },
  ]);
  const attributes = {
    condition: bodies[0]!,
    body: bodies[1]!,
    carries: carried.length,
    ...(maximumIterations !== undefined && { maximumIterations }),
  };
  const results = b.results(b.op("whileLoop", [...bound, ...start, ...captured], attributes));
  return carriedBy(results);
}
