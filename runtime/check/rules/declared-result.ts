import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { localName } from "../imports.js";
import type { NodeRule } from "./node-rule.js";
import { firstOf } from "./rule.js";
import { unlikeDeclared } from "./unlikeDeclared.js";

export const declaredResult: NodeRule = {
  id: "declared-result",
  title: "A tensor of another shape than the function is declared to return",
  help: "What a function returns has the shape and dtype of the type behind its parameters. Left out, the type is inferred, and exact.",
  codes: [2322],
  explain(node, reading) {
    const returned = ts.isReturnStatement(node) ? node.expression : node;
    const around = returned && functionAround(returned);
    if (!returned || !around?.type || !ts.isExpression(returned)) return undefined;
    if (!ts.isReturnStatement(node) && around.body !== node) return undefined;
    const { checker } = reading;
    const declared = checker.getTypeFromTypeNode(around.type);
    const wanted =
      ts.getCombinedModifierFlags(around as ts.Declaration) & ts.ModifierFlags.Async
        ? checker.getAwaitedType(declared)
        : declared;
    const unlike = wanted && unlikeDeclared(returned, wanted, reading);
    if (!unlike) return undefined;
    const written = `${localName(returned.getSourceFile(), "Tensor")}<${checker
      .typeToString(checker.getTypeAtLocation(returned), undefined, ts.TypeFormatFlags.NoTruncation)
      .replace(/^.*?Tensor</, "")
      .replace(/, "float32">$/, ">")}`;
    const annotation: Fix[] = /\bTensor</.test(around.type.getText())
      ? [fix("If what is returned is right, declare that:", replace(around.type, written))]
      : [];
    return {
      what: `${nameOf(around)} is declared to return ${unlike.wanted}, but this is ${unlike.given}.`,
      ...firstOf([...unlike.fixes, ...annotation], fix(`Return ${unlike.wanted}, or leave the type out.`)),
      chains: unlike.chains!,
    };
  },
};

function functionAround(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  let at = node.parent;
  while (at && !ts.isFunctionLike(at)) at = at.parent;
  return at && "body" in at ? (at as ts.FunctionLikeDeclaration) : undefined;
}

function nameOf(around: ts.FunctionLikeDeclaration): string {
  if (around.name) return around.name.getText();
  return ts.isVariableDeclaration(around.parent) ? around.parent.name.getText() : "The function";
}
