import { ts } from "ts-morph";
import { camelCase } from "../../../src/ir/nearest.js";
import { fix, replace } from "../edits.js";
import { exported } from "../exported.js";
import type { Fix } from "../finding.js";
import { imported, localName } from "../imports.js";
import { isModel, isSession } from "../models.js";
import { shorten } from "../names.js";
import { isTensor } from "../shapes.js";
import type { NodeRule } from "./node-rule.js";
import type { Explanation } from "./rule.js";

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
    if (isTensor(checker, access.expression)) return ofTensor(access, name, exported(checker, node.getSourceFile()));
    if (type.getSymbol()?.name === "EagerOptimizer") return ofOptimizer(access, name);
    const ofModel = isModel(type);
    if (isSession(type)) return ofSession(access, name);
    const isProgram = ["model", "trainStep", "predict"].every((key) => type.getProperty(key));
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

function ofTensor(
  access: ts.PropertyAccessExpression,
  name: string,
  language: ReadonlyMap<string, ts.Symbol>,
): Explanation {
  const what = `A tensor has no ${name}: ops are functions, which take it first.`;
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
  const given = [access.expression, ...(call?.arguments ?? [])].map((argument) => argument.getText());
  const written = `${localName(file, op)}(${given.join(", ")})`;
  return { what, fix: fix(`Call ${op}:`, replace(call ?? access, written), imported(file, op)) };
}

/** What Keras's models have, and sessions have under another name. */
const ofKeras: Readonly<Record<string, string>> = {
  save: "saveModel",
  export: "exportSavedModel",
  trainOnBatch: "trainStep",
  testOnBatch: "evaluateStep",
  predictOnBatch: "predictSync",
};

function ofSession(access: ts.PropertyAccessExpression, name: string): Explanation | undefined {
  const what = `${shorten(access.expression.getText())} is a session, which has no ${name}.`;
  if (name === "summary") return { what, fix: fix("Print it by the command npx shapewright summary FILE.") };
  const own = ofKeras[camelCase(name)];
  return own === undefined ? undefined : { what, fix: fix(`It is called ${own}:`, replace(access.name, own)) };
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
