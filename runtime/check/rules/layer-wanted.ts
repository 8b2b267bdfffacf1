import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { isWaiting, kind } from "../kind.js";
import { calledName, shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";

/** What functions of a layer, or of a cell, are given for example. */
const examples: Readonly<Record<string, string>> = {
  bidirectional: "lstm({ units: 8 })",
  frozen: "dense({ units: 10 })",
  rnn: "lstmCell({ units: 64 })",
  spectralNormalization: "dense({ units: 10 })",
  timeDistributed: "dense({ units: 10 })",
};

/** Of these, the ones that take a tensor before it. */
const behindInput: readonly string[] = ["bidirectional", "rnn"];

export const layerWanted: NodeRule = {
  id: "layer-wanted",
  title: "Something else where a layer is taken",
  help: "What is made of another layer takes it without its input, timeDistributed(dense({ units: 10 })), and is called with the input. rnn may have it in front, rnn(x, lstmCell({ units: 8 })), and bidirectional where options follow.",
  codes: [2345, 2769],
  explain(node, { checker }) {
    const call = node.parent;
    if (!ts.isCallExpression(call)) return undefined;
    const name = calledName(call);
    const example = Object.hasOwn(examples, name) ? examples[name]! : undefined;
    if (example === undefined) return undefined;
    const [first, second] = call.arguments;
    const isInput = behindInput.includes(name) && first && isTensor(checker, first) && !inputOf(first, checker);
    const given = isInput ? second : first;
    const takes = `${name} takes ${name === "rnn" ? "a cell" : "a layer without its input"}, such as ${example},`;
    if (!given) return { what: `${takes} and none is given.`, fix: fix(`Write ${name}(x, ${example}).`) };
    const type = checker.getTypeAtLocation(given);
    if (name === "bidirectional" && isInput && isWaiting(type) && call.arguments.length === 2) return called(call);
    if (name === "rnn" ? type.getProperty("cell") : isWaiting(type)) return undefined;
    const words = fix(`Give it one: ${example}.`);
    return {
      what: `${takes} but ${shorten(given.getText())} is ${kind(checker, type)}.`,
      fix: (name === "rnn" ? asCell(given) : withInputOutside(call, given, checker)) ?? words,
    };
  },
};

/** bidirectional(lstm({ units: 8 }))(x) for bidirectional(x, lstm({ units: 8 })). */
function called({ expression, arguments: [x, layer] }: ts.CallExpression) {
  const call = `${expression.getText()}(${layer!.getText()})(${x!.getText()})`;
  return {
    what: "bidirectional takes its input in front of the layer only where options follow it.",
    fix: fix("Call it with the input:", replace(x!.parent, call)),
  };
}

/** The tensor that a layer's call is given first: x of dense(x, { units: 3 }). */
function inputOf(layer: ts.Expression, checker: ts.TypeChecker): ts.Expression | undefined {
  const first = ts.isCallExpression(layer) && layer.arguments.length > 1 ? layer.arguments[0] : undefined;
  return first && isTensor(checker, first) ? first : undefined;
}

/** timeDistributed(dense({ units: 3 }))(x) for timeDistributed(dense(x, { units: 3 })). */
function withInputOutside(call: ts.CallExpression, given: ts.Expression, checker: ts.TypeChecker): Fix | undefined {
  const x = inputOf(given, checker);
  if (!x || given !== call.arguments[0]) return undefined;
  const {
    expression,
    arguments: [, ...options],
  } = given as ts.CallExpression;
  const layer = `${expression.getText()}(${options.map((option) => option.getText()).join(", ")})`;
  const further = call.arguments
    .slice(1)
    .map((argument) => `, ${argument.getText()}`)
    .join("");
  const callee = call.expression.getText();
  const name = calledName(call);
  const isFirst = behindInput.includes(name) && (name !== "bidirectional" || further !== "");
  return fix(
    isFirst ? "The input stands in front of the layer:" : "What is made of the layer is called with the input:",
    replace(
      call,
      isFirst ? `${callee}(${x.getText()}, ${layer}${further})` : `${callee}(${layer}${further})(${x.getText()})`,
    ),
  );
}

/** lstmCell({ units: 8 }) for lstm({ units: 8 }). */
function asCell(given: ts.Expression): Fix | undefined {
  if (!ts.isCallExpression(given) || !/^(lstm|gru|simpleRnn)$/.test(calledName(given))) return undefined;
  const file = given.getSourceFile();
  const cell = `${calledName(given)}Cell`;
  return fix("Write the cell:", replace(given.expression, localName(file, cell)), imported(file, cell));
}
