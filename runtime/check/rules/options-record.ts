import { ts } from "ts-morph";
import { fix, replace } from "../edits.js";
import { calledName } from "../names.js";
import { wantedAt } from "../properties.js";
import type { Site } from "../site.js";
import type { DeclaredRule } from "./declared-rule.js";
import { inKerasOrder } from "./inKerasOrder.js";
import type { Explanation } from "./rule.js";

export const optionsRecord: DeclaredRule = {
  id: "options-record",
  title: "Values in place of options",
  help: "Options are given as a record, by their names: dense(x, { units: 10 }), conv2d(x, { filters: 32, kernelSize: 3 }).",
  explain(_, site) {
    return inKerasOrder(site) ?? ofOneNumber(site);
  },
};

/** One number, where one option alone takes one and has to be given. */
function ofOneNumber({ argument, call, checker }: Site): Explanation | undefined {
  if (!ts.isNumericLiteral(argument) || !call.arguments.includes(argument)) return undefined;
  const type = wantedAt(checker, argument);
  const needed = type?.getProperties().filter((property) => !(property.flags & ts.SymbolFlags.Optional)) ?? [];
  const name = needed.find((property) => takesNumber(checker, property, argument))?.name;
  if (name === undefined || !/^[a-z]\w*$/i.test(name) || type!.getProperty("shape") || type!.getProperty("length"))
    return undefined;
  const others = needed.filter((property) => property.name !== name).map((property) => `${property.name}: …`);
  const record = `{ ${[`${name}: ${argument.text}`, ...others].join(", ")} }`;
  return {
    what: `${calledName(call)} takes options by their names, but ${argument.text} is a number.`,
    fix: others.length > 0 ? fix(`Write ${record}.`) : fix("Name it:", replace(argument, record)),
  };
}

function takesNumber(checker: ts.TypeChecker, property: ts.Symbol, node: ts.Node): boolean {
  return checker.isTypeAssignableTo(
    checker.getNumberType(),
    checker.getBaseConstraintOfType(checker.getTypeOfSymbolAtLocation(property, node)) ??
      checker.getTypeOfSymbolAtLocation(property, node),
  );
}
