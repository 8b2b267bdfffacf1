import { ts } from "ts-morph";
import { camelCase } from "../../../src/ir/nearest.js";
import { fix, insertAfter, option, replace, setOption } from "../edits.js";
import { exported } from "../exported.js";
import { imported, localName } from "../imports.js";
import { calledName } from "../names.js";
import { madeBy, provenanceOf, sessionOf } from "../origins.js";
import type { NodeRule } from "./node-rule.js";

export const reported: NodeRule = {
  id: "reported",
  title: "A metric that was not asked for",
  help: "What evaluate reports is the loss, and the metrics that compile was given: compile(net, { optimizer, loss, metrics: [accuracy()] }).",
  codes: [2339],
  explain(node, { checker }) {
    const { parent } = node;
    const from = ts.isPropertyAccessExpression(parent)
      ? parent.expression
      : ts.isBindingElement(parent) && ts.isVariableDeclaration(parent.parent.parent)
        ? parent.parent.parent.initializer
        : undefined;
    const reports = from && checker.getTypeAtLocation(from).getProperty("history");
    if (reports && ts.isPropertyAccessExpression(parent)) {
      const series = checker.getTypeOfSymbolAtLocation(reports, node).getProperties();
      const meant = series.find(({ name }) => camelCase(name) === camelCase(node.getText()))?.name;
      if (meant === undefined) return undefined;
      return {
        what: `What fit gives has ${meant} of all epochs within history.`,
        fix: fix("Write it so:", replace(parent, `${from.getText()}.history.${meant}`)),
      };
    }
    const call = from && madeBy(checker, wholeHistory(from, checker) ?? from);
    if (!call || !/^(evaluate|fit)(Batches)?$/.test(calledName(call))) return undefined;
    const name = ts.isBindingElement(parent) ? (parent.propertyName ?? parent.name).getText() : node.getText();
    const names = checker
      .getTypeAtLocation(from)
      .getProperties()
      .map((property) => property.name)
      .filter((name) => !name.startsWith("val_"));
    if (names.length === 0) return undefined;
    const what = `${calledName(call)} reports ${names.join(", ")}, but no ${name}.`;
    const { compile } = provenanceOf(checker, sessionOf(call));
    const options = compile?.arguments[1];
    const file = node.getSourceFile();
    if (!options || !ts.isObjectLiteralExpression(options) || !exported(checker, file).has(name))
      return { what, fix: fix("Give compile the metric: metrics: [accuracy()].") };
    const metric = `${localName(file, name)}()`;
    const listed = option(options, "metrics");
    const last = listed && ts.isArrayLiteralExpression(listed) ? listed.elements.at(-1) : undefined;
    const edit = last ? insertAfter(last, `, ${metric}`) : setOption(options, "metrics", `[${metric}]`);
    return { what, fix: fix("Give compile that metric:", edit, imported(file, name)) };
  },
};

/** Of `result.history`, the result of fit. */
function wholeHistory(from: ts.Expression, checker: ts.TypeChecker): ts.Expression | undefined {
  if (!ts.isPropertyAccessExpression(from) || from.name.text !== "history") return undefined;
  return checker.getTypeAtLocation(from.expression).getProperty("epoch") && from.expression;
}
