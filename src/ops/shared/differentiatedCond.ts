import { Body } from "../../ir/body.js";
import type { ResultsGradientContext } from "../../ir/gradient-rule.js";
import { standIn, zerosLike } from "./bodies.js";

/**
 * The gradient of a choice: a choice, of the ways' gradients. Each is given what its way read, computes it again and pulls back through it.
 *
 *     y = p ? f(k) : g(k):   dk = p ? dy · ∂f/∂k : dy · ∂g/∂k
 */
export function differentiatedCond({ b, node, inputs, dys, pullBack }: ResultsGradientContext<"cond">) {
  const { ifTrue, ifFalse } = node.attributes;
  const [predicate, ...captured] = inputs;
  const flowing = dys.flatMap((dy, i) => (dy ? [{ dy, i }] : []));
  const floats = captured.flatMap(({ dtype }, i) => (dtype === "float32" ? [i] : []));
  const pulled = [ifTrue, ifFalse].map(({ parameters, results }) => {
    const dResults = flowing.map(({ dy }) => standIn(b, dy));
    const outputs = flowing.map(({ i }) => results[i]!);
    const wanted = floats.map((i) => parameters[i]!);
    return { parameters: [...parameters, ...dResults], shares: pullBack(outputs, dResults, wanted) };
  });
  // What neither way computes from has no gradient.
  const reached = floats.flatMap((at, place) => (pulled.some(({ shares }) => shares[place]) ? [{ at, place }] : []));
  if (reached.length === 0) return inputs.map(() => undefined);
  const [back, other] = pulled.map(
    ({ parameters, shares }) =>
      new Body(
        parameters,
        reached.map(({ at, place }) => shares[place] ?? zerosLike(b, captured[at]!)),
      ),
  );
  const given = [predicate!, ...captured, ...flowing.map(({ dy }) => dy)];
  const found = b.results(b.op("cond", given, { ifTrue: back!, ifFalse: other! }));
  const gradients = new Map(reached.map(({ at }, i) => [at, found[i]!]));
  return [undefined, ...captured.map((_, i) => gradients.get(i))];
}
