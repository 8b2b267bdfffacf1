import { ts } from "ts-morph";
import { camelCase } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const fileByItself: NodeRule = {
  id: "file-by-itself",
  title: "A file's name among options",
  help: 'Files, folders and the rate that a schedule begins with are given first, by themselves, and options behind them: modelCheckpoint("best.safetensors", { saveBestOnly: true }).',
  codes: [2345, 2554],
  explain(node, { checker }) {
    const call = [node, node.parent].find((around) => ts.isCallExpression(around));
    const record = call?.arguments[0];
    if (!call || !record || !ts.isObjectLiteralExpression(record)) return undefined;
    const [parameter] = checker.getTypeAtLocation(call.expression).getCallSignatures()[0]?.parameters ?? [];
    const takesText = parameter && checker.getTypeOfSymbolAtLocation(parameter, call).flags & ts.TypeFlags.StringLike;
    const file = record.properties.find(
      (property) =>
        ts.isPropertyAssignment(property) &&
        ((camelCase(property.name.getText()) === parameter?.name && isValue(property.initializer, checker)) ||
          (takesText && /^(file|path|dir|log_?dir)/i.test(property.name.getText()))),
    );
    if (!parameter || call.arguments.length > 1 || !file || !ts.isPropertyAssignment(file)) return undefined;
    const others = record.properties.filter((property) => property !== file).map((property) => property.getText());
    const options = others.length > 0 ? `, { ${others.join(", ")} }` : "";
    return {
      ...(!takesText && { title: "A value among options" }),
      what: `${calledName(call)} takes its ${parameter.name} first, by itself, and not in a record.`,
      fix: fix("Write it in front:", replace(record, `${file.initializer.getText()}${options}`)),
    };
  },
};

/** Whether it is a text or a number: what another function takes under the same name, such as Keras's Model(inputs, outputs), stands in a record, too. */
function isValue(node: ts.Expression, checker: ts.TypeChecker): boolean {
  return (checker.getTypeAtLocation(node).flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)) !== 0;
}
