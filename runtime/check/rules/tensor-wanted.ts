import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { imported, localName } from "../imports.js";
import { isWaiting, kind } from "../kind.js";
import { calledName, shorten } from "../names.js";
import { optionNameOf } from "../properties.js";
import { isTensor } from "../shapes.js";
import type { Site } from "../site.js";
import type { DeclaredRule } from "./declared-rule.js";
import { noTensorReturned } from "./noTensorReturned.js";
import type { Explanation } from "./rule.js";

/** What TypeScript says where a tensor is asked for. */
const wanted =
  /\bTensorLike\b|'number \| Tensor<|'\[brand\]' is missing|the following properties from type 'Tensor<.*\[brand\]/;

export const tensorWanted: DeclaredRule = {
  id: "tensor-wanted",
  title: "Something else where a tensor is taken",
  help: "Tensors are made by input, variable, constant, and by whatever takes tensors. A shape alone is none: input([…]).",
  explain({ messageText }, site) {
    const { argument, call, checker } = site;
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (calledName(call) === "sequential" && argument === call.arguments[0]) return withoutInput(site);
    if (isReshapeOfNumbers(call)) return inList(call);
    if (!wanted.test(text) || isTensor(checker, argument)) return undefined;
    if (ts.isStringLiteralLike(argument) && /^-?\d+(\.\d+)?$/.test(argument.text)) {
      const what = `${calledName(call)} takes a tensor or a number here, but ${argument.getText()} is a text.`;
      return { what, fix: fix("Write the number without quotes:", replace(argument, argument.text)) };
    }
    const written = shorten(argument.getText());
    if (optionNameOf(argument) === "loss" && /\bOwnLoss\b/.test(text)) {
      return noTensorReturned(checker, argument, "A loss", "(target, output) => square(subtract(output, target))");
    }
    const isInputs =
      calledName(call) === "model" && argument.pos >= call.arguments[0]!.pos && argument.end <= call.arguments[0]!.end;
    if (isInputs && ts.isArrayLiteralExpression(argument)) {
      if (argument.elements.some((element) => isTensor(checker, element))) return inputsListed(argument);
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
    const type = checker.getTypeAtLocation(argument);
    return {
      what: `${calledName(call)} takes a tensor here, but ${written} is ${kind(checker, type)}.`,
      fix: isWaiting(type)
        ? fix("A layer gives one where it is called with its input: layer(x).")
        : fix("Give a tensor: of input, variable, constant, or of what a layer gives."),
      chains: [],
    };
  },
};

/** Inputs in a list, as Keras takes them. */
function inputsListed(list: ts.ArrayLiteralExpression): Explanation {
  return {
    what: `A model takes inputs by names, but ${shorten(list.getText())} is a list.`,
    fix: fix(`Name each: model({ a: ${shorten(list.elements[0]!.getText())}, b: … }, ({ a, b }) => …).`),
    chains: [],
  };
}

const isNumber = (node: ts.Expression) => /^-?\d+$/.test(node.getText());

const isReshapeOfNumbers = (call: ts.CallExpression) =>
  calledName(call) === "reshape" && call.arguments.every(isNumber);

/** reshape([-1, 8]) for reshape(-1, 8). */
function inList(call: ts.CallExpression): Explanation {
  const sizes = call.arguments.map((size) => size.getText()).join(", ");
  return {
    what: `reshape takes a tensor, or for a layer the sizes of all axes in a list, but ${call.arguments[0]!.getText()} is a number.`,
    fix: fix("Write them in a list:", replace(call, `${call.expression.getText()}([${sizes}])`)),
    chains: [],
  };
}

/** Layers as Keras's Sequential takes them: without the input, or in a list. */
function withoutInput({ argument, call, checker }: Site): Explanation | undefined {
  const type = checker.getTypeAtLocation(argument);
  const isList = ts.isArrayLiteralExpression(argument);
  if (!isList && !isWaiting(type)) return undefined;
  const what = `sequential takes its input first and then layers, sequential(x, flatten(), …), but the first here is ${kind(checker, type)}.`;
  const file = argument.getSourceFile();
  const layers = isList ? argument.elements : call.arguments;
  const written = layers.map((layer) => layer.getText()).join(", ");
  const fixed = replace(call, `${localName(file, "block")}(${written})`);
  return {
    what,
    fix: fix("Write the input first; without it, block makes one layer of several:", fixed, imported(file, "block")),
    chains: [],
  };
}
