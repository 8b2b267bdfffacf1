import { ts } from "ts-morph";
import { fix } from "../edits.js";
import type { NodeRule } from "./node-rule.js";
import { firstOf } from "./rule.js";
import { unlikeDeclared } from "./unlikeDeclared.js";

/** Of a function that the user wrote, whose parameters say less of sizes than its calls know. */
const unknownSizes =
  "A size that is ?, the function does not say: give it a type parameter, <B extends Dim, N extends number>(x: Tensor<[B, N]>, width: NoInfer<N>), which one parameter infers, and wrap it in NoInfer in the others.";

export const declaredValue: NodeRule = {
  id: "declared-value",
  title: "A tensor of another shape than its variable holds",
  help: "A variable holds one shape and dtype: those of its type or, without one, those that it began with. Another shape takes a name of its own.",
  codes: [2322],
  explain(node, reading) {
    const { parent } = node;
    if (ts.isVariableDeclaration(parent) && parent.name === node && parent.type && parent.initializer) {
      const unlike = unlikeDeclared(parent.initializer, reading.checker.getTypeFromTypeNode(parent.type), reading);
      const infer = { file: node.getSourceFile().fileName, start: node.end, end: parent.type.end, text: "" };
      return (
        unlike && {
          what: `${node.getText()} is declared as ${unlike.wanted}, but this is ${unlike.given}.`,
          ...firstOf([...unlike.fixes, fix("If this is right, leave the type out: it is inferred.", infer)], fix("")),
          chains: unlike.chains!,
        }
      );
    }
    const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (!isAssigned || parent.left !== node) return undefined;
    const unlike = unlikeDeclared(parent.right, reading.checker.getTypeAtLocation(parent.left), reading);
    return (
      unlike && {
        what: `${node.getText()} holds ${unlike.wanted}, which it began with, but this is ${unlike.given}.`,
        fix: fix(/\?/.test(unlike.given) ? unknownSizes : "Another shape takes a name of its own: const next = …"),
        ...(unlike.fixes.length > 0 && { others: unlike.fixes }),
        chains: unlike.chains!,
      }
    );
  },
};
