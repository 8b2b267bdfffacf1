import { ts } from "ts-morph";
import { floatMask } from "../../../src/ops/shared/attention-mask.js";
import { unequalDTypes, wrongDType } from "../../../src/types/dtype.js";
import { fix, replace, wrap } from "../edits.js";
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
        fix: fix("Compare, to get booleans: greater(…, 0).", wrap(site.argument, "greater", "0")),
      };
    }
    // A layer of `sequential` gets its input from the one before.
    const value = calledName(site.call) === "sequential" ? site.call.arguments[0]! : site.argument;
    return { what, fix: fix(`Cast it to ${wanted}:`, wrap(value, "cast", JSON.stringify(wanted))) };
  },
});

/** The ops whose operands stand in a list, which has no numbers in it. */
const ofLists = ["concat", "stack"];

export const dtypesDiffer = rule({
  id: "dtypes-differ",
  title: "Two dtypes in one op",
  help: "Nothing is converted silently: both operands have one dtype. cast() converts; a number takes the dtype of the tensor beside it.",
  message: unequalDTypes,
  explain({ op, first, second }, { argument, checker }) {
    const what = `${op} works on tensors of one dtype, but these are ${first} and ${second}.`;
    const made = madeBy(checker, argument);
    if (made === argument && calledName(made) === "constant" && made.arguments.length === 1) {
      const [value] = made.arguments;
      if (!ofLists.includes(op) && isNumber(value!, first)) {
        return {
          what,
          fix: fix("A number takes the dtype of what it stands beside:", replace(argument, value!.getText())),
        };
      }
      const text = `${made.expression.getText()}(${made.arguments[0]!.getText()}, ${JSON.stringify(first)})`;
      return { what, fix: fix(`Make the constant ${first}:`, replace(argument, text)) };
    }
    return { what, fix: fix(`Cast this one to ${first}:`, wrap(argument, "cast", JSON.stringify(first))) };
  },
});

/** Whether an expression is a number that a dtype has. */
function isNumber(value: ts.Expression, dtype: string): boolean {
  const digits =
    ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.MinusToken ? value.operand : value;
  return ts.isNumericLiteral(digits) && (dtype === "float32" || Number.isInteger(Number(digits.text)));
}

export const maskOfNumbers = rule({
  id: "mask-of-numbers",
  title: "A mask of numbers",
  help: "A mask of attention is bool, true where a place is seen. Numbers that are added to scores, such as alibi()'s, are a bias.",
  message: floatMask,
  explain: ({ op, dtype, option }) => ({
    what: `The mask of ${op} says of each place whether it is seen, but this is ${dtype}.`,
    fix: fix(
      `Give what is added to scores as ${option}. Where the numbers say what is seen, compare them: greater(…, 0).`,
    ),
  }),
});
