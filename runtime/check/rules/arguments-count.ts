import { ts } from "ts-morph";
import { fix, insertAfter, replace } from "../edits.js";
import { exported } from "../exported.js";
import { imported, localName } from "../imports.js";
import { isDataset, isModel, isSession } from "../models.js";
import { modules } from "../modules.js";
import { calledName } from "../names.js";
import type { Reading } from "../reading.js";
import { ofAttention, ofConstant, ofLayer, ofSizes } from "./further-arguments.js";
import { inKerasOrder } from "./inKerasOrder.js";
import type { NodeRule } from "./node-rule.js";

export const argumentsCount: NodeRule = {
  id: "arguments-count",
  title: "More or fewer values than the function takes",
  help: "What a function takes stands in its signature, which the editor shows within the parentheses.",
  codes: [2554, 2555],
  explain(node, reading) {
    const call = callAround(node);
    if (!call) return undefined;
    const layer = ofLayer(call, reading);
    if (layer) return layer;
    const callee = call.expression;
    const holder = ts.isPropertyAccessExpression(callee) && reading.checker.getTypeAtLocation(callee.expression);
    const isMethod = holder && (isSession(holder) || isDataset(holder));
    if (!isMethod && !isOfLanguage(calledName(call), exported(reading.checker, node.getSourceFile()))) return undefined;
    const constant = ofConstant(call);
    if (constant) return constant;
    const given = call.arguments.length;
    const signature = nearestSignature(call, reading);
    if (!signature) return undefined;
    const name = calledName(call);
    const takes = `${name} takes (${signature.map(({ name, isOptional }) => name + (isOptional ? "?" : "")).join(", ")})`;
    const missing = signature.slice(given).filter(({ isOptional }) => !isOptional);
    if (missing.length === 0) {
      const extra = call.arguments[signature.length];
      if (!extra) return undefined;
      const named = inKerasOrder({ ...reading, call, argument: call.arguments[0]! });
      if (named) return named;
      const attended =
        ofAttention(
          call,
          signature.map(({ name }) => name),
        ) ?? ofSizes(call);
      return {
        what: `${takes}, but ${given} values are given.`,
        fix: attended ?? fix(`Leave ${extra.getText()} out.`),
      };
    }
    const outer = call.parent;
    // Of a layer, whose options are missing, too, that is not what is wrong.
    if (given === 0 && missing.length === 1 && ts.isCallExpression(outer) && outer.expression === call) {
      const written = `${call.expression.getText()}(${outer.arguments.map((one) => one.getText()).join(", ")})`;
      return {
        what: `${name}() gives no function to call: ${name} is the function itself.`,
        fix: fix("Call it once:", replace(outer, written)),
      };
    }
    const first = call.arguments[0];
    if (/^(compile|open)Function$/.test(name) && first && isModel(reading.checker.getTypeAtLocation(first))) {
      const net = ts.isIdentifier(first) ? first.text : "net";
      return {
        what: `${name} takes inputs and a function of them, but ${ts.isIdentifier(first) ? net : "this"} is a model.`,
        fix: fix(
          `A model is compiled by compile(${net}, { optimizer, loss }); within a function, it is applied: { x: input([…]) }, ({ x }) => ({ y: ${net}.apply({ x }) }).`,
        ),
      };
    }
    const names = missing.map(({ name }) => name).join(" and ");
    const file = node.getSourceFile();
    const last = call.arguments.at(-1);
    if (names === "axis" && last) {
      const along = fix("Say along which; along the last axis it is:", insertAfter(last, ", -1"));
      return { what: `${takes}, but axis is missing.`, fix: { ...along, isGuess: true } };
    }
    const isInitializer = missing.length === 1 && names === "initializer" && last;
    const edits = isInitializer
      ? [insertAfter(last, `, ${localName(file, "glorotUniform")}()`), ...imported(file, "glorotUniform")]
      : [];
    return {
      what: `${takes}, but ${names} ${missing.length > 1 ? "are" : "is"} missing.`,
      fix: fix(
        isInitializer
          ? "Say how it starts:"
          : `Add ${missing.length > 1 ? "them" : "it"}${last ? " after what is given" : ""}.${said(missing)}`,
        ...edits,
      ),
    };
  },
};

/** What the docstring says of the first parameter that is missing. */
function said([first]: readonly Parameter[]): string {
  const { name, doc } = first!;
  return doc === "" ? "" : ` ${name}: ${doc}.`;
}

interface Parameter {
  readonly name: string;
  readonly doc: string;
  readonly isOptional: boolean;
}

/** The signature that takes most, as layers alone take less. */
function nearestSignature(call: ts.CallExpression, { checker }: Reading): Parameter[] | undefined {
  const all = checker.getTypeAtLocation(call.expression).getCallSignatures();
  const known = all.map(({ parameters }) =>
    parameters.map((parameter) => {
      const declaration = parameter.valueDeclaration as ts.ParameterDeclaration | undefined;
      return {
        name: parameter.name,
        doc: ts
          .displayPartsToString(parameter.getDocumentationComment(checker))
          .replace(/\s+/g, " ")
          .replace(/\.$/, ""),
        isOptional: declaration?.questionToken !== undefined || declaration?.initializer !== undefined,
        isRest: declaration?.dotDotDotToken !== undefined,
      };
    }),
  );
  // What takes any number of values may still lack the first of them.
  const first = known.map((parameters) => parameters.filter(({ isRest }) => !isRest));
  return first.toSorted((a, b) => b.length - a.length)[0];
}

function callAround(node: ts.Node): ts.CallExpression | undefined {
  let at: ts.Node | undefined = node;
  while (at && !ts.isStatement(at)) {
    if (ts.isCallExpression(at)) return at;
    // What a class of the user's lacks, the function around it does not.
    if (ts.isNewExpression(at)) return undefined;
    at = at.parent;
  }
  return undefined;
}

function isOfLanguage(name: string, language: ReadonlyMap<string, unknown>): boolean {
  return language.has(name) || Object.values(modules).some((names) => names.includes(name));
}
