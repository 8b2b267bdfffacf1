import { unequalDTypes, wrongDType } from "../../../src/types/dtype.js";
import { fix, replace, wrap } from "../edits.js";
import { imported, localName } from "../imports.js";
import { calledName } from "../names.js";
import { madeBy } from "../origins.js";
import { rule } from "./rule.js";

export const dtype = rule({
  id: "dtype",
  title: "A dtype that an op does not take",
  help: "Arithmetic with fractions takes float32, class numbers and indices are int32, conditions are bool. cast() converts.",
  message: wrongDType,
  explain({ op, allowed, dtype }, site) {
    const what = `${op} takes ${allowed}, but this is ${dtype}.`;
    const [wanted] = allowed.split(" ");
    if (wanted === "bool") {
      return {
        what,
        fix: fix(
          "Compare, to get booleans: greater(…, constant(0)).",
          wrap(site.argument, "greater", `${localName(site.argument.getSourceFile(), "constant")}(0)`),
          imported(site.argument.getSourceFile(), "constant"),
        ),
      };
    }
    // A layer of `sequential` gets its input from the one before.
    const value = calledName(site.call) === "sequential" ? site.call.arguments[0]! : site.argument;
    return { what, fix: fix(`Cast it to ${wanted}:`, wrap(value, "cast", JSON.stringify(wanted))) };
  },
});

export const dtypesDiffer = rule({
  id: "dtypes-differ",
  title: "Two dtypes in one op",
  help: 'Nothing is converted silently: both operands have one dtype. cast() converts; constant(1, "int32") makes an int32.',
  message: unequalDTypes,
  explain({ op, first, second }, { argument, checker }) {
    const what = `${op} works on tensors of one dtype, but these are ${first} and ${second}.`;
    const made = madeBy(checker, argument);
    if (made === argument && calledName(made) === "constant" && made.arguments.length === 1) {
      const text = `${made.expression.getText()}(${made.arguments[0]!.getText()}, ${JSON.stringify(first)})`;
      return { what, fix: fix(`Make the constant ${first}:`, replace(argument, text)) };
    }
    return { what, fix: fix(`Cast this one to ${first}:`, wrap(argument, "cast", JSON.stringify(first))) };
  },
});
