import { ts } from "ts-morph";
import { camelCase } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import type { NodeRule } from "./node-rule.js";

export const fileByItself: NodeRule = {
  id: "file-by-itself",
  title: "A file's name among options",
  help: 'Files and folders are given first, by themselves, and options behind them: modelCheckpoint("best.safetensors", { saveBestOnly: true }).',
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
        (camelCase(property.name.getText()) === parameter?.name ||
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
