import { ts } from "ts-morph";
import { camelCase, nearest } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { exported } from "../exported.js";
import type { Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { isWaiting } from "../kind.js";
import { isDataset, isModel, isSession } from "../models.js";
import { shorten } from "../names.js";
import { isTensor, shapeOf } from "../shapes.js";
import { datasetMethod } from "./datasetMethod.js";
import type { NodeRule } from "./node-rule.js";
import type { Explanation } from "./rule.js";
import { swappedAxes } from "./swappedAxes.js";

export const method: NodeRule = {
  id: "method",
  title: "A method that there is not",
  help: "Ops, layers and compile are functions: matmul(x, w), compile(net, { … }). Sessions have methods: fit, evaluate, predict.",
  codes: [2339, 2551],
  explain(node, { checker }) {
    const access = node.parent;
    if (!ts.isPropertyAccessExpression(access) || access.name !== node) return undefined;
    const name = access.name.text;
    const type = checker.getTypeAtLocation(access.expression);
    if (isTensor(checker, access.expression))
      return ofTensor(access, name, exported(checker, node.getSourceFile()), checker);
    if (type.getSymbol()?.name === "EagerOptimizer") return ofOptimizer(access, name);
    const ofModel = isModel(type);
    const own = type.getProperties().map((property) => property.name);
    if (isSession(type)) return ofSession(access, name, own);
    if (isDataset(type)) return datasetMethod(access, own);
    const isProgram = ["model", "optimizer", "judged"].every((key) => type.getProperty(key));
    if (!ofModel && !isProgram) return undefined;
    const whole = shorten(access.expression.getText());
    const what = `${whole} is a ${ofModel ? "model" : "program"}, which has no ${name}.`;
    const asked = fixOfModel(access, name, ofModel);
    return asked && { what, fix: asked };
  },
};

function ofOptimizer(access: ts.PropertyAccessExpression, name: string): Explanation {
  const isApplied = /^apply_?gradients$/i.test(name);
  return {
    what: `An optimizer of an eager session has no ${name}: it steps by apply.`,
    fix: isApplied
      ? fix("Call it:", replace(access.name, "apply"))
      : fix("Write optimizer.apply(tape.gradient(loss, weights), weights)."),
  };
}

/** What other frameworks call an op that is called otherwise here. */
const elsewhere: Readonly<Record<string, string>> = {
  T: "transpose",
  view: "reshape",
  mm: "matmul",
  bmm: "matmul",
  matMul: "matmul",
  sub: "subtract",
  mul: "multiply",
  div: "divide",
  sum: "sum",
  argmax: "argMax",
  argmin: "argMin",
  permute: "transpose",
  unsqueeze: "expandDims",
  as1D: "reshape",
};

/** Ops of sizes or axes in a list, which methods elsewhere take one behind another. */
const listed: readonly string[] = ["reshape", "transpose"];

/** Whether a method is called with a layer. */
function givenLayer({ parent }: ts.PropertyAccessExpression, checker: ts.TypeChecker): boolean {
  const [first] = ts.isCallExpression(parent) ? parent.arguments : [];
  return first !== undefined && isWaiting(checker.getTypeAtLocation(first));
}

function ofTensor(
  access: ts.PropertyAccessExpression,
  name: string,
  language: ReadonlyMap<string, ts.Symbol>,
  checker: ts.TypeChecker,
): Explanation {
  const what = `A tensor has no ${name}: ops are functions, which take it first.`;
  if (/^(compile|fit|predict|evaluate|summary)$/.test(name)) {
    return {
      what: `A tensor has no ${name}: what is compiled and trained is a model.`,
      fix: fix("Make it: model({ x: input([…]) }, ({ x }) => sequential(x, flatten(), dense({ units: 10 })))."),
    };
  }
  if (/^(backward|grad)$/.test(name)) {
    return {
      what: `A tensor has no ${name}: gradients are a part of the graph, too.`,
      fix: fix("fit and trainStep make them, of compile's loss; elsewhere, write gradients(loss, { w })."),
    };
  }
  if (name === "add" && givenLayer(access, checker)) {
    return {
      what: "A tensor has no add: sequential takes its input and all layers at once.",
      fix: fix("Write sequential(x, flatten(), dense({ units: 10 })), in a model's function."),
    };
  }
  const op = [elsewhere[name], name, camelCase(name)].find(
    (op) => op !== undefined && /^[a-z]/.test(op) && language.has(op),
  );
  if (/^(numpy|data(Sync)?|array(Sync)?|item|print|tolist|eval)$/.test(name)) {
    return {
      what: `A tensor has no ${name}: it is a part of a graph, and has no numbers.`,
      fix: fix(
        "Numbers come when it is run: by session.predict, by openFunction, or at once in an eager session, by tf.value(x).data.",
      ),
    };
  }
  if (/^(length|size|ndim)$/.test(name)) {
    return {
      what: `A tensor has no ${name}: its sizes stand in shape.`,
      fix: fix(
        "Write shape[0], or shape.length for how many axes there are.",
        ...(name === "length" ? [replace(access, `${access.expression.getText()}.shape[0]`)] : []),
      ),
    };
  }
  if (!op) return { what, fix: fix("Call a function: relu(x), reshape(x, shape).") };
  const file = access.getSourceFile();
  const { parent } = access;
  const call = ts.isCallExpression(parent) && parent.expression === access ? parent : undefined;
  const further = (call?.arguments ?? []).map((argument) => argument.getText());
  const isSpread = listed.includes(op) && further.length > 0 && further.every((text) => /^-?\d+$/.test(text));
  const axes = isSpread && name === "transpose" ? axesOf(access.expression, further.map(Number), checker) : further;
  if (!axes)
    return { what, fix: fix("Call it with all axes in their new order: transpose(x, [0, 2, 1]) swaps two of three.") };
  const given = [access.expression.getText(), ...(isSpread ? [`[${axes.join(", ")}]`] : further)];
  const written = `${localName(file, op)}(${given.join(", ")})`;
  return { what, fix: fix(`Call ${op}:`, replace(call ?? access, written), imported(file, op)) };
}

/** The axes that a method is told: PyTorch's transpose has two that change places, NumPy's all of them. */
function axesOf(x: ts.Expression, axes: readonly number[], checker: ts.TypeChecker): readonly number[] | undefined {
  const [a, b, ...more] = axes;
  if (a === undefined || b === undefined || more.length > 0) return axes;
  const shape = shapeOf(checker, x);
  return shape && swappedAxes(shape, a, b);
}

/** What other frameworks' models and optimizers are told, and sessions know. */
const notNeeded: readonly (readonly [name: RegExp, words: string])[] = [
  [/^compile$/, "Its program is compiled before it is opened: open(compile(net, { optimizer, loss }))."],
  [/^(train|eval)$/, "Leave it out: fit trains, evaluate and predict do not."],
  [
    /^(zero_?grad|step|backward)$/i,
    "Leave it out: fit and trainStep make the whole step, from the loss to the weights.",
  ],
];

/** What Keras's models have, and sessions have under another name. */
const ofKeras: Readonly<Record<string, string>> = {
  save: "saveModel",
  export: "exportSavedModel",
  trainOnBatch: "trainStep",
  testOnBatch: "evaluateStep",
  predictOnBatch: "predictSync",
};

function ofSession(access: ts.PropertyAccessExpression, name: string, names: readonly string[]): Explanation {
  const what = `${shorten(access.expression.getText())} is a session, which has no ${name}.`;
  if (name === "summary") return { what, fix: fix("Print it by the command npx shapewright summary FILE.") };
  const words = notNeeded.find(([pattern]) => pattern.test(name))?.[1];
  if (words) return { what, fix: fix(words) };
  const own = ofKeras[camelCase(name)] ?? nearest(camelCase(name), names);
  if (own === undefined)
    return { what, fix: fix("It has fit, evaluate and predict, and others that the editor lists.") };
  const isSame = own === ofKeras[camelCase(name)] || own === camelCase(name);
  return {
    what,
    fix: { ...fix(`It is called ${own}:`, replace(access.name, own)), ...(!isSame && { isGuess: true }) },
  };
}

function fixOfModel(access: ts.PropertyAccessExpression, name: string, isModel: boolean): Fix | undefined {
  const file = access.getSourceFile();
  const { parent, expression } = access;
  if (isModel && name === "compile") {
    const written = ts.isCallExpression(parent)
      ? [expression, ...parent.arguments].map((argument) => argument.getText()).join(", ")
      : undefined;
    const call = written === undefined ? [] : [replace(parent, `${localName(file, "compile")}(${written})`)];
    return fix("Call compile, which gives the program:", ...call, imported(file, "compile"));
  }
  if (name === "summary") return fix("Print it by the command npx shapewright summary FILE.");
  if (!/^(fit|fitBatches|train\w*|evaluate|predict|save\w*|load\w*|weights|getWeights|setWeights)$/.test(name))
    return undefined;
  const opened = isModel ? `compile(${shorten(expression.getText())}, { … })` : shorten(expression.getText());
  return fix(`A session has the weights, and is what is trained: const session = await open(${opened}).`);
}
