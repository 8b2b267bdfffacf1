import { ts } from "ts-morph";
import type { CodeLens } from "vscode-languageserver";
import { defaultSize, usualSizes } from "../../compiler/analysis/usualSizes.js";
import { summarize } from "../../compiler/emit/summary.js";
import { inPrefixes, inThousands } from "../../compiler/units.js";
import type { Model } from "../../src/model.js";
import { evaluator } from "./evaluate/evaluator.js";
import { isModel } from "./isModel.js";
import type { Opened } from "./workspace.js";

/** Above each model of a file how many parameters it has, and what a forward pass takes. None where only running the file would tell. */
export function codeLenses({ source, document, program }: Opened): CodeLens[] {
  const checker = program.getTypeChecker();
  const evaluate = evaluator(program);
  return source.statements.flatMap((statement) => {
    const models = expressionsOf(statement).filter((expression) => isModel(checker, expression));
    return models.flatMap((expression) => {
      const title = titleOf(() => evaluate(expression));
      const start = document.positionAt(statement.getStart());
      return title === undefined ? [] : [{ range: { start, end: start }, command: { title, command: "" } }];
    });
  });
}

/** What a statement declares or exports. */
function expressionsOf(statement: ts.Statement): ts.Expression[] {
  if (ts.isExportAssignment(statement)) return [statement.expression];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ initializer }) => initializer ?? []);
}

function titleOf(model: () => unknown): string | undefined {
  try {
    const made = model() as Model<any, any>;
    const dims = usualSizes(made.inputs);
    const { parameters, flops } = summarize(made, dims);
    const others = [...dims].filter(([, size]) => size === defaultSize).map(([name, size]) => `${name} = ${size}`);
    const of = ["one sample", ...others].join(", ");
    const { trainable, nonTrainable } = parameters;
    const fixed = nonTrainable === 0 ? "" : ` (${inThousands(nonTrainable)} not trainable)`;
    return `${inThousands(trainable + nonTrainable)} parameters${fixed} · ${inPrefixes(flops, "FLOPs")} for ${of}`;
  } catch {
    // What is wrong with the model stands at its place; what cannot be computed without running the file is no mistake.
    return undefined;
  }
}
