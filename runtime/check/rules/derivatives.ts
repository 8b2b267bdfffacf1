import type { ts } from "ts-morph";
import { namedOutput } from "../../../compiler/autodiff/jacobian.js";
import { notDifferentiable, notLike } from "../../../src/ir/like.js";
import { notScalar } from "../../../src/ops/shared/checkScalar.js";
import { checkBroadcastTo } from "../../../src/types/broadcast-to.js";
import type { Dim } from "../../../src/types/dim.js";
import { fix, parseShape, replace, shapeAsCode, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { rule } from "./rule.js";

export const derivativeScalar = rule({
  id: "derivative-scalar",
  title: "Only a scalar has gradients, or is a loss",
  help: "Gradients are of one number, and a loss is one: gradients(y, …) takes one float32 number: reduce y with mean() or sum() first.",
  message: notScalar,
  explain({ op, dtype, shape }, { argument }) {
    const what = `${op} takes one float32 number${op === "addLoss" ? "" : " to differentiate"}, but this is ${dtype} ${shape}.`;
    if (dtype !== "float32")
      return { what, fix: fix('Cast to float32 first, and reduce: mean(cast(…, "float32")).', wrapCast(argument)) };
    return { what, fix: fix("Reduce it to its mean (or to its sum) first.", wrap(argument, "mean")) };
  },
});

function wrapCast(argument: ts.Expression) {
  const file = argument.getSourceFile();
  const text = `${localName(file, "mean")}(${localName(file, "cast")}(${argument.getText()}, "float32"))`;
  return [replace(argument, text), ...imported(file, "cast"), ...imported(file, "mean")];
}

export const derivativeShape = rule({
  id: "derivative-shape",
  title: "A derivative of another shape than its tensor",
  help: "A gradient, tangent, cotangent or new value has the shape of the tensor that it belongs to, and is float32.",
  message: notLike,
  explain: ({ op, role, wanted, dtype, b }, { argument }) => ({
    what: `The ${role} that ${op} takes has the shape of its tensor, float32 ${wanted}, but this is ${dtype} ${b}.`,
    fix: likeFix(wanted, dtype, b, argument),
  }),
});

function likeFix(wantedText: string, dtype: string, givenText: string, argument: ts.Expression): Fix {
  const [wanted, given] = [parseShape(wantedText) ?? [], parseShape(givenText) ?? []];
  if (dtype !== "float32") return fix("Cast it to float32:", wrap(argument, "cast", '"float32"'));
  if (given.length === 2 && given[0] === wanted[1] && given[1] === wanted[0]) {
    return fix("Transpose it:", wrap(argument, "transpose"));
  }
  const stretches = isKnown(wanted) && isKnown(given) && checkBroadcastTo("broadcastTo", given, wanted) === undefined;
  if (stretches) return fix("Repeat it for every element:", wrap(argument, "broadcastTo", shapeAsCode(wanted)));
  return fix(`Give it the shape ${wantedText}.`);
}

function isKnown(shape: readonly (Dim | undefined)[]): shape is Dim[] {
  return shape.every((dim) => dim !== undefined);
}

export const derivativeDType = rule({
  id: "derivative-dtype",
  title: "Only float32 has derivatives",
  help: "Whole numbers and booleans have no derivative. Cast them to float32 before anything is computed from them.",
  message: notDifferentiable,
  explain: ({ op, dtype, shape }) => ({
    what: `${op} differentiates float32 tensors, but this is ${dtype} ${shape}, which has no derivative.`,
    fix: fix('Compute from a float32 in its place: cast(…, "float32") first, and differentiate that.'),
  }),
});

export const jacobianName = rule({
  id: "jacobian-name",
  title: "A Jacobian of as many rows as there are samples",
  help: "A Jacobian has a row for every element of the output, so the output's sizes are numbers.",
  message: namedOutput,
  explain: ({ shape }) => ({
    what: `A Jacobian has a row for every element of the output, and how many ${shape} has is not known.`,
    fix: fix("Take one sample with slice(), or use vjp() or jvp(), which need no rows."),
  }),
});
