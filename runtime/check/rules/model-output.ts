import { ts } from "ts-morph";
import { fix, insertAfter, insertBefore, replace, wrap } from "../edits.js";
import type { Fix } from "../finding.js";
import { calledName, shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { Site } from "../site.js";
import type { DeclaredRule } from "./declared-rule.js";

export const modelOutput: DeclaredRule = {
  id: "model-output",
  title: "A model that returns what is no tensor",
  help: "A model's function returns a tensor, or a record of tensors by the names of the outputs: { age, corners }.",
  explain(_, site) {
    const { argument, call, checker } = site;
    const build = calledName(call) === "model" ? call.arguments[1] : undefined;
    if (!build || !(ts.isArrowFunction(build) || ts.isFunctionExpression(build))) return undefined;
    if (argument === build) return explainBody(build);
    if (!returned(build).some((value) => value.pos <= argument.pos && argument.end <= value.end)) return undefined;
    if (isTensor(checker, argument)) return undefined;
    const kind = kindOf(site);
    return (
      kind && { what: `A model returns a tensor, or tensors by names, but ${kind.what}.`, fix: kind.fix, chains: [] }
    );
  },
};

function explainBody(build: ts.ArrowFunction | ts.FunctionExpression) {
  if (!ts.isBlock(build.body) || returned(build).length > 0) return undefined;
  const last = build.body.statements.at(-1);
  const edits = last && ts.isExpressionStatement(last) ? [insertBefore(last, "return ")] : [];
  return {
    what: "A model's function returns its output, but this one returns nothing.",
    fix: fix(edits.length > 0 ? "Return it:" : "Let it end with return.", ...edits),
    chains: [],
  };
}

/** What a function returns: values that are written out. */
function returned(build: ts.ArrowFunction | ts.FunctionExpression): ts.Expression[] {
  if (!ts.isBlock(build.body)) return [unwrapped(build.body)];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found.push(unwrapped(node.expression));
    else if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(build.body);
  return found;
}

function unwrapped(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unwrapped(node.expression) : node;
}

/** What stands there instead of a tensor, and how a tensor is made of it. */
function kindOf({ argument, call, checker }: Site): { what: string; fix: Fix } | undefined {
  const text = shorten(argument.getText());
  const type = checker.getTypeAtLocation(argument);
  if (ts.isArrayLiteralExpression(argument)) return { what: "this is a list", fix: named(argument.elements, argument) };
  if (type.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike)) {
    const scalar = fix("Make a tensor of it:", wrap(argument, "constant"));
    return { what: `${text} is a ${type.flags & ts.TypeFlags.NumberLike ? "number" : "boolean"}`, fix: scalar };
  }
  if (type.getProperty("scope") && type.getProperty("rule")) {
    const input = onlyInput(call.arguments[1]!);
    const words = "A layer waits for its input. Give it that:";
    return { what: `${text} is a layer`, fix: fix(words, ...(input ? [insertAfter(argument, `(${input})`)] : [])) };
  }
  if (type.getProperty("inputs") && type.getProperty("output")) {
    return { what: `${text} is a model`, fix: fix("Apply it to inputs: encoder.apply({ x }).") };
  }
  if (type.getCallSignatures().length > 0)
    return { what: `${text} is a function`, fix: fix("Call it with its input.") };
  if (type.flags & ts.TypeFlags.StringLike)
    return { what: `${text} is a text`, fix: fix("Return a tensor in its place.") };
  if (checker.isArrayLikeType(type))
    return { what: `${text} is a list`, fix: fix("Return a record of its tensors by names.") };
  if (type.flags & ts.TypeFlags.Object) {
    const fixed = fix("Return tensors only. The names have one level: { a, b }, no records in records.");
    return {
      what: `${text} is ${ts.isObjectLiteralExpression(argument) ? "a record of something else" : "none"}`,
      fix: fixed,
    };
  }
  return { what: `${text} is ${checker.typeToString(type)}`, fix: fix("Return a tensor in its place.") };
}

/** What a function of one input calls it: the `x` of `({ x }) =>`. */
function onlyInput(build: ts.Expression): string | undefined {
  const pattern = ts.isArrowFunction(build) ? build.parameters[0]?.name : undefined;
  if (!pattern || !ts.isObjectBindingPattern(pattern) || pattern.elements.length !== 1) return undefined;
  return pattern.elements[0]!.name.getText();
}

/** A list as a record, where its values have names already. */
function named(values: readonly ts.Expression[], list: ts.Node): Fix {
  if (values.length === 1) return fix("Return the tensor by itself:", replace(list, values[0]!.getText()));
  const words = "Outputs have names: return a record:";
  if (!values.every(ts.isIdentifier)) return fix("Outputs have names: return a record, { first: …, second: … }.");
  const record = `{ ${values.map((value) => value.getText()).join(", ")} }`;
  return fix(words, replace(list, ts.isArrowFunction(list.parent) ? `(${record})` : record));
}
