import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { imported, localName } from "../imports.js";
import { calledName, shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { DeclaredRule } from "./declared-rule.js";

export const tensorWanted: DeclaredRule = {
  id: "tensor-wanted",
  title: "Something else where a tensor is taken",
  help: "Tensors are made by input, variable, constant, and by whatever takes tensors. A shape alone is none: input([…]).",
  explain({ messageText }, { argument, call, checker }) {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (!/\bTensorLike\b|'number \| Tensor<|'\[brand\]' is missing/.test(text) || isTensor(checker, argument))
      return undefined;
    if (ts.isStringLiteralLike(argument) && /^-?\d+(\.\d+)?$/.test(argument.text)) {
      const what = `${calledName(call)} takes a tensor or a number here, but ${argument.getText()} is a text.`;
      return { what, fix: fix("Write the number without quotes:", replace(argument, argument.text)) };
    }
    const written = shorten(argument.getText());
    const isInputs =
      calledName(call) === "model" && argument.pos >= call.arguments[0]!.pos && argument.end <= call.arguments[0]!.end;
    if (isInputs && ts.isArrayLiteralExpression(argument)) {
      const file = argument.getSourceFile();
      return {
        what: `A model's inputs are tensors, but ${written} is a shape.`,
        fix: fix(
          "Make an input of it:",
          replace(argument, `${localName(file, "input")}(${argument.getText()})`),
          imported(file, "input"),
        ),
        chains: [],
      };
    }
    return {
      what: `${calledName(call)} takes a tensor here, but ${written} is ${kind(checker, checker.getTypeAtLocation(argument))}.`,
      fix: fix("Give a tensor: of input, variable, constant, or of what a layer gives."),
      chains: [],
    };
  },
};

function kind(checker: ts.TypeChecker, type: ts.Type): string {
  if (type.getProperty("scope") && type.getProperty("rule")) return "a layer that waits for its input";
  if (type.getCallSignatures().length > 0) return "a function";
  if (checker.isArrayLikeType(type)) return "a list";
  if (type.flags & ts.TypeFlags.NumberLike) return "a number";
  if (type.flags & ts.TypeFlags.StringLike) return "a text";
  return "none";
}
