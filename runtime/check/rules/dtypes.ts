import { ts } from "ts-morph";
import { floatMask } from "../../../src/ops/shared/attention-mask.js";
import { unequalDTypes, wrongDType } from "../../../src/types/dtype.js";
import { binaryDTypes } from "../binaryDTypes.js";
import { operandsOf } from "../chain.js";
import { fix, replace } from "../edits.js";
import type { Fix } from "../finding.js";
import { calledName } from "../names.js";
import { madeBy } from "../origins.js";
import { describe, dtypeOf, shapeOf } from "../shapes.js";
import type { Site } from "../site.js";
import { castFix } from "./castFix.js";
import { otherLoss } from "./otherLoss.js";
import { rule } from "./rule.js";

export const dtype = rule({
  id: "dtype",
  title: "A dtype that an op does not take",
  help: "Arithmetic with fractions takes float32, class numbers and indices are int32, conditions are bool. cast() converts.",
  message: wrongDType,
  explain({ op, allowed, dtype }, site) {
    const what = `${op} takes ${allowed}, but this is ${dtype}.`;
    const [wanted] = allowed.split(" ");
    const inOrder = op === "select" ? conditionFirst(site) : indicesLast(op, site);
    if (inOrder) return { what, fix: inOrder };
    if (wanted === "bool") return { what, fix: castFix([site.argument], wanted, "", site) };
    if (op === "softmaxCrossEntropyWithLogits" && dtype === "int32" && site.argument === site.call.arguments[1]) {
      const words = "Class numbers are what the sparse loss takes:";
      return { what, fix: otherLoss(words, "sparseSoftmaxCrossEntropyWithLogits", site.call) };
    }
    // A layer of `sequential` gets its input from the one before.
    const value = calledName(site.call) === "sequential" ? site.call.arguments[0]! : site.argument;
    if (dtype === "int32" && isNamedLast(site, value) && takesChannels.test(op)) {
      return {
        what,
        fix: fix("Numbers of words or classes become channels by a layer: embedding({ inputDim: …, outputDim: … })."),
      };
    }
    const values = value === site.argument ? wrongOperands(dtype, wanted!, site) : [value];
    return { what, fix: castFix(values, wanted!, `Cast ${values.length > 1 ? "both" : "it"} to ${wanted}:`, site) };
  },
});

/** The operands of a dtype that is not taken: of an op that takes one dtype, all of it; of one that takes indices, these alone. */
function wrongOperands(dtype: string, wanted: string, { argument, call, checker }: Site): ts.Expression[] {
  const wrong = operandsOf(checker, call).filter((operand) => dtypeOf(checker, operand) === dtype);
  if (wrong.length > 0 && !wrong.includes(argument) && dtypeOf(checker, argument) !== dtype) return wrong;
  const alike = wrong.filter((operand) => describe(checker, operand) === describe(checker, argument));
  const together = binaryDTypes(checker, call) ? wrong : wanted === "float32" ? alike : [];
  return together.includes(argument) ? together : [argument];
}

/** Layers with weights for channels, of which class numbers, [batch, time], have none. */
const takesChannels = /dense|lstm|gru|rnn|conv|normalization|attention|prelu|bidirectional|timeDistributed/i;

function isNamedLast({ checker }: Site, value: ts.Expression): boolean {
  return typeof shapeOf(checker, value)?.at(-1) === "string";
}

/** `select(x, x > 0, y)`: what is chosen before the condition. */
function conditionFirst({ call, checker }: Site): Fix | undefined {
  const at = call.arguments.findIndex((operand) => dtypeOf(checker, operand) === "bool");
  if (at <= 0 || call.arguments.length !== 3) return undefined;
  const order = [call.arguments[at]!, ...call.arguments.filter((_, i) => i !== at)];
  return fix(
    "The condition stands first:",
    order.flatMap((operand, i) =>
      operand === call.arguments[i] ? [] : [replace(call.arguments[i]!, operand.getText())],
    ),
  );
}

/** Functions of numbers, and behind them of the integers that choose among them. */
const choosing = /^(gather|gatherNd|takeAlongAxis|segment[A-Z]\w*|sparseSoftmaxCrossEntropyWithLogits)$/;

/** `gather(ids, table)`, `segmentSum(ids, rows, 4)`: the integers before what they choose from. */
function indicesLast(op: string, { call, checker }: Site): Fix | undefined {
  const [first, second] = call.arguments;
  if (!choosing.test(op) || !first || !second) return undefined;
  if (dtypeOf(checker, first) !== "int32" || dtypeOf(checker, second) !== "float32") return undefined;
  if (op.startsWith("segment") && shapeOf(checker, first)?.length !== 1) return undefined;
  return fix("The integers stand second:", replace(first, second.getText()), replace(second, first.getText()));
}

/** The ops whose operands stand in a list, which has no numbers in it. */
const ofLists = ["concat", "stack"];

export const dtypesDiffer = rule({
  id: "dtypes-differ",
  title: "Two dtypes in one op",
  help: "Nothing is converted silently: both operands have one dtype. cast() converts; a number takes the dtype of the tensor beside it.",
  message: unequalDTypes,
  explain({ op, first, second }, site) {
    const { argument, checker } = site;
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
    return { what, fix: castFix([argument], first, `Cast this one to ${first}:`, site) };
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
